"""Brings a database to the next generation of its key: all tokens in one commit, then sealed values page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, or_, select, text, update
from sqlalchemy.exc import OperationalError
from sqlmodel import col

from bot.store.engines import make_engine
from bot.store.keyed import SEALED, TOKENS, Sealed, key_of
from bot.store.keyring import keys_of
from bot.store.models import Meta, Outbox
from bot.store.seal import Keys
from bot.store.turning import moved, turn_table

LOOSE = tuple(sealed for sealed in SEALED if not sealed.bound)
"""Sealed to a name that stays, so that they may follow the tokens one after the other."""

PAGE = 500

_WAITS_ON_SERVER = "SET LOCAL lock_timeout = '1s'"
"""Whoever speaks to the database meanwhile waits behind us: better try again than hold them up for long."""


class NotNow(Exception):
    """Nothing was changed; a little later it may go. letters: because a letter is being sent or may have arrived, and
    its token is what the platform knows it by. Otherwise the database is in other hands."""

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self.letters = letters


@dataclass(frozen=True, slots=True)
class Progress:
    """last: after which row to go on; None at the end."""

    last: Any
    seen: int
    changed: int


class Hands:
    """A rotation's own connections to the database."""

    def __init__(self, url: str) -> None:
        self._reading, self._writing = make_engine(url, writes=False), make_engine(url, writes=True)

    def close(self) -> None:
        self._reading.dispose()
        self._writing.dispose()

    def is_turned(self, keys: Keys) -> bool:
        """Whether the tokens are of the newest generation. Raises Misconfigured where these keys are of another
        database."""
        with self._reading.connect() as connection:
            return keys_of(connection, keys) is keys

    def turn(self, keys: Keys) -> int:
        """Turns every token and what is sealed to one, or nothing. Returns how many; none where it was done before.

        Raises NotNow."""
        with _writing(self._writing) as connection:
            _keep_others_out(connection)
            if keys_of(connection, keys) is keys:
                return 0
            if _letters_under_way(connection):
                raise NotNow(letters=True)
            turned = sum(turn_table(connection, keys, model) for model in TOKENS)
            connection.execute(update(Meta).where(col(Meta.name) == "key").values(value=keys.fingerprint()))
        return turned

    def reseal(self, keys: Keys, sealed: Sealed, after: Any) -> Progress:
        """Seals one page with the newest key. Nothing notes how far it came: what opens without the old key is done.

        A value that somebody changes meanwhile was sealed by them with the newest key, and is left alone."""
        column, key = sealed.table.c[sealed.column], key_of(sealed.table)
        with self._reading.connect() as connection:
            rows = sealed.page(connection, after, PAGE)
        changed = [
            {"which": row[key.name], "was": row[column.name], "now": moved(keys, row[column.name], place, place)}
            for row in rows
            if keys.box.needs_before(row[column.name], place := sealed.place_of(row))
        ]
        if changed:
            one = update(sealed.table).where(key == bindparam("which"), column == bindparam("was"))
            with _writing(self._writing) as connection:
                connection.execute(one.values({column.name: bindparam("now")}), changed)
        return Progress(rows[-1][key.name] if len(rows) == PAGE else None, len(rows), len(changed))


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise NotNow(letters=False) from error


def _keep_others_out(connection: Connection) -> None:
    """SQLite has one writer, and that are we. On a server every session begins by reading meta: who has, is waited
    for, and who has not, waits."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_WAITS_ON_SERVER))
        connection.execute(text("LOCK TABLE meta IN ACCESS EXCLUSIVE MODE"))


def _letters_under_way(connection: Connection) -> bool:
    open_ones = or_(col(Outbox.state) == "sending", col(Outbox.state) == "doubtful")
    return bool(connection.execute(select(func.count()).select_from(Outbox).where(open_ones)).scalar())
