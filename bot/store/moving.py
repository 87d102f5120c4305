"""Carries a community from one database to another; killed at any time and begun again, it goes on where it was."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from bot.store import marks, numbering, schema
from bot.store.comparing import TABLES, Comparison, batches, compare, count, key_of
from bot.store.readiness import be_alone, check_target, engine, is_empty, never_time_out, shut, told_as
from bot.store.seal import Keys

Tell = Callable[[str, int, int], None]
"""tell(table, done, every): before the first batch and after each; both count the rows of all tables."""


def move(source: str, target: str, keys: Keys, tell: Tell) -> list[Comparison]:
    """Afterwards the target may be served and the source no more, unless a comparison says that they differ.

    The source exists. Raises Misconfigured, naming --from or --to, where it cannot go on; what is done stays done.
    """
    with engine(source, "--from") as here, engine(target, "--to") as there:
        with told_as("--from"):
            schema.prepare(here, keys, moving=True)
        with told_as("--to"):
            check_target(here, there)
            schema.prepare(there, keys, moving=True)
        with told_as("--from"):
            _agree(here, there)
            return _carry_and_compare(here, there, tell)


def undo(source: str, keys: Keys) -> None:
    """Gives up a move that is not finished, so that the source may be served again."""
    with engine(source, "--from") as here, told_as("--from"):
        schema.prepare(here, keys, moving=True)
        with here.begin() as connection:
            be_alone(connection)
            marks.undo(connection)


def _agree(here: Engine, there: Engine) -> None:
    with here.begin() as ours, there.begin() as theirs:
        be_alone(ours)
        with told_as("--to"):
            be_alone(theirs)
        marks.begin(ours, theirs, marks.agree(ours, marks.into(theirs), empty=is_empty(theirs)))


def _carry_and_compare(here: Engine, there: Engine, tell: Tell) -> list[Comparison]:
    with here.begin() as ours:
        shut(ours)
        _carry(ours, there, tell)
        with told_as("--to"), there.begin() as theirs:
            never_time_out(theirs)
            found = compare(ours, theirs)
        if not all(each.equal for each in found):
            return found
        marks.moved(ours)
    with told_as("--to"), there.begin() as theirs:
        if theirs.dialect.name == "postgresql":
            never_time_out(theirs)
            theirs.execute(text("ANALYZE"))
        marks.arrived(theirs)
    return found


def _carry(ours: Connection, there: Engine, tell: Tell) -> None:
    with told_as("--to"), there.begin() as theirs:
        last = _last_keys(theirs)
        done = sum(count(theirs, table) for table in TABLES)
    every = sum(count(ours, table) for table in TABLES)
    for table in TABLES:
        tell(table.name, done, every)
        for rows in batches(ours, table, after=last[table.name]):
            with told_as("--to"), there.begin() as theirs:
                theirs.execute(insert(table), [dict(row._mapping) for row in rows])
                marks.note_last_key(theirs, table.name, json.dumps(key_of(table, rows[-1])))
            done += len(rows)
            tell(table.name, done, every)
        with told_as("--to"), there.begin() as theirs:
            numbering.go_on(ours, theirs, table)


def _last_keys(theirs: Connection) -> dict[str, list[Any]]:
    if theirs.dialect.name == "postgresql":
        # what a killed run was still committing is done when this returns
        theirs.execute(text("LOCK TABLE meta IN SHARE ROW EXCLUSIVE MODE"))
    return {table.name: json.loads(marks.last_key(theirs, table.name) or "[]") for table in TABLES}
