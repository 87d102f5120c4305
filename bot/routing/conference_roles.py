"""Roles that somebody must have: when volunteers are called for, and who hears that a role is free again."""

import secrets
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot.language import workdays
from bot.routing import conference_letters
from bot.store import conference_roles, occurrences, seats
from bot.store.conferences import PublicConference
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_roles as cards
from bot.views.text import Text

MISSING = "conference.volunteers"
AGAIN = "conference.volunteers_again"
"""For one role that became free; its subject is the occasion and the role."""

BEFORE = timedelta(days=3)
MORNING = time(9)

SECOND_THOUGHT = timedelta(hours=1)
"""A role that is taken again so soon is not called for."""


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:
    """Three days before, within working hours: before days on which nobody works, where these would bring it to the
    very day. The next working moment where that has passed; nothing where it would begin before."""
    if fixed.chosen is None:
        return
    moment = workdays.next_working_moment(max(fixed.chosen.starts_at - BEFORE, now), rules.zone)
    day = fixed.chosen.starts_at.astimezone(rules.zone).date()
    if moment.astimezone(rules.zone).date() >= day:
        before = datetime.combine(workdays.workday_before(day), MORNING, rules.zone)
        moment = before if now <= before else moment
    if moment < fixed.chosen.starts_at:
        occurrences.plan(session, MISSING, fixed.occasion, moment)


def freed(
    session: Session, found: PublicConference, roles: Iterable[str], now: datetime, text: Text, rules: Rules
) -> None:
    """Whoever held them holds them no more: who is responsible hears of those that matter, and where there is time
    for it, volunteers are called for once more."""
    for role in roles:
        if role in found.required or role == "presenter":
            _tell_responsible(session, found, role, now, text)
        call_again(session, found, role, now, rules)


def call_again(session: Session, found: PublicConference, role: str, now: datetime, rules: Rules) -> None:
    """For one that must be there, while there is time."""
    if role in found.required and found.chosen and now <= found.chosen.starts_at - BEFORE:
        moment = workdays.next_working_moment(now + SECOND_THOUGHT, rules.zone)
        occurrences.plan(session, AGAIN, f"{found.occasion}.{role}", moment)


def _tell_responsible(session: Session, found: PublicConference, role: str, now: datetime, text: Text) -> None:
    conference_letters.tell(
        session,
        conference_letters.responsible(session, found.id),
        f"role:{found.occasion}:{secrets.token_urlsafe(8)}",
        lambda speaking: cards.free_again(speaking, found, role),
        now,
        text,
    )


def call(
    session: Session, found: PublicConference, roles: tuple[str, ...], key: str, now: datetime, text: Text
) -> None:
    """One letter to everybody who comes or may, and a line to who is responsible."""
    if found.chosen is None or found.chosen.starts_at <= now or not roles:
        return
    until = found.chosen.starts_at
    coming = seats.coming_to(session, found.id)
    conference_letters.tell(
        session,
        coming,
        key,
        lambda speaking: cards.call(speaking, found, roles),
        now,
        text,
        expires=until,
        again=False,
    )
    conference_letters.tell(
        session,
        set(conference_letters.responsible(session, found.id)) - coming,
        key,
        lambda speaking: cards.missing(speaking, found, roles),
        now,
        text,
        expires=until,
        again=False,
    )


def still_missing(session: Session, found: PublicConference, among: Iterable[str]) -> tuple[str, ...]:
    wanted = set(among)
    return tuple(role for role in conference_roles.missing(session, found) if role in wanted)
