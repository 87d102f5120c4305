"""A community moves from one database file to another, or is told why not, with the fix."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.chat.errors import Misconfigured
from bot.chat.messages import Message
from bot.store import moving, outbox, schema
from bot.store.comparing import Comparison
from bot.store.database import Database
from bot.store.engines import make_engine
from bot.store.outbox import Letter
from bot.store.seal import Keys
from bot.store.session import Session
from tests.faults.mover import everything, is_open
from tests.store.crowd import fill
from tests.store.people import HANA, KEYS, NOW

OTHER_KEYS = Keys(b"another key of the right length!")


class Halted(Exception):
    """The program ends while rows are on their way."""


@pytest.fixture
def old(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'old.db'}"
    found(address)
    return address


@pytest.fixture
def new(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new.db'}"


def found(address: str, rows: int = 1500, keys: Keys = KEYS) -> None:
    engine = make_engine(address, writes=True)
    schema.prepare(engine, keys)
    fill(engine, rows)
    engine.dispose()


def move(source: str, target: str, keys: Keys = KEYS) -> list[Comparison]:
    return moving.move(source, target, keys, lambda *_: None)


def halt(source: str, target: str, after: int = 3) -> None:
    """Begins a move that ends after so many tellings."""
    steps: Iterator[int] = iter(range(after))

    def tell(*_: object) -> None:
        if next(steps, None) is None:
            raise Halted

    with pytest.raises(Halted):
        moving.move(source, target, KEYS, tell)


def change(address: str, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement, values)


def refused(source: str, target: str, keys: Keys = KEYS) -> Misconfigured:
    """Refused, and neither database is changed by it."""
    before = [snapshot(each) for each in (source, target)]
    with pytest.raises(Misconfigured) as error:
        move(source, target, keys)
    assert [snapshot(each) for each in (source, target)] == before
    assert error.value.setting in {"--from", "--to"}
    return error.value


def snapshot(address: str) -> list[str]:
    with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


def opening(address: str, keys: Keys = KEYS) -> str:
    """What is said to whoever would serve from here; start-up and doctor say the same."""
    said = set()
    for look in (lambda: Database(address, keys), lambda: schema.examine(address, keys)):
        with pytest.raises(Misconfigured) as error:
            look()
        said.add(f"{error.value.problem} {error.value.fix}")
    (words,) = said
    return words


def test_everything_arrives_and_only_the_new_one_opens(old: str, new: str) -> None:
    before = everything(old)
    told: list[tuple[str, int, int]] = []
    compared = moving.move(old, new, KEYS, lambda *progress: told.append(progress))
    assert everything(new) == everything(old) == before
    assert all(each.equal for each in compared)
    assert {each.table: each.there.rows for each in compared} == {name: len(rows) for name, rows in before.items()} | {
        "meta": 0
    }
    assert told[0][1:] == (0, sum(map(len, before.values())))
    assert told[-1][1] == told[-1][2]
    assert is_open(new)
    assert "has moved" in opening(old)


def test_what_a_platform_was_last_heard_of_moves_as_well(old: str, new: str) -> None:
    change(old, "INSERT INTO meta VALUES ('cursor:telegram:offset', '41')")
    move(old, new)
    assert "INSERT INTO \"meta\" VALUES('cursor:telegram:offset','41');" in snapshot(new)


def test_numbers_of_letters_go_on_behind_those_that_were_ever_given(old: str, new: str) -> None:
    change(old, "UPDATE sqlite_sequence SET seq = 90000")
    move(old, new)
    assert next_number(new) == 90001


def test_numbers_go_on_where_every_letter_is_gone(old: str, new: str) -> None:
    change(old, "DELETE FROM outbox")
    change(old, "UPDATE sqlite_sequence SET seq = 90000")
    move(old, new)
    assert next_number(new) == 90001


def next_number(address: str) -> int:
    engine = make_engine(address, writes=True)
    with engine.begin() as connection:
        outbox.put(Session(connection, KEYS), Letter("letter", HANA, Message("…"), NOW))
        number = connection.execute(text("SELECT max(seq) FROM outbox")).scalar_one()
    engine.dispose()
    return int(number)


def test_a_halted_move_closes_both_and_goes_on(old: str, new: str) -> None:
    before = everything(old)
    halt(old, new)
    assert "move out of this database is not finished" in opening(old)
    assert "move into this database is not finished" in opening(new)
    halt(old, new, after=6)
    assert all(each.equal for each in move(old, new))
    assert everything(new) == before


def test_what_was_changed_in_between_is_noticed_and_named(old: str, new: str) -> None:
    halt(old, new, after=8)
    change(new, "UPDATE conference SET minutes = minutes + 1 WHERE id = (SELECT max(id) FROM conference)")
    assert [each.table for each in move(old, new) if not each.equal] == ["conference"]
    assert not is_open(old) and not is_open(new)


def test_one_row_too_few_is_noticed(old: str, new: str) -> None:
    halt(old, new, after=8)
    change(new, "DELETE FROM draft WHERE id = (SELECT max(id) FROM draft)")
    (draft,) = (each for each in move(old, new) if not each.equal)
    assert (draft.table, draft.here.rows - draft.there.rows) == ("draft", 1)


def test_a_move_that_was_given_up(old: str, new: str) -> None:
    halt(old, new)
    moving.undo(old, KEYS)
    assert is_open(old) and not is_open(new)
    error = refused(old, new)
    assert (error.setting, error.problem) == ("--to", "another move into this database is not finished.")
    assert all(each.equal for each in move(old, f"{new}2"))


def test_what_cannot_be_given_up(old: str, new: str) -> None:
    with pytest.raises(Misconfigured, match="no move out of this database"):
        moving.undo(old, KEYS)
    halt(old, new)
    with pytest.raises(Misconfigured, match="this is where the community moves to"):
        moving.undo(new, KEYS)
    move(old, new)
    with pytest.raises(Misconfigured, match="to come back, yorisoi migrate --from the new one"):
        moving.undo(old, KEYS)


def test_there_and_back_again(old: str, new: str, tmp_path: Path) -> None:
    before = everything(old)
    move(old, new)
    back = f"sqlite:///{tmp_path / 'back.db'}"
    move(new, back)
    assert everything(back) == before
    assert is_open(back) and not is_open(new)


def test_a_move_is_made_once(old: str, new: str) -> None:
    move(old, new)
    for target in (new, f"{new}2"):
        found(f"{new}2", rows=0) if target != new else None
        assert (refused(old, target).setting, refused(old, target).problem) == (
            "--from",
            "this community has moved to another database.",
        )


def test_two_targets_are_refused(old: str, new: str) -> None:
    halt(old, new)
    error = refused(old, f"{new}2")
    assert (error.setting, error.problem) == (
        "--from",
        "a move from here into another database is not finished.",
    )


def test_an_unfinished_target_is_no_source(old: str, new: str) -> None:
    halt(old, new)
    assert refused(new, f"{new}2").setting == "--from"


def test_a_target_with_something_in_it_is_refused(old: str, new: str) -> None:
    found(new, rows=1)
    assert refused(old, new).problem == "something is in this database already."
    assert is_open(old) and is_open(new)


def test_a_target_of_another_program_is_refused(old: str, new: str) -> None:
    change(new, "CREATE TABLE invoice (number INTEGER)")
    assert refused(old, new).problem == "tables of another program are in this database."


def test_a_newer_target_is_refused(old: str, new: str) -> None:
    Database(new, KEYS).close()
    change(new, "UPDATE alembic_version SET version_num = '9999'")
    error = refused(old, new)
    assert (error.setting, error.problem) == ("--to", "a newer Yorisoi (9999) wrote this database.")


def test_a_target_of_another_key_is_refused(old: str, new: str) -> None:
    Database(new, OTHER_KEYS).close()
    error = refused(old, new)
    assert (error.setting, error.problem) == ("--to", "this key is not the one of this database.")


def test_the_wrong_key_is_refused(old: str, new: str) -> None:
    error = refused(old, new, OTHER_KEYS)
    assert (error.setting, error.fix) == ("--from", "put the right key file back.")


def test_a_target_that_was_opened_but_never_lived_in_is_taken(old: str, new: str) -> None:
    Database(new, KEYS).close()
    assert all(each.equal for each in move(old, new))
