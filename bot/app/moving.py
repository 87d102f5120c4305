"""yorisoi migrate: a community moves between databases while nobody is at either, and we say how far it is."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from bot.app.keys import check_writable, database_exists, database_file, sole_carrier, whole_keys
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import moving
from bot.store.comparing import Comparison
from bot.store.keyfile import read_keys
from bot.store.readiness import told_as
from bot.views.text import Text

_EVERY_SECONDS = 1.0
_DIGITS = 12
"""Of a checksum, as it is shown."""


def migrate(settings: Settings, source: str, target: str) -> int:
    """1 where the two differ afterwards."""
    text = Text(settings.language, settings.zone)
    here, there = _at(settings, source, "--from"), _at(settings, target, "--to")
    if _place(here) == _place(there):
        raise Misconfigured("--to", "the community lives in this database already.", "name an empty one.")
    keys = whole_keys(settings)
    with _alone(here, "--from"), _alone(there, "--to"):
        found = moving.move(source, target, keys, Progress(text, sys.stderr.write).tell)
    sys.stdout.write("".join(_line(text, each) for each in found))
    if differing := [each.table for each in found if not each.equal]:
        sys.stderr.write(text("cli.moving.differs", tables=", ".join(differing)) + "\n")
        return 1
    sys.stdout.write(text("cli.moving.done") + "\n")
    return 0


def undo(settings: Settings, source: str) -> int:
    keys = read_keys(settings.key)
    with _alone(_at(settings, source, "--from"), "--from"):
        moving.undo(source, keys)
    sys.stdout.write(Text(settings.language, settings.zone)("cli.moving.undone") + "\n")
    return 0


def _at(settings: Settings, address: str, option: str) -> Settings:
    """The same house with its rows in this database."""
    with told_as(option):
        if not address:
            raise Misconfigured(option, "no database is named.", "sqlite:///PATH or postgresql://USER@HOST/NAME")
        there = settings.model_copy(update={"database_url": address})
        if file := database_file(there):
            check_writable(file.absolute().parent, option)
        if option == "--from" and not database_exists(there):
            raise Misconfigured(option, "no community lives in this database.", "name the one it lives in.")
        return there


def _place(settings: Settings) -> Path | str:
    file = database_file(settings)
    return file.resolve() if file else settings.database


@contextmanager
def _alone(settings: Settings, option: str) -> Iterator[None]:
    """A file is locked; a server is asked later who is there (store/readiness.py)."""
    with ExitStack() as until_done:
        if database_file(settings):
            try:
                until_done.enter_context(sole_carrier(settings))
            except Misconfigured as error:
                raise Misconfigured(option, error.problem, "end yorisoi serve first.") from None
        yield


def _line(text: Text, found: Comparison) -> str:
    verdict = text("cli.moving.equal" if found.equal else "cli.moving.unequal")
    sums = f"{found.here.digest[:_DIGITS]}  {found.there.digest[:_DIGITS]}"
    return f"{found.table:<12} {found.here.rows:>10,} {found.there.rows:>10,}  {sums}  {verdict}\n"


class Progress:
    """At most a line a second, with the rate since this run began and how long the rest will take at that rate."""

    def __init__(self, text: Text, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._text, self._write, self._clock = text, write, clock
        self._said_at, self._said = 0.0, -1
        self._began: tuple[float, int] | None = None

    def tell(self, table: str, done: int, every: int) -> None:
        now = self._clock()
        began, before = self._began = self._began or (now, done)
        is_due = self._said < 0 or now - self._said_at >= _EVERY_SECONDS or done == every
        if done == self._said or not is_due:
            return
        self._said_at, self._said = now, done
        rate = (done - before) / (now - began) if now > began else 0.0
        left = timedelta(seconds=round((every - done) / rate)) if rate else "–"
        numbers = {"done": f"{done:,}", "every": f"{every:,}", "rate": f"{rate:,.0f}", "left": left}
        self._write(self._text("cli.moving.progress", table=table, **numbers) + "\n")
