"""事例検討会: the list, and one conference with what this person can do there."""

from bot.chat.events import Command, Press
from bot.chat.messages import Message, Reply
from bot.handlers.conference_options import enter
from bot.routing.conference_seen import seen
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import clashes, conference_overview, meeting_notes, series_dates
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import conference_calendar, conference_home, conference_steps
from bot.views.cards import conference_overview as cards

router = Router()


@router.command("conference")
async def list_by_command(turn: Turn, command: Command) -> Reply:
    if command.argument.strip():
        return await enter(turn, command.argument)
    return await _overview(turn)


@router.press("conference.list")
async def list_all(turn: Turn, press: Press) -> Reply:
    """The argument: how many were shown before."""
    return await _overview(turn, int(press.argument) if press.argument.isdecimal() and len(press.argument) < 5 else 0)


async def _overview(turn: Turn, first: int = 0) -> Reply:
    coordinator, subscribing = turn.member.may(Role.COORDINATOR), bool(turn.rules.public_url)

    def look(session: Session) -> Message:
        entries = conference_overview.of(session, turn.member.id, turn.now)
        begins = first if first < len(entries) else 0
        repeats = coordinator and bool(series_dates.running(session, turn.member.id))
        overview = cards.overview(
            turn.text, entries, coordinator=coordinator, first=begins, series=repeats, subscribing=subscribing
        )
        return conference_steps.beside(turn.text, overview, len(meeting_notes.held_by(session, turn.member.id)))

    return Reply(await turn.db.read(look))


@router.press("conference.show")
async def show(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> Message:
        standing = seen(turn, session, press.argument)
        near = clashes.of(session, turn.member.id, standing.conference) if standing.comes else []
        return conference_calendar.warned(turn.text, conference_home.card(turn.text, standing), near)

    return Reply(await turn.db.read(look))


@router.press("conference.more")
async def show_more(turn: Turn, press: Press) -> Reply:
    return Reply(
        conference_home.more(turn.text, await turn.db.read(lambda session: seen(turn, session, press.argument)))
    )
