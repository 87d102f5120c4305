"""事例検討会: the list, and one conference with what this person can do there."""

from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import clashes, conference_standing, conferences, meeting_notes
from bot.store.conference_standing import Standing
from bot.store.members import Role
from bot.views.cards import conference, conference_calendar, conference_home, conference_steps

router = Router()


@router.command("conference")
async def list_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _overview(turn)


@router.press("conference.list")
async def list_all(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _overview(turn)


async def _overview(turn: Turn) -> Reply:
    coming = await turn.db.read(lambda session: conferences.coming(session, turn.now))
    mine = await turn.db.read(lambda session: meeting_notes.held_by(session, turn.member.id))
    overview = conference.overview(turn.text, coming, coordinator=turn.member.may(Role.COORDINATOR))
    return Reply(conference_steps.beside(turn.text, overview, len(mine)))


@router.press("conference.show")
async def show(turn: Turn, press: Press) -> Reply:
    seen = await standing(turn, press.argument)
    card = conference_home.card(turn.text, seen)
    near = (
        await turn.db.read(lambda session: clashes.of(session, turn.member.id, seen.conference)) if seen.comes else []
    )
    return Reply(conference_calendar.warned(turn.text, card, near))


@router.press("conference.more")
async def show_more(turn: Turn, press: Press) -> Reply:
    return Reply(conference_home.more(turn.text, await standing(turn, press.argument)))


async def standing(turn: Turn, conference_id: str) -> Standing:
    """What whoever acts is to this conference. Refused where there is none."""
    coordinator = turn.member.may(Role.COORDINATOR)
    return await turn.db.read(
        lambda session: conference_standing.of(
            session, conference_id, turn.member.id, turn.now, coordinator=coordinator
        )
    )
