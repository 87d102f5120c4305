"""What a platform shows of itself: the home page of the bot, and what it does with files."""

from bot.chat.events import Command
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import conference_overview
from bot.store.members import Role
from bot.views.cards import home, line, welcome

router = Router()


@router.command("home", Role.STRANGER)
async def show(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    """The menu and the next conferences. Never a worry: others may see this screen."""
    if turn.member.role == Role.STRANGER:
        return Reply(welcome.how_to_join(turn.text))

    entries = await turn.db.read(lambda session: conference_overview.of(session, turn.member.id, turn.now))
    return Reply(home.page(turn.text, entries))


@router.command("file")
async def refuse_file(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    """Files are not taken: they carry names, places and faces that nobody has checked."""
    return Reply(line(turn.text, "error.file"))
