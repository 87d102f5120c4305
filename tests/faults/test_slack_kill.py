"""kill -9 between any two steps of in → commit → ack → send → record, in front of a whole Slack: 0 lost, 0 twins.

C0-C9 are the points of reliability.md; `slack_sweep.py` plays every pass of every point.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.posting import LETTER
from tests.faults.slack_checker import Found, complaints
from tests.faults.slack_life import Kill, SlackNursery
from tests.faults.slack_points import NOT_HANDLED
from tests.faults.slack_runs import Played, Stage
from tests.faults.slack_scene import WORRY
from tests.slack.server import Mode
from tests.slack.workspace import Post

SQUARE = "slack:chat.postMessage:C0HIROBA"
TO_HANA, TO_KEN = "slack:chat.postMessage:D0HANAYAMA", "slack:chat.postMessage:D0KENMOCHI"

KILLS = [
    ("C0 home opened, not stored", "event:arrived", 1),
    ("C0 reply submitted, not stored", "event:arrived", 8),
    ("C1 a mention inside the storing", "inbox.receive:inside", 2),
    ("C2 home opened, stored, not acknowledged", "inbox.receive:committed", 1),
    ("C2 worry confirmed, stored, not acknowledged", "inbox.receive:committed", 6),
    ("C2 proposal submitted, stored, not acknowledged", "inbox.receive:committed", 13),
    ("C2 the acknowledgement of a mention leaving", "ack:leaving", 2),
    ("C2 the acknowledgement of a preview leaving", "submission:leaving", 1),
    ("C2 the acknowledgement of a reply leaving", "submission:leaving", 2),
    ("C3 mention acknowledged, not handled", NOT_HANDLED, 2),
    ("C3 worry confirmed, acknowledged, not handled", NOT_HANDLED, 5),
    ("C3 reply told to wait, not handled", NOT_HANDLED, 7),
    ("C3 worry taken up", "turn:begun", 5),
    ("C4 inside the sharing", "worries.share:inside", 1),
    ("C4 between the letters of a reply", "outbox.put:inside", 2),
    ("C4 all of a reply written, not committed", "inbox.finish:inside", 7),
    ("C4 inside the deciding", "polls.decide:inside", 1),
    ("C5 a worry was shared", "worries.share:committed", 1),
    ("C5 a reply was given", "worries.answer:committed", 1),
    ("C5 a conference was proposed", "polls.propose:committed", 1),
    ("C5 a vote was counted", "polls.vote:committed", 1),
    ("C5 a date was decided", "polls.decide:committed", 1),
    ("C5 the dialog of a worry opening", "views.open:leaving", 1),
    ("C5 the dialog of a worry open, not known", "slack:views.open", 1),
    ("C5 the shared worry shown, not known", "slack:views.update", 1),
    ("C5 home shown, not known", "slack:views.publish", 1),
    ("C5 a vote acknowledged", "ack:sent", 11),
    ("C6 the worry claimed", "letter:claimed", 1),
    ("C6 reply or notice claimed", "letter:claimed", 3),
    ("C6 the worry leaving", "letter:leaving", 1),
    ("C6 the poll leaving", "letter:leaving", 4),
    ("C6 the counted votes leaving", "chat.update:leaving", 1),
    ("C7 Slack took the worry", SQUARE, 1),
    ("C7 Slack took the reply", SQUARE, 2),
    ("C7 Slack took the poll", SQUARE, 3),
    ("C7 Slack took the notice", TO_HANA, 1),
    ("C7 Slack took the decision on the poll", "slack:chat.update", 2),
    ("C7 the worry answered, not recorded", "letter:answered", 1),
    ("C7 the decision inside the recording", "outbox.delivered:inside", 7),
    ("C8 the worry recorded", "outbox.delivered:committed", 1),
]

TRIED = KILLS if os.environ.get("YORISOI_FAULT_ALL") else KILLS[::3]
"""Every third in an ordinary run; all of them when they are asked for."""

OVER_HTTP = [
    ("C2 home opened, stored, not acknowledged", "inbox.receive:committed", 1),
    ("C2 mention noted against replays, not acknowledged", "request:noted", 2),
    ("C2 the acknowledgement of a reply leaving", "submission:leaving", 2),
    ("C5 a worry was shared", "worries.share:committed", 1),
    ("C7 Slack took the worry", SQUARE, 1),
]

TWICE = [
    ("while remembering", (SQUARE, 1), ("stranded.recover:inside", 1)),
    ("while looking whether it arrived", (SQUARE, 1), ("slack:conversations.history", 1)),
    ("while taking up what was left", ("inbox.receive:committed", 5), ("inbox.finish:inside", 1)),
]

IN_ONE_LANE = [
    ("C6 the next of a lane claimed", "letter:next of its lane", 1),
    ("C7 the first of two taken", SQUARE, 1),
    ("C8 the first of two recorded", "outbox.delivered:committed", 1),
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("slack") / "community"
    nursery = SlackNursery()
    nursery.prepare(folder)
    yield Stage(nursery, folder)
    nursery.close()


@pytest.fixture(scope="module")
def clean(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What is left when nobody was killed."""
    return asyncio.run(stage.play(tmp_path_factory.mktemp("clean") / "case")).found


def _whole(played: Played, kills: int) -> None:
    assert played.found.kills == kills, "the scene came to the place where the bot is killed"
    assert played.wrong == []


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_day_without_a_kill(stage: Stage, tmp_path: Path, mode: Mode) -> None:
    _whole(await stage.play(tmp_path / "case", mode=mode), 0)


