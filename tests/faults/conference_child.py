"""A conference's life in peace, and one that is killed at some of its steps; says how they differ (JSON).

`python -m tests.faults.conference_child FOLDER`: a process of its own, for what forks must have no other threads."""

import json
import sys
from pathlib import Path

from tests.faults.conference_life import Kill, Life
from tests.faults.conference_story import AFTER, ASKED, HELD, MOVED, STORY, Step

HANDLING = 6
"""Which transaction of a process holds what an event does: after those of a start, and after the event is stored."""


def killed_steps() -> list[Step]:
    """The date is fixed, and changed for the second time; the presenter is gone; the days until it begins; the minutes
    go out; how it went is told, and the next date of the series is fixed."""
    return [ASKED[12], MOVED[7], MOVED[13], HELD[0], HELD[12], AFTER[2], AFTER[3]]


def told(folder: Path) -> dict[str, object]:
    killed = Life(folder / "killed").begin()
    calm = killed.copied(folder / "calm")
    assert calm.goes_on()
    kills = 0
    for number, step in enumerate(killed_steps()):
        at = next(index for index, each in enumerate(STORY) if each is step)
        assert killed.goes_on(at)
        kills += not killed.goes_on(at + 1, Kill(HANDLING, "after" if number % 3 == 2 else "inside"))
    assert killed.goes_on()
    return {"kills": kills, "differs": killed.came_to().differs(calm.came_to())}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(told(Path(sys.argv[1]))))
