"""A worry that nobody answers: who was called opens it, and its author sees who was."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import mutes, rota, worries
from bot.store.members import Role
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views.cards import unanswered, worry

router = Router()

CALLED = ("duty", "coordinators", "nobody")


@router.press("unanswered.open")
async def look(turn: Turn, press: Press) -> Reply:
    """For those who take turns and for coordinators, in whichever place it stands."""
    _alone(turn)

    def find(session: Session) -> PublicWorry:
        if not turn.member.may(Role.COORDINATOR) and not rota.is_volunteer(session, turn.member.id):
            raise Refused("unanswered.for_duty")
        return worries.find(session, press.argument)

    return Reply(unanswered.opened(turn.text, await turn.db.read(find)))


@router.press("unanswered.status")
async def status(turn: Turn, press: Press) -> Reply:
    """What is true now: perhaps somebody has answered meanwhile."""
    _alone(turn)
    worry_id, _, called = press.argument.partition(".")
    own, answers, newest = await turn.db.read(lambda session: worries.thread(session, worry_id, turn.private))
    if answers or called not in CALLED:
        muted = await turn.db.read(lambda session: mutes.holds(session, own.id, turn.private))
        return Reply(worry.thread(turn.text, own, answers, newest, muted=muted))
    return Reply(unanswered.status(turn.text, own, called))


def _alone(turn: Turn) -> None:
    if not turn.event.direct:
        raise Refused("worry.gone")
