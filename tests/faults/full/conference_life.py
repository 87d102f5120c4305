"""A conference and its series, killed inside every transaction of every step and right after it."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random

from tests.faults.conference_life import Kill, Life, When
from tests.faults.conference_outcome import Outcome
from tests.faults.conference_story import STORY
from tests.faults.report import Figure

TITLE = "kill -9 at every transaction of a conference's life, and lives killed at every step"

LIVES, SEED = 10, 8
_MEMORY = Path("/dev/shm")


def run() -> dict[str, Figure]:
    with _folder() as folder:
        kills, wrong = _every_transaction(folder)
        whole, more = _whole_lives(folder)
    wrong += more
    assert not wrong, f"{len(wrong)} lives came to something else: {wrong[:10]}"
    return {"steps": len(STORY), "kills": kills, "whole_lives": LIVES, "kills_in_whole_lives": whole, "different": 0}


def _every_transaction(folder: Path) -> tuple[int, list[str]]:
    """A step is killed, done again by a process that lives, and compared with the same step in peace."""
    calm, kills, wrong = Life(folder / "calm").begin(), 0, list[str]()
    at_start = _writes_of_a_start(calm)
    for number in range(len(STORY)):
        before = calm.copied(folder / "before")
        calm.goes_on(number + 1)
        expected = calm.copied(folder / "peace").came_to()
        for when in ("inside", "after"):
            done, found = _every_kill(before, number, when, expected, at_start if number else 0)
            kills, wrong = kills + done, [*wrong, *found]
        sys.stdout.write(f"  step {number + 1} of {len(STORY)}: {kills} kills, {len(wrong)} different\n")
    return kills, wrong


def _writes_of_a_start(life: Life) -> int:
    """What every process does before it goes on: that is killed before the first step alone."""
    return next(nth for nth in count() if life.copied(life.folder.parent / "start").goes_on(0, Kill(nth + 1)))


def _every_kill(before: Life, number: int, when: When, expected: Outcome, skipped: int) -> tuple[int, list[str]]:
    wrong: list[str] = []
    for nth in count(skipped + 1):
        life = before.copied(before.folder.parent / "killed")
        if life.goes_on(number + 1, Kill(nth, when)):
            return nth - 1 - skipped, wrong
        life.goes_on(number + 1)
        wrong += [f"step {number}, {when} {nth}: {each}" for each in life.came_to().differs(expected)]
    raise AssertionError("a step without an end")


def _whole_lives(folder: Path) -> tuple[int, list[str]]:
    """To the end of the story, with a kill at some transaction of nearly every step."""
    calm, kills, wrong = Life(folder / "calm").came_to(), 0, list[str]()
    for number in range(LIVES):
        life, dice = Life(folder / f"life-{number}"), Random(SEED + number)
        life.begin()
        for step in range(len(STORY)):
            kill = Kill(dice.randint(1, 25), "inside" if dice.random() < 0.6 else "after")
            if not life.goes_on(step + 1, kill):
                kills += 1
                life.goes_on(step + 1)
        wrong += [f"life {number}: {each}" for each in life.came_to().differs(calm)]
    return kills, wrong


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=_MEMORY if _MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
