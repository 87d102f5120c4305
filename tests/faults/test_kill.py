"""kill -9 at named points of the main job: whoever comes back finds nothing lost and nothing doubled.

C0-C10 are the places between a platform's event and a settled letter; `sweep.py` plays every pass of every point.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.checker import MARK, being_sent, complaints, state_of
from tests.faults.child import DATA, LEDGER
from tests.faults.conftest import Stage
from tests.faults.runs import CHILD, KILLED, ROOT

POINTS = [
    ("C0 brought, not stored", "event:brought", 0.5),
    ("C1 inside the storing", "inbox.receive:inside", 0.3),
    ("C2 stored, not acknowledged", "inbox.receive:committed", 0.6),
    ("C3 taken up", "turn:begun", 0.4),
    ("C4 inside a joining", "members.join:inside", 1.0),
    ("C4 between the letters of a worry", "outbox.put:inside", 0.03),
    ("C4 inside a question", "drafts.change:inside", 0.5),
    ("C4 all written, not committed", "inbox.finish:inside", 0.7),
    ("C5 a worry was shared", "worries.share:committed", 0.5),
    ("C5 an answer was given", "worries.answer:committed", 0.5),
    ("C5 a worry was closed", "worries.close:committed", 1.0),
    ("C5 closed, traces not yet forgotten", "forget_traces:before", 1.0),
    ("C5 a vote was counted", "polls.vote:committed", 0.5),
    ("C5 the date was decided", "polls.decide:committed", 1.0),
    ("C5 answered, not acknowledged", "event:answered", 0.6),
    ("C5 acknowledged, the answer in hand lost", "event:acknowledged", 0.45),
    ("C6 claimed, not sent", "outbox.claim:committed", 0.4),
    ("C6 at the door of the platform", "send:called", 0.06),
    ("C7 a reminder accepted where one cannot look", "send:accepted", 1.0),
    ("C7 inside the settling", "outbox.delivered:inside", 0.6),
    ("C8 settled", "outbox.delivered:committed", 0.8),
    ("C10 inside a reminder", "occurrences.finish:inside", 1.0),
    ("C10 reminders written", "occurrences.finish:committed", 1.0),
]

TRIED = POINTS if os.environ.get("YORISOI_FAULT_ALL") else POINTS[::2]
"""Every second in an ordinary run; all of them when they are asked for."""


def test_the_scene_has_the_whole_main_job(stage: Stage) -> None:
    assert complaints(stage.clean, stage.clean) == []
    assert stage.clean.rows["worries"] == {"open": 1, "closed": 1}
    assert stage.clean.rows["votes"] == {"1yes": 2}
    looked_after = {"unanswered.day1": 1, "unanswered.two_days1": 1, "following_up.ask0": 1}
    conferring = {"conference.reminder1": 1, "conference.begun0": 1, "conference.after0": 2, "conference.begins0": 1}
    conferring |= {"conference.seated1": 1, "conference.volunteers1": 1, "poll.closes1": 1, "poll.reminds1": 1}
    conferring |= {"meeting.start0": 1, "meeting.minutes0": 1}
    assert stage.clean.rows["occurrences"] == {**conferring, **looked_after}
    assert all(stage.passes.get(point) for _, point, _ in POINTS), "each point lies on the way"


@pytest.mark.parametrize(("point", "share"), [each[1:] for each in TRIED], ids=[each[0] for each in TRIED])
def test_a_kill_leaves_nothing_lost_and_nothing_doubled(stage: Stage, tmp_path: Path, point: str, share: float) -> None:
    found = stage.play(tmp_path, stage.at(point, share))
    assert complaints(stage.clean, found) == []


@pytest.mark.parametrize(
    "first, second",
    [
        (("inbox.receive:committed", 13), ("inbox.finish:inside", 1)),
        (("send:accepted", 2), ("send:accepted", 2)),
        (("outbox.claim:committed", 12), ("stranded.recover:inside", 1)),
    ],
    ids=["again while taking up what was left", "again while sending the next", "again while remembering"],
)
def test_killed_again_while_recovering(
    stage: Stage, tmp_path: Path, first: tuple[str, int], second: tuple[str, int]
) -> None:
    found = stage.play(tmp_path, first, second)
    assert complaints(stage.clean, found) == []


@pytest.mark.parametrize(("platform", "twins"), [("slack", 0), ("telegram", 1)])
def test_a_twin_is_made_only_where_nobody_can_look(stage: Stage, tmp_path: Path, platform: str, twins: int) -> None:
    nth = next(number for number, line in enumerate(stage.clean.letters, 1) if line["platform"] == platform)
    found = stage.play(tmp_path, ("send:accepted", nth))
    assert complaints(stage.clean, found) == []
    assert len(found.letters) - len(stage.clean.letters) == twins
    assert {line["platform"] for line in found.letters if MARK in line["message"]["note"]} <= {"telegram"}


@pytest.mark.parametrize("point", ["send:called", "send:accepted"])
def test_a_card_that_stands_is_brought_up_to_date_without_a_mark(stage: Stage, tmp_path: Path, point: str) -> None:
    """The same change made twice makes no twin, so it is made again even where nobody can look."""
    numbered = enumerate(stage.clean.letters, 1)
    nth = [number for number, line in numbered if line["platform"] == "telegram" and line["replacing"]][-1]
    found = stage.play(tmp_path, (point, nth))
    assert complaints(stage.clean, found) == []
    assert found.unknown == 0


def test_what_was_only_promised_is_not_marked(stage: Stage, tmp_path: Path) -> None:
    """Letters that nobody had begun to carry are no doubtful ones."""
    found = stage.play(tmp_path, ("worries.share:committed", 1))
    assert found.doubtful == 0
    assert not [line for line in found.letters if MARK in line["message"]["note"]]


def test_a_process_that_starts_from_nothing_goes_on_as_well(stage: Stage, tmp_path: Path) -> None:
    """The other tests fork from a process with the imports behind it; this one has its own interpreter."""
    folder = tmp_path / "case"
    shutil.copytree(stage.community, folder)
    order = {"folder": str(folder), "point": "send:accepted", "nth": 1}
    assert subprocess.run([*CHILD, json.dumps(order)], cwd=ROOT, check=False).returncode == KILLED
    doubtful = being_sent(folder / DATA / "yorisoi.db")
    assert subprocess.run([*CHILD, json.dumps({"folder": str(folder)})], cwd=ROOT, check=False).returncode == 0
    found = state_of(folder / LEDGER, folder / DATA / "yorisoi.db", kills=1, doubtful=doubtful)
    assert complaints(stage.clean, found) == []
