"""The tables of living together: who lives where, what is said to a worry, who looks after it, and what remains."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from bot.store.models import Table, moment, sealed


class Dweller(Table, table=True):
    """A member who has been seen in a place: how many there are decides how much may be told of an author there."""

    place: str = Field(primary_key=True)
    member: str = Field(primary_key=True)


class Reaction(Table, table=True):
    """わかります or ありがとう to a worry or one of its answers. token: keyed with the item's own key."""

    subject: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    token: str = Field(primary_key=True)
    worry: str = Field(foreign_key="worry.id", index=True)


class Mute(Table, table=True):
    """Whoever this is (keyed with the item's own key) wants no notices of this worry."""

    worry: str = Field(primary_key=True, foreign_key="worry.id")
    token: str = Field(primary_key=True)


class Talk(Table, table=True):
    """The author and the writer of one answer go on alone, once both wish it. Names are sealed with the item's key
    and shown to each other only once both are there."""

    answer: str = Field(primary_key=True)
    worry: str = Field(foreign_key="worry.id", index=True)
    asked_by: str
    state: str
    author_name: bytes = sealed()
    other_name: bytes = sealed()


class Report(Table, table=True):
    """One member finds a worry or an answer harmful. The way back to them is sealed with the item's own key."""

    __table_args__ = (UniqueConstraint("subject", "token", name="uq_report_subject"),)

    id: str = Field(primary_key=True)
    subject: str
    token: str
    worry: str = Field(foreign_key="worry.id", index=True)
    reason: str
    return_address: bytes = sealed()


class Review(Table, table=True):
    """Something a coordinator should look at: why, since when (to the hour), and whether somebody did."""

    subject: str = Field(primary_key=True)
    why: str = Field(primary_key=True)
    worry: str = Field(foreign_key="worry.id", index=True)
    since: datetime = moment()
    done: bool = Field(default=False, index=True)


class Pause(Table, table=True):
    """Somebody (an opaque token) may not post, answer or report for a while; nothing leads from here to a worry."""

    token: str = Field(primary_key=True)
    begins_at: datetime = moment()
    ends_at: datetime = moment(index=True)


class Act(Table, table=True):
    """What a coordinator did, without a word of it and without its author; at: to the hour."""

    id: str = Field(primary_key=True)
    at: datetime = moment(index=True)
    actor: str
    what: str
    subject: str
    reason: str


class Volunteer(Table, table=True):
    """A member who takes turns on duty."""

    member: str = Field(primary_key=True)


class Duty(Table, table=True):
    """Who is on duty on a day (ISO date). state: on, offered (somebody else may take it), skipped."""

    day: str = Field(primary_key=True)
    member: str = Field(primary_key=True)
    state: str


class Learning(Table, table=True):
    """What an author leaves for others; nothing leads back to the worry it came from. month: like 2026-11."""

    id: str = Field(primary_key=True)
    month: str
    state: str = Field(index=True)
    body: bytes = sealed()


class MonthCount(Table, table=True):
    """How often something happened in a month, and nothing more."""

    month: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    count: int
