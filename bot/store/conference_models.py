"""The tables of case conferences: dates and votes, who comes, roles, the sheet, the notes, series and calendars."""

from datetime import datetime

from sqlalchemy import TextClause, UniqueConstraint, false, text, true
from sqlmodel import Field

from bot.store.models import Table, moment, sealed


def _zero() -> dict[str, str]:
    return {"server_default": "0"}


def _nothing() -> dict[str, TextClause]:
    """An empty default, written out: what is simply empty counts as none."""
    return {"server_default": text("''")}


class Conference(Table, table=True):
    id: str = Field(primary_key=True)
    theme: bytes = sealed()
    minutes: int
    state: str = Field(index=True)
    proposer: str
    revision: int = 0
    decided: int | None = None
    worry: str | None = None
    """The worry whose author wishes to talk about it there."""
    kind: str = Field(default="case", sa_column_kwargs={"server_default": "case"})
    """case, or support: a statutory meeting, of which only the date is kept."""
    audience: str = Field(default="places", sa_column_kwargs={"server_default": "places"})
    """places: everybody is asked; code: who was given the code."""
    code_token: str | None = Field(default=None, unique=True)
    hidden: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Whether nobody sees who answered what; the counts are seen in any case."""
    minimum: int = Field(default=0, sa_column_kwargs=_zero())
    """Fewest who must be able to come."""
    capacity: int = Field(default=0, sa_column_kwargs=_zero())
    """Most who can come; 0: no end."""
    required: str = Field(default="", sa_column_kwargs=_nothing())
    """Roles that must be there, with spaces between."""
    online: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    place: bytes | None = sealed(nullable=True)
    """Where it is, or the link that leads there."""
    closes_at: datetime | None = moment(nullable=True)
    """Until when one can answer."""
    shown_at: datetime | None = moment(nullable=True)
    """When its posts were last changed, or will be."""
    sequence: int = Field(default=0, sa_column_kwargs=_zero())
    """How often its date was changed since it was first fixed (RFC 5545, SEQUENCE)."""
    series: str | None = Field(default=None, index=True)
    began_at: datetime | None = moment(nullable=True)
    """When somebody pressed that it begins."""
    asks_later: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    """Whether its presenter may be asked what became of it."""


class Slot(Table, table=True):
    conference: str = Field(primary_key=True, foreign_key="conference.id")
    number: int = Field(primary_key=True)
    starts_at: datetime = moment()
    minutes: int = Field(default=0, sa_column_kwargs=_zero())
    """How long it would be; 0: as long as the conference is meant to be."""


class Vote(Table, table=True):
    conference: str = Field(primary_key=True, foreign_key="conference.id")
    member: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    value: str


class Participant(Table, table=True):
    """One member and one conference. state: asked, declined; coming, maybe, waiting, absent."""

    __table_args__ = (UniqueConstraint("conference", "member", name="uq_participant_conference"),)

    id: str = Field(primary_key=True)
    conference: str = Field(foreign_key="conference.id", index=True)
    member: str = Field(index=True)
    state: str
    turn: int = Field(default=0, sa_column_kwargs=_zero())
    """The place in the line of those who wait for a seat; while asked, how often they were reminded."""
    attended: str = Field(default="", sa_column_kwargs=_nothing())
    """there, or late; nothing where nobody pressed it."""
    name: bytes | None = sealed(nullable=True)
    """What they wish to be called in this conference."""


class ConferenceRole(Table, table=True):
    conference: str = Field(primary_key=True, foreign_key="conference.id")
    role: str = Field(primary_key=True)
    member: str = Field(index=True)
    offered: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether whoever holds it would like somebody else to."""


class Sheet(Table, table=True):
    """The case on one page; its own key is destroyed when its time is over."""

    id: str = Field(primary_key=True)
    conference: str = Field(foreign_key="conference.id", unique=True)
    content: bytes = sealed()


class MeetingNote(Table, table=True):
    """What was said in a meeting. kind: idea, question, parked, or step: a next small step with a window of days."""

    id: str = Field(primary_key=True)
    conference: str = Field(foreign_key="conference.id", index=True)
    kind: str
    body: bytes = sealed()
    role: str = Field(default="", sa_column_kwargs=_nothing())
    """By whom, as a role."""
    holder: str = Field(default="", index=True, sa_column_kwargs=_nothing())
    """The member who looks after a step; nothing where nobody does."""
    opens_on: str = Field(default="", sa_column_kwargs=_nothing())
    closes_on: str = Field(default="", sa_column_kwargs=_nothing())
    state: str = Field(default="open", sa_column_kwargs={"server_default": "open"})


class Series(Table, table=True):
    """Conferences that repeat. rule: RFC 5545, from starts_at on. exceptions: days on which there is none, in ISO."""

    id: str = Field(primary_key=True)
    theme: bytes = sealed()
    minutes: int
    kind: str
    rule: str
    starts_at: datetime = moment()
    state: str
    proposer: str
    exceptions: str = Field(default="", sa_column_kwargs=_nothing())


class Feed(Table, table=True):
    """A member's calendar to subscribe to; whoever knows the secret behind the token can read it."""

    member: str = Field(primary_key=True)
    token: str = Field(unique=True)