@pytest.mark.parametrize(("point", "nth"), [each[1:] for each in TRIED], ids=[each[0] for each in TRIED])
async def test_a_kill(stage: Stage, tmp_path: Path, point: str, nth: int) -> None:
    _whole(await stage.play(tmp_path / "case", (point, nth)), 1)


@pytest.mark.parametrize(("point", "nth"), [each[1:] for each in OVER_HTTP], ids=[each[0] for each in OVER_HTTP])
async def test_a_kill_over_http(stage: Stage, tmp_path: Path, point: str, nth: int) -> None:
    _whole(await stage.play(tmp_path / "case", (point, nth), mode="http"), 1)


@pytest.mark.parametrize(("first", "second"), [each[1:] for each in TWICE], ids=[each[0] for each in TWICE])
async def test_killed_again(stage: Stage, tmp_path: Path, first: Kill, second: Kill) -> None:
    _whole(await stage.play(tmp_path / "case", first, second), 2)


@pytest.mark.parametrize(("point", "nth"), [each[1:] for each in IN_ONE_LANE], ids=[each[0] for each in IN_ONE_LANE])
async def test_a_kill_between_two_letters_of_a_lane(stage: Stage, tmp_path: Path, point: str, nth: int) -> None:
    _whole(await stage.play(tmp_path / "case", (point, nth), busy_lane=True), 1)


BUGS: list[tuple[str, list[Kill], str]] = [
    ("nobody looks before sending again", [(SQUARE, 1)], "twins: the worry"),
    ("nobody looks before sending again", [(TO_HANA, 1)], "twins: the notice"),
    ("a crash is not remembered", [("letter:leaving", 1)], "lost: the worry"),
    ("the third letter is forgotten", [], "lost: the notice"),
]


@pytest.mark.parametrize(("bug", "kills", "complaint"), BUGS, ids=[f"{bug}: {what}" for bug, _, what in BUGS])
async def test_a_planted_bug_is_found(
    stage: Stage, tmp_path: Path, bug: str, kills: list[Kill], complaint: str
) -> None:
    played = await stage.play(tmp_path / "case", *kills, bug=bug, patience=1.0)
    assert any(complaint in each for each in complaints(played.found))


def _called(method: str, **arguments: object) -> Callable[[Found], Found]:
    return lambda found: replace(found, calls=[*found.calls, (method, dict(arguments))])


def _again(found: Found, **changed: Any) -> Found:
    """The worry once more, changed a little."""
    return replace(found, posts=[*found.posts, replace(_worry(found), **changed)])


def _instead(found: Found, **changed: Any) -> Found:
    worry = _worry(found)
    return replace(found, posts=[replace(post, **changed) if post is worry else post for post in found.posts])


def _named_in_direct_chat(found: Found) -> Found:
    told = replace(_worry(found), channel="D0HANAYAMA", metadata=None, blocks=[_worry(found).blocks[0]])
    return replace(found, posts=[*found.posts, told])


def _worry(found: Found) -> Post:
    return next(post for post in found.posts if WORRY in str(post.blocks))


_OTHER_KEY = {"event_type": LETTER, "event_payload": {"key": "other"}}
PLANTED: dict[str, tuple[Callable[[Found], Found], str]] = {
    "a twin with its key": (_again, "twins: one key"),
    "a twin with another key": (lambda found: _again(found, metadata=_OTHER_KEY), "twins: the worry"),
    "a twin without a key": (lambda found: _again(found, metadata=None), "without a key"),
    "a key of nobody": (lambda found: _again(found, metadata=_OTHER_KEY), "nobody promised"),
    "the worry in a chat": (lambda found: _instead(found, channel="D0HANAYAMA"), "wrong place"),
    "the worry too early": (lambda found: _instead(found, ts="1.0"), "before the worry was shared"),
    "the worry to somebody": (_called("chat.postEphemeral", channel="C0HIROBA", text=WORRY), "to somebody"),
    "the worry by a response": (_called("response_url", text=WORRY), "to somebody"),
    "a name": (_called("chat.postMessage", channel="C0HIROBA", text="葉山花子さん"), "a name in chat.postMessage"),
    "the worry's name in a direct chat": (_named_in_direct_chat, "names a worry"),
    "an id in a dialog": (_called("views.open", view={"blocks": ["<@U0KENMOCHI>"]}), "a name in views.open"),
    "a handle on the home page": (_called("views.publish", view={"blocks": ["hanayama"]}), "a name in views.publish"),
    "an id in an answer": (lambda found: replace(found, acks=[{"text": "U0SATOMURA"}]), "a name in an ack"),
    "a letter that did not arrive": (
        lambda found: replace(found, promised=[*found.promised, *"abc"]),
        "did not arrive",
    ),
}


@pytest.mark.parametrize(("change", "complaint"), PLANTED.values(), ids=PLANTED)
def test_a_planted_change_of_the_ledger_is_found(
    clean: Found, change: Callable[[Found], Found], complaint: str
) -> None:
    assert complaints(clean) == []
    assert any(complaint in each for each in complaints(change(clean)))


def test_every_letter_and_every_row_counts(clean: Found) -> None:
    letters = [post for post in clean.posts if post.metadata]
    assert len(letters) == 5
    for letter in letters:
        found = complaints(replace(clean, posts=[post for post in clean.posts if post is not letter]))
        assert any(each.startswith("lost: the") for each in found)
    for name in clean.rows:
        assert any(name in each for each in complaints(replace(clean, rows={**clean.rows, name: {"other": 1}})))
