"""How long what has no end of its own is kept; everything else says its time where it is stored."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """worries: open ones in which nothing is said. conferences: after their last date. sheets: after the end of their
    conference. tombstones: as long as a backup may live. acts: what coordinators did. gaps: questions without an
    answer, by whole months."""

    worries: timedelta = timedelta(days=365)
    conferences: timedelta = timedelta(days=180)
    sheets: timedelta = timedelta(days=30)
    tombstones: timedelta = timedelta(days=400)
    acts: timedelta = timedelta(days=400)
    gaps: timedelta = timedelta(days=365)
