"""How a community wants to be run: what its operator chose for publishing, labels and duty."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Rules:
    """publish_times: the times of day at which worries are published together; none: each at once.
    batch_authors: so many different people must be waiting, or one of them must have waited for batch_wait.
    label_members: a region or role is shown only while so many share the combination (features.md, row 8).
    duty_opens, duty_closes: between these, on working days, somebody is on duty.
    opinions: 役に立った and 違う stand under what the handbook answers.
    keep_sheets: so long after the end of a conference its case sheet is kept; said on the sheet itself.
    public_url: where the web entrance can be reached from outside; empty where it cannot."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Tokyo"))
    publish_times: tuple[time, ...] = ()
    batch_authors: int = 3
    batch_wait: timedelta = timedelta(hours=24)
    label_members: int = 10
    duty_opens: time = time(8, 30)
    duty_closes: time = time(18, 0)
    opinions: bool = True
    keep_sheets: timedelta = timedelta(days=30)
    public_url: str = ""
