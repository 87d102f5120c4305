"""What a platform shows of itself: the home page of the bot, and what it does with files."""

from bot.chat.events import Command
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import conferences, polls
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import home, line, welcome

router = Router()


@router.command("home", Role.STRANGER)
async def show(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    """The menu and the next conferences. Never a worry: others may see this screen."""
    if turn.member.role == Role.STRANGER:
        return Reply(welcome.how_to_join(turn.text))

    def look(session: Session) -> tuple[list[PublicConference], set[str]]:
        coming = conferences.coming(session, turn.now)
        return coming, polls.answered_of(session, turn.member.id)

    coming, answered = await turn.db.read(look)
    return Reply(home.page(turn.text, coming, answered))


@router.command("file")
async def refuse_file(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    """Files are not taken: they carry names, places and faces that nobody has checked."""
    return Reply(line(turn.text, "error.file"))
