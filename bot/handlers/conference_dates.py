"""The date of a conference is fixed, and everyone it concerns is told."""

import asyncio

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers.conference_polls import tell_author
from bot.language import workdays
from bot.routing import conference_letters, conference_plans
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, conferences, polls
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import conference, line

router = Router()


@router.press("conference.decide", Role.COORDINATOR)
async def which_slot(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: conferences.find(session, press.argument))
    if not found.asking:
        raise Refused("conference.closed")
    return Reply(conference.which_slot(turn.text, found))


@router.press("conference.choose", Role.COORDINATOR)
async def confirm(turn: Turn, press: Press) -> Reply:
    conference_id, number = slot_of(press)
    found = await turn.db.read(lambda session: conferences.find(session, conference_id))
    slot = next((slot for slot in found.slots if slot.number == number), None)
    if slot is None or not found.asking:
        raise Refused("conference.closed" if slot else "conference.stale")
    return Reply(conference.confirm(turn.text, found, slot))


@router.press("conference.fix", Role.COORDINATOR)
async def decide(turn: Turn, press: Press) -> Reply:
    conference_id, number = slot_of(press)
    # read, think, then write: the calendar takes a moment to load
    await asyncio.to_thread(workdays.is_workday, turn.now.date())
    await turn.db.write(lambda session: _decide(turn, session, conference_id, number))
    return Reply(line(turn.text, "conference.decided"), replace=True)


def _decide(turn: Turn, session: Session, conference_id: str, number: int) -> None:
    decided = polls.decide(session, conference_id, number, turn.now)
    conference_letters.update_posts(session, decided, turn.now, turn.text)
    conference_letters.tell(
        session,
        polls.answered_by(session, conference_id),
        f"fixed:{decided.occasion}",
        lambda text: conference.fixed(text, decided),
        turn.now,
        turn.text,
    )
    if about := cases.of(session, conference_id):
        tell_author(turn, session, decided, about, "fixed")
    conference_plans.plan(session, decided, turn.now, turn.rules)


def slot_of(press: Press) -> tuple[str, int]:
    """The conference and the number of a slot."""
    conference_id, _, number = press.argument.partition(".")
    if not number.isdecimal():
        raise Refused("conference.stale")
    return conference_id, int(number)
