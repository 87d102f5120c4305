"""学んだこと: whoever closed a worry may leave a word for others; a coordinator reads it before everybody may."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.routing.limits import LEARNINGS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, learnings
from bot.store.members import Role
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import learning, line

router = Router()


@router.press("learning.begin")
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """Open to everybody: a ticket for whoever closed a worry would tie the two."""
    return Reply(form=forms.learning(turn.text))


@router.submit("learning.leave", limit=LEARNINGS)
async def leave(turn: Turn, submit: Submit) -> Reply:
    await turn.db.write(lambda session: learnings.leave(session, submit.answers["text"], turn.now, turn.rules))
    return Reply(line(turn.text, "learning.left"), clear=True)


@router.press("learning.check", Role.COORDINATOR)
async def check(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    if not turn.event.direct:
        raise Refused("mydata.alone")
    waiting = await turn.db.read(learnings.waiting)
    return Reply(_next(turn, waiting))


@router.press("learning.release", Role.COORDINATOR)
async def release(turn: Turn, press: Press) -> Reply:
    def decide(session: Session) -> None:
        learnings.release(session, press.argument)
        acts.note(session, turn.member.id, "learning_shown", press.argument, turn.now)

    await turn.db.write(decide)
    return Reply(line(turn.text, "learning.released"), replace=True)


@router.press("learning.hide", Role.COORDINATOR)
async def hide(turn: Turn, press: Press) -> Reply:
    def decide(session: Session) -> None:
        learnings.hide(session, press.argument)
        acts.note(session, turn.member.id, "learning_put_aside", press.argument, turn.now)

    await turn.db.write(decide)
    await turn.db.forget_traces()
    return Reply(line(turn.text, "learning.hidden"), replace=True)


def _next(turn: Turn, waiting: list[learnings.Learning]) -> Message:
    if not waiting:
        return line(turn.text, "learning.none_waiting")
    return learning.to_check(turn.text, waiting[0], len(waiting))
