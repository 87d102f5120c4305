"""kill -9 at named points of the main job: whoever comes back finds nothing lost and nothing doubled.

The letters C0-C10 are the crash points of the delivery model (docs/decisions); `sweep.py` plays every pass of each.
"""

import json
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
    ("C4 inside a worry", "worries.share:inside", 1.0),
    ("C4 between the letters of a worry", "outbox.put:inside", 0.03),
    ("C4 inside a question", "drafts.change:inside", 0.5),
    ("C4 inside a vote", "conferences.vote:inside", 1.0),
    ("C4 all written, not committed", "inbox.finish:inside", 0.7),
    ("C5 joined", "members.join:committed", 0.5),
    ("C5 a form was opened", "drafts.keep:committed", 0.4),
    ("C5 the next question was asked", "drafts.change:committed", 1.0),
    ("C5 a worry was shared", "worries.share:committed", 0.5),
    ("C5 an answer was given", "worries.answer:committed", 0.5),
    ("C5 a worry was closed", "worries.close:committed", 1.0),
    ("C5 closed, traces not yet forgotten", "forget_traces:before", 1.0),
    ("C5 times were proposed", "conferences.propose:committed", 1.0),
    ("C5 a vote was counted", "conferences.vote:committed", 0.5),
    ("C5 the date was decided", "conferences.decide:committed", 1.0),
    ("C5 answered, not acknowledged", "event:answered", 0.6),
    ("C5 acknowledged, the answer in hand lost", "event:acknowledged", 0.45),
    ("C6 inside the claim", "outbox.claim:inside", 0.5),
    ("C6 claimed, not sent", "outbox.claim:committed", 0.4),
    ("C6 at the door of a platform that can look", "send:called", 0.03),
    ("C6 at the door of a platform that cannot", "send:called", 0.06),
    ("C7 accepted where one can look", "send:accepted", 0.03),
    ("C7 accepted where one cannot", "send:accepted", 0.06),
    ("C7 a reminder accepted where one cannot look", "send:accepted", 1.0),
    ("C7 inside the settling", "outbox.delivered:inside", 0.6),
    ("C8 settled", "outbox.delivered:committed", 0.8),
    ("C10 inside a reminder", "occurrences.finish:inside", 1.0),
    ("C10 reminders written", "occurrences.finish:committed", 1.0),
]


def test_the_scene_has_the_whole_main_job(stage: Stage) -> None:
    assert complaints(stage.clean, stage.clean) == []
    assert stage.clean.rows["worries"] == {"open": 1, "closed": 1}
    assert stage.clean.rows["votes"] == {"1yes": 1, "2maybe": 1, "1maybe": 1, "2no": 1}
    assert stage.clean.rows["occurrences"] == {"conference.reminder1": 1}
    assert all(stage.passes.get(point) for _, point, _ in POINTS), "each point lies on the way"


@pytest.mark.parametrize(("point", "share"), [each[1:] for each in POINTS], ids=[each[0] for each in POINTS])
def test_a_kill_leaves_nothing_lost_and_nothing_doubled(stage: Stage, tmp_path: Path, point: str, share: float) -> None:
    found = stage.play(tmp_path, stage.at(point, share))
    assert complaints(stage.clean, found) == []


@pytest.mark.parametrize(
    "first, second",
    [
        (("inbox.receive:committed", 13), ("inbox.finish:inside", 1)),
        (("send:accepted", 2), ("send:accepted", 1)),
        (("outbox.claim:committed", 12), ("outbox.recover:inside", 1)),
    ],
    ids=["again while taking up what was left", "again while sending again", "again while remembering"],
)
def test_killed_again_while_recovering(
    stage: Stage, tmp_path: Path, first: tuple[str, int], second: tuple[str, int]
) -> None:
    found = stage.play(tmp_path, first, second)
    assert complaints(stage.clean, found) == []


def test_a_twin_is_marked_where_nobody_can_look_and_never_made_where_one_can(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "looked").mkdir()
    marks = {}
    for place in ("slack", "telegram"):
        nth = next(n for n, line in enumerate(stage.clean.letters, 1) if line["platform"] == place)
        found = stage.play(tmp_path / place, ("send:accepted", nth))
        marks[place] = [line["platform"] for line in found.letters if MARK in line["message"]["note"]]
        assert len(found.letters) - len(stage.clean.letters) == len(marks[place])
    assert marks == {"slack": [], "telegram": ["telegram"]}


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
