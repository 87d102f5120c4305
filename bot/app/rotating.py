"""yorisoi keys rotate: a fresh key for a database in use, step by step; whatever ends it, the same command goes on."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.app.keys import database_exists, database_file
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import rotation, schema
from bot.store.keyfile import SETTING, Ring, read_ring, replace_ring
from bot.store.rotation import Hands, NotNow
from bot.store.seal import Keys
from bot.views.text import Text

T = TypeVar("T")

SETTLING_SECONDS = 1.0
"""A reader that looked at the key file just before it changed has read its rows by then."""

PATIENCE_SECONDS = 60.0
_AGAIN_SECONDS = 0.25
_BETWEEN_PAGES_SECONDS = 0.01
"""In which others write."""

_TOLD_EVERY_PAGES = 20


async def rotate(
    settings: Settings,
    *,
    prepare: bool = False,
    settling: float = SETTLING_SECONDS,
    patience: float = PATIENCE_SECONDS,
) -> int:
    text = Text(settings.language, settings.zone)
    if not await asyncio.to_thread(database_exists, settings):
        raise Misconfigured("YORISOI_DATABASE_URL", "there is no database yet.", "start Yorisoi; its key is fresh.")
    with _alone(settings.key):
        ring = await asyncio.to_thread(_begun, settings, text, prepare)
        if prepare:
            _say(text("cli.keys.prepared", file=settings.key))
            return 0
        hands = Hands(settings.database)
        try:
            if not await asyncio.to_thread(hands.is_turned, ring.keys()):
                await asyncio.sleep(settling)
            await _turn(hands, ring.keys(), text, patience)
        finally:
            await asyncio.to_thread(hands.close)
        await asyncio.to_thread(_replace, settings.key, ring.finished())
    _say(text("cli.keys.done", file=settings.key))
    if database_file(settings) is None:
        _say(text("cli.keys.machines"))
    return 0


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """One rotation at a time on this machine; on others, the database knows which came first."""
    read_ring(file)  # where there is none, that is what must be told
    folder = os.open(file.resolve().parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Misconfigured(SETTING, "another `yorisoi keys rotate` is at work.", "let it finish.") from None
        yield
    finally:
        os.close(folder)


def _begun(settings: Settings, text: Text, prepare: bool) -> Ring:
    """The ring with both keys, written down: the one of an unfinished rotation, or a new one."""
    ring = read_ring(settings.key)
    if schema.examine(settings.database, ring.keys()) != schema.NEWEST:
        raise Misconfigured(
            "YORISOI_DATABASE_URL", "another version wrote it.", "start this version once, then rotate."
        )
    if ring.old:
        _say(text("cli.keys.going_on"))
        return ring
    if database_file(settings) is None and not prepare:
        raise Misconfigured(
            SETTING,
            "other machines may use this database, each with a key file of its own.",
            "run `yorisoi keys rotate --prepare`, copy the key file to each of them, then run `yorisoi keys rotate`.",
        )
    ring = ring.turned()
    _replace(settings.key, ring)
    _say(text("cli.keys.ring", file=settings.key))
    return ring


def _replace(file: Path, ring: Ring) -> None:
    try:
        replace_ring(file, ring)
    except OSError as error:
        raise Misconfigured(
            SETTING,
            f"{file} cannot be replaced ({type(error).__name__}).",
            "make its folder writable for the rotation, and run it as the file's owner.",
        ) from None


async def _turn(hands: Hands, keys: Keys, text: Text, patience: float) -> None:
    turned = await _patiently(lambda: hands.turn(keys), text, patience)
    if turned:
        _say(text("cli.keys.tokens", count=turned))
    while await _seal(hands, keys, text, patience):
        pass  # until a look over everything finds nothing more


async def _seal(hands: Hands, keys: Keys, text: Text, patience: float) -> int:
    """Returns how many values were still sealed with the key before."""
    every = 0
    for sealed in rotation.LOOSE:
        after, seen, changed, pages = None, 0, 0, 0
        while True:
            progress = await _patiently(lambda: hands.reseal(keys, sealed, after), text, patience)  # noqa: B023
            seen, changed, pages, after = seen + progress.seen, changed + progress.changed, pages + 1, progress.last
            if after is None:
                break
            if pages % _TOLD_EVERY_PAGES == 0:
                _say(text("cli.keys.sealing", table=sealed.table.name, count=seen, changed=changed))
            await asyncio.sleep(_BETWEEN_PAGES_SECONDS)
        if changed:
            _say(text("cli.keys.sealing", table=sealed.table.name, count=seen, changed=changed))
        every += changed
    return every


async def _patiently(step: Callable[[], T], text: Text, patience: float) -> T:
    """Tries until the patience is over, and says once what it waits for."""
    deadline = asyncio.get_running_loop().time() + patience
    told = False
    while True:
        try:
            return await asyncio.to_thread(step)
        except NotNow as reason:
            if asyncio.get_running_loop().time() >= deadline:
                raise _given_up(reason) from None
            if reason.letters and not told:
                _say(text("cli.keys.letters"))
                told = True
            await asyncio.sleep(_AGAIN_SECONDS)


def _given_up(reason: NotNow) -> Misconfigured:
    if reason.letters:
        return Misconfigured(
            "keys rotate",
            "letters are still on their way, or nobody knows yet whether they arrived.",
            "leave `yorisoi serve` running until they are settled, then run `yorisoi keys rotate` again; it goes on.",
        )
    return Misconfigured(
        "YORISOI_DATABASE_URL",
        "it could not be written for a whole minute.",
        "look at the disk and at who holds it, then run `yorisoi keys rotate` again; it goes on.",
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
