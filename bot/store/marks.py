"""What a database says of a move between databases; whoever would serve from it reads this first."""

from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from bot.chat.errors import Misconfigured
from bot.store.models import Meta

PREFIX = "moving."
"""Rows of meta that belong to one database and do not travel."""

_INTO, _OUT_OF, _MOVED = f"{PREFIX}into", f"{PREFIX}out", f"{PREFIX}done"
_AT = f"{PREFIX}at:"
"""And the name of a table: the key of its last row that has arrived."""

_SETTING = "YORISOI_DATABASE_URL"
_REFUSALS = {
    _INTO: (
        "a move into this database is not finished.",
        "run the same yorisoi migrate again; or drop this database, and yorisoi migrate --undo --from the old one.",
    ),
    _OUT_OF: (
        "a move out of this database is not finished.",
        "run the same yorisoi migrate again; or give it up with yorisoi migrate --undo and drop the new database.",
    ),
    _MOVED: (
        "this community has moved to another database.",
        "name the new one; to come back, yorisoi migrate --from the new one --to an empty one.",
    ),
}


def check_none(connection: Connection) -> None:
    """Raises Misconfigured where nobody may be served from this database."""
    for mark, (problem, fix) in _REFUSALS.items():
        if _read(connection, mark):
            raise Misconfigured(_SETTING, problem, fix)


def into(there: Connection) -> str:
    """The move whose target this is; empty where there is none."""
    return _read(there, _INTO)


def agree(here: Connection, theirs: str, *, empty: bool) -> str:
    """The move between these two, one that is not finished or a new one. theirs: what the target says of itself;
    empty: nothing has arrived there yet.

    Raises Misconfigured where either has something else to do, or to keep.
    """
    ours = _read(here, _OUT_OF) or _read(here, _MOVED)
    if theirs and theirs == ours:
        return theirs
    for mark in (_MOVED, _INTO):
        if _read(here, mark):
            raise Misconfigured("--from", *_REFUSALS[mark])
    if ours:
        raise Misconfigured(
            "--from",
            "a move from here into another database is not finished.",
            "name that one after --to; or give it up with yorisoi migrate --undo, and drop that one.",
        )
    if theirs and not empty:
        raise Misconfigured(
            "--to",
            "another move into this database is not finished.",
            "name an empty database, or drop this one and make it anew.",
        )
    if not empty:
        raise Misconfigured("--to", "something is in this database already.", "name an empty database.")
    return theirs or token_hex(8)


def begin(here: Connection, there: Connection, move: str) -> None:
    """there is committed first: a source that says so is never without its target."""
    _keep(there, _INTO, move)
    if not _read(here, _MOVED):
        _keep(here, _OUT_OF, move)


def moved(here: Connection) -> None:
    """Nobody is served from here any more; committed before arrived(), so that never both are open."""
    here.execute(update(Meta).where(col(Meta.name) == _OUT_OF).values(name=_MOVED))


def arrived(there: Connection) -> None:
    there.execute(delete(Meta).where(col(Meta.name).startswith(PREFIX)))


def undo(here: Connection) -> None:
    """Gives up a move that is not finished: what has arrived in the other database stays closed."""
    if _read(here, _MOVED):
        raise Misconfigured("--undo", *_REFUSALS[_MOVED])
    if _read(here, _INTO):
        raise Misconfigured("--undo", "this is where the community moves to.", "name the old one after --from.")
    if not _forget(here, _OUT_OF):
        raise Misconfigured("--undo", "no move out of this database has begun.", "nothing is to be done.")


def last_key(there: Connection, table: str) -> str:
    return _read(there, f"{_AT}{table}")


def note_last_key(there: Connection, table: str, key: str) -> None:
    _keep(there, f"{_AT}{table}", key)


def _read(connection: Connection, name: str) -> str:
    return str(connection.execute(select(col(Meta.value)).where(col(Meta.name) == name)).scalar() or "")


def _keep(connection: Connection, name: str, value: str) -> None:
    _forget(connection, name)
    connection.execute(insert(Meta).values(name=name, value=value))


def _forget(connection: Connection, name: str) -> bool:
    return connection.execute(delete(Meta).where(col(Meta.name) == name)).rowcount > 0
