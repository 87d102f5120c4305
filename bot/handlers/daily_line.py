"""今日の一行: asked for, at another time, or stopped; nothing else is kept of it than what comes next."""

from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import daily_lines
from bot.views.cards import daily_line, line

router = Router()


@router.command("line")
async def show_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _choice(turn)


@router.press("line.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _choice(turn)


async def _choice(turn: Turn) -> Reply:
    turn.only_us()
    at = await turn.db.read(lambda session: daily_lines.wished(session, turn.member.id))
    return Reply(daily_line.choose(turn.text, at))


@router.press("line.at")
async def begin(turn: Turn, press: Press) -> Reply:
    turn.only_us()
    first = await turn.db.write(
        lambda session: daily_lines.begin(session, turn.member.id, press.argument, turn.now, turn.rules)
    )
    return Reply(daily_line.begun(turn.text, press.argument, first), replace=True)


@router.press("line.stop")
async def stop(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """What was sent stays where it stands."""
    await turn.db.write(lambda session: daily_lines.stop(session, turn.member.id))
    return Reply(line(turn.text, "daily.stopped"))
