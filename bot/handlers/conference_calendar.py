"""予定表: one date as a file, and a secret address from which a calendar follows all of them."""

import asyncio

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import File, Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import clashes, conferences, feeds, meetings
from bot.store.meetings import Meeting
from bot.store.session import Session
from bot.views import calendar
from bot.views.cards import conference_calendar as cards
from bot.views.cards import line

router = Router()


@router.press("conference.calendar")
async def take_along(turn: Turn, press: Press) -> Reply:
    """Only who comes: the place may stand in it."""

    def look(session: Session) -> tuple[Meeting, list[Meeting]]:
        found = meetings.one(session, press.argument, turn.member.id)
        return found, clashes.of(session, turn.member.id, conferences.find(session, found.id))

    found, near = await turn.db.read(look)
    content = await asyncio.to_thread(calendar.alone, turn.text, found, turn.now)
    message = cards.one(turn.text, found, near, subscribing=bool(turn.rules.public_url))
    return Reply(message, files=(File(calendar.NAME, content),))


@router.press("calendar.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    _possible(turn)
    kept = await turn.db.read(lambda session: feeds.exists(session, turn.member.id))
    return Reply(cards.subscription(turn.text, kept=kept))


@router.press("calendar.make")
async def make(turn: Turn, press: Press) -> Reply:
    """Not where the answer would become a letter: no row may hold what opens a calendar."""
    if turn.db.resumed:
        return await show(turn, press)
    _possible(turn)
    secret = await turn.db.write(lambda session: feeds.renew(session, turn.member.id))
    return Reply(cards.made(turn.text, f"{turn.rules.public_url}/calendar/{secret}.ics"))


@router.press("calendar.stop")
async def stop(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    await turn.db.write(lambda session: feeds.stop(session, turn.member.id))
    return Reply(line(turn.text, "conference_calendar.stopped"), replace=True)


def _possible(turn: Turn) -> None:
    if not turn.event.direct:
        raise Refused("conference_calendar.alone")
    if not turn.rules.public_url:
        raise Refused("conference_calendar.off")
