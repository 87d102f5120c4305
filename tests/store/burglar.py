"""Someone who stole the rows, and in the worse case the key: tries all that can be tried."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator

from bot.chat.events import Address
from bot.store.seal import Box, Keys, WrongKey
from tests.store.community import Dump, values

_PLACES = ("{}", "member:{}", "place:{}", "item:{}", "ref:{}", "theme:{}", "learning:{}", "peernote:{}", "gap:{}")
_PURPOSES = ("member", "draft", "lane", "place", "person")
_PARTS = (
    *("{}:body", "{}:author", "{}:answer:{}", "{}:writer:{}"),
    *("{}:name:{}", "{}:author_name:{}", "{}:other_name:{}"),
)
_HASHES: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: hashlib.sha256(data).digest(),
    lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    lambda data: hashlib.md5(data, usedforsecurity=False).digest(),
    lambda data: hashlib.blake2b(data).digest(),
    lambda data: hashlib.blake2b(data, digest_size=32).digest(),
    lambda data: hashlib.blake2b(data, digest_size=16).digest(),
    lambda data: data,
)


def opened(tables: Dump, keys: Keys) -> Iterator[tuple[str, bytes]]:
    """Everything that opens with the master key or any item key still there, in any place there could be."""
    names = {str(value) for _, value in values(tables) if isinstance(value, str) and len(value) > 8}
    items = {row["item"] for row in tables["itemkey"]} | {row["id"] for row in tables["worry"]}
    answers = {row["id"] for row in tables["answer"]} | {""}
    places = [place.format(name) for place in _PLACES for name in names]
    parts = {part.format(item, answer) for part in _PARTS for item in items for answer in answers}
    blobs = [(table, value) for table, value in values(tables) if isinstance(value, bytes) and value]
    yield from _open_all(blobs, [keys.box], [*places, *parts])
    item_boxes = [Box(keys.item_key(row["item"], row["wrapped"])) for row in tables["itemkey"]]
    yield from _open_all(blobs, item_boxes, parts)


def _open_all(
    blobs: Iterable[tuple[str, bytes]], boxes: list[Box], places: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    for table, blob in blobs:
        for place in places:
            for box in boxes:
                try:
                    yield table, box.open(blob, place)
                except WrongKey:
                    continue


def forms(address: Address) -> Iterator[bytes]:
    """The ways a careless programmer would write a person down before hashing."""
    parts = [address.platform, address.space, address.channel]
    yield address.channel.encode()
    for separator in (":", "/", "|", "-", ""):
        yield separator.join(parts).encode()
        yield separator.join((address.platform, address.channel)).encode()
        yield separator.join((address.space, address.channel)).encode()
    for purpose in ([], ["member"], ["person"], ["draft"], ["lane"]):
        yield json.dumps([*purpose, *parts]).encode()
        yield json.dumps([*purpose, *parts], separators=(",", ":")).encode()
        yield json.dumps([*purpose, *parts, ""]).encode()


def linked(tables: Dump, candidates: Iterable[Address]) -> list[str]:
    """Which candidates an unkeyed hash links to any value of any row."""
    stored = {value.hex() if isinstance(value, bytes) else str(value).lower() for _, value in values(tables)}
    return [each.channel for each in candidates if any(digest in stored for digest in _digests(each))]


def _digests(address: Address) -> Iterator[str]:
    for form in forms(address):
        for hashed in _HASHES:
            digest = hashed(form).hex()
            yield digest
            yield digest[:32]


def recognised(tables: Dump, keys: Keys, candidates: Iterable[Address]) -> list[str]:
    """Which candidates a thief with these keys finds in any value of any row."""
    stored = {value for _, value in values(tables) if isinstance(value, str)}
    return [
        each.channel
        for each in candidates
        if any(keys.token(purpose, each.platform, each.space, each.channel) in stored for purpose in _PURPOSES)
    ]
