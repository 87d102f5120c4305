"""What can be done here."""

from bot.chat.events import Command
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store.members import Role
from bot.views.cards import welcome

router = Router()


@router.command("help", Role.STRANGER)
async def show(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    if turn.member.role == Role.STRANGER:
        return Reply(welcome.how_to_join(turn.text))
    return Reply(welcome.help_card(turn.text))
