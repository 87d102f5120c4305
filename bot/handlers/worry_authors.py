"""What an author may still do with a worry: say it differently, or take it back."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.handlers.worry import kept
from bot.routing.closing import tell_withdrawn
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import authoring, worries
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views import forms
from bot.views.cards import line, worry_sharing

router = Router()


@router.press("worry.revise")
async def revise(turn: Turn, press: Press) -> Reply:
    """The form with the words that stand there; they stay until the new ones are confirmed."""
    found = await _own(turn, press.argument)
    return Reply(form=forms.rewritten(turn.text, found.text, f"{found.id}:"))


@router.submit("worry.rewrite")
async def preview(turn: Turn, submit: Submit) -> Reply:
    worry_id, _, earlier = submit.argument.partition(":")
    found = await _own(turn, worry_id)
    content = {"text": submit.answers["text"], "audience": "", "places": list(found.places)}
    content |= {"revises": worry_id, "noticed": turn.db.noticed}
    return await kept(turn, content, earlier)


@router.press("worry.withdraw")
async def confirm_withdrawing(turn: Turn, press: Press) -> Reply:
    return Reply(worry_sharing.confirm_withdrawing(turn.text, await _own(turn, press.argument)))


@router.press("worry.withdrawn")
async def withdraw(turn: Turn, press: Press) -> Reply:
    """Destroys the key, replaces what stands in the places, and tells those who answered."""

    def take_back(session: Session) -> None:
        tell_withdrawn(
            session, authoring.withdraw(session, press.argument, turn.private, turn.now), turn.now, turn.text
        )

    await turn.db.write(take_back)
    await turn.db.forget_traces()
    return Reply(line(turn.text, "worry.taken"), replace=True)


async def _own(turn: Turn, worry_id: str) -> PublicWorry:
    """Shown only where nobody else looks on, and only to whoever wrote it."""

    def look(session: Session) -> PublicWorry:
        if not turn.event.direct or not worries.is_author(session, worry_id, turn.private):
            raise Refused("worry.gone")
        return worries.find(session, worry_id, states=worries.LIVING)

    return await turn.db.read(look)
