"""Sealed return addresses, keyed tokens, and keys of single items that can be destroyed."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from itertools import accumulate

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.secret import Aead
from nacl.utils import random

from bot.chat.events import Address

KEY_BYTES = 32
_FINGERPRINT = "fingerprint"
_ADDRESS_BYTES = 256
"""Addresses are filled up to a multiple of this, so that their size tells neither platform nor person."""


class WrongKey(Exception):
    """A sealed value does not open with this key, or not in this place."""


UNREADABLE = (WrongKey, ValueError, KeyError, TypeError)
"""What opening a row raises that was not written by this version with this key."""


class Box:
    """Seals bytes to the place they stand in: a value moved to another row does not open.

    before: what values may still be sealed with while a rotation is under way."""

    def __init__(self, key: bytes, before: "Box | None" = None) -> None:
        self._aead, self._before = Aead(key), before

    def seal(self, plain: bytes, place: str) -> bytes:
        return bytes(self._aead.encrypt(plain, place.encode()))

    def open(self, sealed: bytes, place: str) -> bytes:
        try:
            return self._aead.decrypt(sealed, place.encode())
        except (CryptoError, ValueError) as error:
            if self._before is None:
                raise WrongKey(place) from error
            return self._before.open(sealed, place)

    def needs_before(self, sealed: bytes, place: str) -> bool:
        """Whether only the key of before opens it."""
        try:
            self._aead.decrypt(sealed, place.encode())
        except (CryptoError, ValueError):
            return self._before is not None and self._before.opens(sealed, place)
        return False

    def opens(self, sealed: bytes, place: str) -> bool:
        try:
            self.open(sealed, place)
        except WrongKey:
            return False
        return True

    def seal_address(self, address: Address, place: str) -> bytes:
        return self.seal(pack_address(address), place)

    def open_address(self, sealed: bytes, place: str) -> Address:
        return unpack_address(self.open(sealed, place))


def pack_address(address: Address) -> bytes:
    parts = [address.platform, address.space, address.channel, address.thread]
    packed = _bytes(parts)
    return packed.ljust(-(-len(packed) // _ADDRESS_BYTES) * _ADDRESS_BYTES)


def unpack_address(packed: bytes) -> Address:
    return Address(*json.loads(packed))


class Keys:
    """Everything derived from the one key that lives outside the database and its backups.

    earlier: the token keys of the generations before, oldest first. old: the master key before this one, while a
    rotation is under way."""

    def __init__(self, master: bytes, earlier: Sequence[bytes] = (), old: bytes | None = None) -> None:
        self._chain = (*earlier, token_key(master))
        self.previous: Keys | None = Keys(old, earlier[:-1]) if old else None
        self.box: Box = Box(_derive(master, b"box"), self.previous.box if self.previous else None)

    def token(self, purpose: str, *parts: str) -> str:
        """A keyed digest (128 bit, hex): equal only for equal parts under the same purpose."""
        first, *later = self._chain
        token = keyed_token(first, purpose, *parts)
        for key in later:
            token = chained(key, token)
        return token

    def turned(self, token: str) -> str:
        """What a token of the generation before is in this one; what it was made of need not be known."""
        return chained(self._chain[-1], token)

    def fingerprint(self) -> str:
        """Tells whether a database belongs to this key, and nothing else."""
        return self.token(_FINGERPRINT)

    def of(self, fingerprint: str) -> "Keys | None":
        """The keys for a database with this fingerprint: these, or while a rotation is under way those before."""
        return next((keys for keys in (self, self.previous) if keys and same(keys.fingerprint(), fingerprint)), None)

    def outgrew(self, fingerprint: str) -> bool:
        """Whether a database with this fingerprint was ours before a rotation."""
        first, *later = self._chain
        born = keyed_token(first, _FINGERPRINT)
        every = accumulate(later, lambda token, key: chained(key, token), initial=born)
        return any(same(each, fingerprint) for each in every) and self.of(fingerprint) is None

    def continues(self, known: "Keys") -> bool:
        """Whether these come of the known ones: the same, or rotated since, or the beginning of that taken back."""
        certain = known.previous or known
        return self._chain[: len(certain._chain)] == certain._chain

    def new_item_key(self, item: str) -> tuple[bytes, bytes]:
        """A fresh key for one item, plain and wrapped; destroying the wrapped row destroys the item."""
        key = random(KEY_BYTES)
        return key, self.box.seal(key, f"item:{item}")

    def item_key(self, item: str, wrapped: bytes) -> bytes:
        return self.box.open(wrapped, f"item:{item}")


def _derive(master: bytes, purpose: bytes) -> bytes:
    if len(master) != KEY_BYTES:
        raise ValueError(f"the key must have {KEY_BYTES} bytes")
    return blake2b(b"", digest_size=KEY_BYTES, key=master, person=purpose, encoder=RawEncoder)


def token_key(master: bytes) -> bytes:
    return _derive(master, b"tokens")


def chained(key: bytes, token: str) -> str:
    """The next generation's token: who lacks this key learns nothing from the one before."""
    return hashlib.blake2b(token.encode(), digest_size=16, key=key).hexdigest()


def keyed_token(key: bytes, purpose: str, *parts: str) -> str:
    """By the standard library: the same digest as libsodium's at a ninth of the time, several times an event."""
    return hashlib.blake2b(_bytes([purpose, *parts]), digest_size=16, key=key).hexdigest()


def _bytes(parts: list[str]) -> bytes:
    """Different for different parts, whatever they hold: a platform may send even a lone surrogate."""
    return json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")


def same(left: str, right: str) -> bool:
    """Compares tokens in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
