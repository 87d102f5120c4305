"""/community: how the community is doing, for its coordinators; in numbers that tell of nobody."""

import asyncio

from bot.chat.events import Command, Press
from bot.chat.messages import File, Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import month_counts, overview
from bot.store.members import Role
from bot.views import months, pictures
from bot.views.cards import community

router = Router()


@router.command("community", Role.COORDINATOR)
async def show_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _overview(turn)


@router.press("community.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _overview(turn)


async def _overview(turn: Turn) -> Reply:
    turn.only_us()
    seen = await turn.db.read(lambda session: overview.look(session, turn.now, turn.rules))
    return Reply(community.overview(turn.text, seen))


@router.press("community.months", Role.COORDINATOR)
async def show_months(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """The months that are over, as a picture and as a table."""
    turn.only_us()
    shown = months.over(await turn.db.read(month_counts.every), turn.now, turn.rules)
    if not shown:
        return Reply(community.months(turn.text, shown))
    picture = await asyncio.to_thread(pictures.months, turn.text, shown)
    files = (File("months.png", picture), File("months.csv", months.table(turn.text, shown)))
    return Reply(community.months(turn.text, shown), files=files)
