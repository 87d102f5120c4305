"""この3か月のまとめ: what became of the conferences, for coordinators, as a picture and a table."""

import asyncio

from bot.chat.events import Press
from bot.chat.messages import File, Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import quarter
from bot.store.members import Role
from bot.views import quarter as views
from bot.views.cards import conference_overview as cards

router = Router()


@router.press("conference.quarter", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    found = await turn.db.read(lambda session: quarter.of(session, turn.member.id, turn.now, turn.rules.zone))
    card = cards.quarter(turn.text, len(found.held), views.lines(turn.text, found))
    if not found.held:
        return Reply(card)
    picture = await asyncio.to_thread(views.picture, turn.text, found)
    return Reply(card, files=(File("conferences.png", picture), File("conferences.csv", views.table(turn.text, found))))
