"""The checker bites: a lost letter, a doubled one, a wrong place and a planted bug are each found."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.checker import MARK, State, complaints
from tests.faults.conftest import Stage
from tests.faults.ledger import Line


def _index(state: State, platform: str) -> int:
    """The first letter of a platform to a group: a worry."""
    return next(n for n, line in enumerate(state.letters) if line["channel"] == f"{platform}-group")


def _marked(line: Line) -> Line:
    return {**line, "message": {**line["message"], "note": f"{line['message']['note']}\n{MARK}"}}


@pytest.mark.parametrize("number", range(0, 28, 4))
def test_a_letter_that_is_missing(stage: Stage, number: int) -> None:
    letters = [line for n, line in enumerate(stage.clean.letters) if n != number]
    assert complaints(stage.clean, replace(stage.clean, letters=letters))


@pytest.mark.parametrize("platform", ["slack", "telegram"])
def test_a_letter_that_came_twice(stage: Stage, platform: str) -> None:
    twin = stage.clean.letters[_index(stage.clean, platform)]
    same_key = replace(stage.clean, letters=[*stage.clean.letters, twin], doubtful=1)
    assert any("sent twice" in each for each in complaints(stage.clean, same_key))
    other_key = replace(stage.clean, letters=[*stage.clean.letters, {**twin, "key": "other"}])
    assert any("too many" in each for each in complaints(stage.clean, other_key))


def test_a_marked_twin_needs_a_kill_inside_a_send_and_a_platform_that_cannot_look(stage: Stage) -> None:
    for platform, allowed in (("telegram", True), ("slack", False)):
        twin = _marked(stage.clean.letters[_index(stage.clean, platform)])
        found = replace(stage.clean, letters=[*stage.clean.letters, twin])
        assert complaints(stage.clean, found)
        assert (complaints(stage.clean, replace(found, doubtful=1)) == []) is allowed


def test_words_that_came_to_the_wrong_place(stage: Stage) -> None:
    number = _index(stage.clean, "slack")
    astray = {**stage.clean.letters[number], "channel": "telegram-group", "platform": "telegram"}
    letters = [*stage.clean.letters[:number], astray, *stage.clean.letters[number + 1 :]]
    assert complaints(stage.clean, replace(stage.clean, letters=letters))


@pytest.mark.parametrize("name", ["worries", "answers", "votes", "left in the inbox", "left in the outbox"])
def test_rows_that_differ(stage: Stage, name: str) -> None:
    rows = {**stage.clean.rows, name: {**stage.clean.rows[name], "new": 1}}
    assert complaints(stage.clean, replace(stage.clean, rows=rows))


@pytest.mark.parametrize(
    ("bug", "point"),
    [
        ("nothing is settled", "outbox.put:committed"),
        ("a crash is not remembered", "send:accepted"),
        ("nobody looks before sending again", "send:accepted"),
        ("every third letter is forgotten", "outbox.put:committed"),
    ],
)
def test_a_planted_bug_is_found(stage: Stage, tmp_path: Path, bug: str, point: str) -> None:
    found = stage.play(tmp_path, (point, 1), bug=bug)
    assert complaints(stage.clean, found)
