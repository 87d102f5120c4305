"""The conferences ahead as one member meets them: what waits for them first, then where they come, then the others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import col, select

from bot.store import asked, conferences, participants, polls
from bot.store.conference_models import ConferenceRole, Participant
from bot.store.conferences import PublicConference
from bot.store.session import Session

Group = Literal["answer", "roles", "mine", "others", "recent"]
GROUPS: tuple[Group, ...] = ("answer", "roles", "mine", "others", "recent")
"""answer: its dates wait for this member. roles: they come, and somebody is needed for a role. mine: they come.
recent: they had a part in it, and its minutes and steps are near."""

RECENT = timedelta(days=14)
"""So long a conference that is over stands in the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """missing: required roles that nobody has."""

    conference: PublicConference
    group: Group
    missing: tuple[str, ...] = ()


def of(session: Session, member: str, now: datetime) -> list[Entry]:
    """In the order of GROUPS, and of time within each."""
    voted = polls.answered_of(session, member)
    states = {
        row.conference: row.state
        for row in session.rows(
            select(col(Participant.conference), col(Participant.state)).where(col(Participant.member) == member)
        )
    }
    held: dict[str, dict[str, str]] = {}
    for row in session.rows(
        select(col(ConferenceRole.conference), col(ConferenceRole.role), col(ConferenceRole.member))
    ):
        held.setdefault(row.conference, {})[row.role] = row.member
    found = []
    for each in asked.visible(session, conferences.coming(session, now - RECENT), member):
        roles = held.get(each.id, {})
        comes = states.get(each.id, "") in (*participants.COMING, "waiting") or member in roles.values()
        if conferences.last(each) <= now:
            had_part = comes or conferences.proposer_of(session, each.id) == member
            found += [Entry(each, "recent")] if had_part and each.state == "decided" and each.kind == "case" else []
            continue
        missing = tuple(role for role in each.required if role not in roles)
        waits = each.open and each.id not in voted and states.get(each.id) != "declined"
        found.append(_entry(each, missing, waits=waits, comes=comes))
    return sorted(found, key=lambda entry: GROUPS.index(entry.group))


def _entry(found: PublicConference, missing: tuple[str, ...], *, waits: bool, comes: bool) -> Entry:
    if waits:
        return Entry(found, "answer")
    if comes and found.state == "decided":
        return Entry(found, "roles" if missing else "mine", missing)
    return Entry(found, "others")
