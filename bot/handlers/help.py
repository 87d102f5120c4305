"""What can be done here, and what is promised."""

from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store.members import Role
from bot.views.cards import promises, welcome

router = Router()


@router.command("help", Role.STRANGER)
async def show(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    if turn.member.role == Role.STRANGER:
        return Reply(welcome.how_to_join(turn.text))
    return Reply(welcome.help_card(turn.text))


@router.command("promises", Role.STRANGER)
async def tell(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return Reply(promises.every(turn.text))


@router.press("promises.show", Role.STRANGER)
async def tell_by_button(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(promises.every(turn.text))
