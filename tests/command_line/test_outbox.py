"""`yorisoi outbox` as an operator types it: what was given up is seen without a word of it, tried again, dropped."""

import re
import shutil
from pathlib import Path

import pytest

from bot.app import doctor
from bot.settings import Settings
from tests.command_line.machine import ILL, REFUSED, WELL, Machine
from tests.command_line.mail import WORDS, lines, post, typed


@pytest.fixture
def house(founded: Machine, tmp_path: Path) -> Machine:
    """With a key and a database, and nobody to search the handbook."""
    machine = Machine(tmp_path / "data")
    machine.data.mkdir()
    for file in (founded.key, founded.database):
        shutil.copy2(file, machine.data)
    return machine


async def test_what_was_given_up_is_seen_tried_again_and_dropped(house: Machine) -> None:
    await post(house, "notice:answer-id", state="dead")
    await post(house, "reminder:1", state="unknown")
    await post(house, "worry:1:2", ahead=5)
    listed = await typed(house, "list")
    assert [line[1:6] for line in lines(listed)] == [
        ("telegram", "notice", "dead", "1", "0"),
        ("telegram", "reminder", "unknown", "1", "0"),
        ("telegram", "worry", "ready", "0", "0"),
    ]
    (notice, *_, reason), (reminder, *_), (worry, *_, when, _) = lines(listed)
    assert reason == "Unreachable" and when.endswith("に")
    assert doctor._waiting(Settings(data_dir=house.data)) == "dead 1, unknown 1 (yorisoi outbox list)"
    shown = await typed(house, "show", notice)
    assert "Unreachable" in shown.out and re.search(rf"{notice}[0-9a-f]{{24}}", shown.out)
    assert (await typed(house, "retry", notice)).code == WELL
    assert "1通" in (await typed(house, "retry", "--all", "unknown")).out
    assert (await typed(house, "drop", reminder)).code == WELL
    assert (await typed(house, "retry", reminder)).code == ILL, "its content is gone"
    left = lines(await typed(house, "list", "--state", "ready"))
    assert {line[0] for line in left} == {notice, worry}
    assert WORDS.encode() not in house.database.read_bytes()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["show", "ffffffff"], "ID"),
        (["drop", "%" * 8], "ID"),
        (["retry"], "retry"),
        (["retry", "--all", "delivered"], "--all"),
    ],
    ids=" ".join,
)
async def test_a_slip_of_the_pen_is_named_with_its_fix(house: Machine, words: list[str], named: str) -> None:
    done = await typed(house, *words)
    assert done.code == REFUSED
    assert f"yorisoi: {named}:" in done.err and "fix:" in done.err
