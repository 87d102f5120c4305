"""yorisoi migrate as an operator sees it: how far it is, what was compared, and why it will not begin."""

import re
from pathlib import Path

import pytest

from bot.app import moving
from bot.app.keys import sole_carrier
from bot.app.moving import Progress
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.views.text import Text
from tests.command_line.machine import REFUSED, WELL, Machine
from tests.faults.mover import everything, is_open, settle_in
from tests.store.test_moving import change, halt

NOBODY_THERE = "postgresql://yorisoi:hidden-word@127.0.0.1:1/yorisoi?connect_timeout=2"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settle_in(tmp_path / "data", 300)
    return Settings(data_dir=tmp_path / "data", language="en")


@pytest.fixture
def new(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new.db'}"


def test_a_move_is_told_and_compared(settings: Settings, new: str) -> None:
    machine = Machine(settings.data_dir)
    done = machine.yorisoi("migrate", "--to", new)
    assert done.code == WELL
    (every,) = set(re.findall(r"/ (\d+) 行をうつしました", done.err))
    assert f"0 / {every} 行" in done.err and f"{every} / {every} 行" in done.err
    rows = [row for line in done.out.splitlines() if len(row := line.split()) > 5]
    assert all(int(row[1]) == int(row[2]) > 0 for row in rows if row[0] == "worry")
    assert all(row[3] == row[4] and row[5] == "同じ" for row in rows)
    assert "YORISOI_DATABASE_URL" in done.out
    assert everything(new) == everything(settings.database)
    refused = machine.yorisoi("invite", "--role", "supporter")
    assert refused.code == REFUSED and "has moved to another database" in refused.err
    assert machine.yorisoi("invite", "--role", "supporter", settings={"DATABASE_URL": new}).code == WELL


def test_what_differs_is_named(settings: Settings, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    halt(settings.database, new, after=8)
    change(new, "UPDATE draft SET step = step + 1")
    assert moving.migrate(settings, settings.database, new) == 1
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines() if line.endswith("DIFFERENT")] == ["draft"]
    assert "not the same as before (draft)" in told.err


def test_a_move_is_given_up(settings: Settings, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    halt(settings.database, new)
    assert moving.undo(settings, settings.database) == 0
    assert "can be served again" in capsys.readouterr().out
    assert is_open(settings.database)


def refusal(settings: Settings, source: str, target: str) -> Misconfigured:
    with pytest.raises(Misconfigured) as error:
        moving.migrate(settings, source, target)
    assert "hidden-word" not in str(error.value)
    return error.value


def test_whoever_serves_is_asked_to_end_first(settings: Settings, new: str) -> None:
    with sole_carrier(settings):
        error = refusal(settings, settings.database, new)
    assert "another yorisoi is running" in error.problem
    assert (error.setting, error.fix) == ("--from", "end yorisoi serve first.")


@pytest.mark.parametrize(
    ("target", "setting", "problem"),
    [
        ("", "--to", "no database is named."),
        ("nonsense", "--to", "this is not a database address."),
        ("mysql://localhost/x", "--to", "only plain SQLite files and PostgreSQL are supported."),
        (NOBODY_THERE, "--to", "the database cannot be used (OperationalError)."),
        ("sqlite:////nowhere/at/all.db", "--to", "/nowhere/at is no folder this user may write to."),
    ],
    ids=["none", "nonsense", "another kind", "unreachable", "no folder"],
)
def test_a_target_that_cannot_be(settings: Settings, target: str, setting: str, problem: str) -> None:
    error = refusal(settings, settings.database, target)
    assert (error.setting, error.problem) == (setting, problem)
    assert is_open(settings.database)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("sqlite:///nowhere.db", "no community lives in this database."),
        (NOBODY_THERE, "the database cannot be opened (OperationalError)."),
    ],
    ids=["nobody", "unreachable"],
)
def test_a_source_that_cannot_be(settings: Settings, new: str, source: str, problem: str) -> None:
    error = refusal(settings, source, new)
    assert (error.setting, error.problem) == ("--from", problem)


def test_into_itself(settings: Settings) -> None:
    error = refusal(settings, settings.database, settings.database)
    assert (error.setting, error.problem) == ("--to", "the community lives in this database already.")


def test_without_the_key_nothing_moves(settings: Settings, new: str) -> None:
    settings.key.unlink()
    assert refusal(settings, settings.database, new).setting == "YORISOI_KEY_FILE"


def test_progress_comes_once_a_second_with_the_rest_of_the_time() -> None:
    said: list[str] = []
    moment = iter([0.0, 0.2, 1.0, 1.5, 2.0, 2.1, 2.2])
    progress = Progress(Text("en", Settings().zone), said.append, lambda: next(moment))
    for done in (1000, 1200, 2000, 2500, 3000, 5000, 5000):
        progress.tell("worry", done, 5000)
    assert said == [
        "1,000 of 5,000 rows moved (worry, 0 rows a second, – left)\n",
        "2,000 of 5,000 rows moved (worry, 1,000 rows a second, 0:00:03 left)\n",
        "3,000 of 5,000 rows moved (worry, 1,000 rows a second, 0:00:02 left)\n",
        "5,000 of 5,000 rows moved (worry, 1,905 rows a second, 0:00:00 left)\n",
    ]
