"""Who may read and write the case of a conference, and what the handbook and peers have to say to it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.chat.errors import Refused
from bot.knowledge.beside import beside
from bot.routing import conference_letters
from bot.routing.conference_seen import seen
from bot.routing.found import found as found_in
from bot.routing.support_meetings import refuse_support
from bot.routing.turn import Turn
from bot.store import conference_roles, learnings, occurrences, participants, sheets
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.learnings import Learning
from bot.store.rules import Rules
from bot.store.session import Session
from bot.store.sheets import CaseSheet
from bot.views.found import Found

log = structlog.get_logger()

READY = "conference.sheet_ready"
"""The kind of occurrence at which those who come hear that there is one."""

WAITS = timedelta(days=365)
"""Longer than any date is asked for."""

MOST_NEAR = 2
MOST_LEARNED = 2
"""A sheet is one page."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside a sheet, looked for each time it is opened; nothing of it is stored."""

    found: tuple[Found, ...] = ()
    learned: tuple[Learning, ...] = ()


def reader(turn: Turn, session: Session, conference_id: str) -> Standing:
    """Refused, in the same words whether there is a sheet or not, for whoever neither comes nor is responsible."""
    seen = _standing(turn, session, conference_id)
    if not (seen.comes or _is_responsible(turn, session, seen)):
        raise Refused("conference_sheet.not_yours")
    return seen


def writer(turn: Turn, session: Session, conference_id: str) -> Standing:
    """事例提供, or the responsible coordinator."""
    seen = _standing(turn, session, conference_id)
    if "presenter" not in seen.roles and not _is_responsible(turn, session, seen):
        raise Refused("conference_sheet.not_writer" if seen.comes else "conference_sheet.not_yours")
    return seen


def may_write(turn: Turn, session: Session, seen: Standing) -> bool:
    """Whether it is still to be changed, and by whoever acts."""
    known = "presenter" in seen.roles or _is_responsible(turn, session, seen)
    return known and sheets.may_be_written(seen.conference, turn.now)


def audience(session: Session, conference_id: str) -> set[str]:
    """Who is told that it is there: who comes, and whoever holds a role."""
    return {*participants.of(session, conference_id), *conference_roles.holders(session, conference_id).values()}


def _standing(turn: Turn, session: Session, conference_id: str) -> Standing:
    standing = seen(turn, session, conference_id)
    refuse_support(standing.conference)
    return standing


def _is_responsible(turn: Turn, session: Session, seen: Standing) -> bool:
    return seen.coordinator and turn.member.id in conference_letters.responsible(session, seen.conference.id)


def tell_with_the_date(session: Session, conference_id: str, now: datetime) -> None:
    """Nobody comes yet: it waits for a date to be fixed, however often that is asked for, and is told once."""
    occurrences.plan(session, READY, conference_id, now + WAITS)


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:  # noqa: ARG001
    if occurrences.finish_all(session, READY, fixed.id):
        occurrences.plan(session, READY, fixed.id, now)


async def around(turn: Turn, sheet: CaseSheet) -> Around:
    """The sheet stands without it."""
    asked = sheet.said("asked")
    try:
        hits = await turn.handbook.nearest_at_hand(asked, MOST_NEAR)
        near = await found_in(turn.handbook, [hit.entry for hit in hits], turn.text.language)
        released = await turn.db.read(learnings.released)
        places = await asyncio.to_thread(beside, asked, [each.text for each in released], MOST_LEARNED)
    except Exception as error:
        log.warning("handbook not asked", error=type(error).__name__)
        return Around()
    return Around(tuple(near), tuple(released[place] for place in places))
