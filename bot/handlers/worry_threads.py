"""Two ways, for weeks: answering a worry, being told, answering back as 投稿者, and 解決しました."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.routing import notices, standing
from bot.routing.closing import tell_closed
from bot.routing.limits import ANSWERS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import answers, held, mutes, posts, publishing, worries
from bot.store.session import Session
from bot.store.worries import Posted, PublicAnswer, PublicWorry
from bot.views import forms
from bot.views.cards import answer as answer_cards
from bot.views.cards import danger, learning, worry, worry_sharing

router = Router()


@router.press("worry.reply")
async def reply(turn: Turn, press: Press) -> Reply:
    await turn.db.read(lambda session: worries.find(session, press.argument))
    return Reply(form=forms.answer(turn.text, f"worry:{press.argument}"))


@router.press("worry.reply_named")
async def reply_with_name(turn: Turn, press: Press) -> Reply:
    await turn.db.read(lambda session: worries.find(session, press.argument))
    return Reply(form=forms.answer_with_name(turn.text, f"worry:{press.argument}"))


@router.press("worry.respond")
async def respond(turn: Turn, press: Press) -> Reply:
    """Speaks to one answer; only who received it has this button, and the rows are asked again. What spoke to somebody
    by a name they gave is answered under it, and what was said to them alone is answered alone."""
    answer, name = await turn.db.read(lambda session: _read(turn, session, press.argument))
    if answer.aside:
        return Reply(form=forms.aside(turn.text, answer.id))
    about = f"answer:{answer.id}"
    return Reply(form=forms.answer_with_name(turn.text, about, name) if name else forms.answer(turn.text, about))


@router.press("answer.respond_named")
async def respond_with_name(turn: Turn, press: Press) -> Reply:
    answer, name = await turn.db.read(lambda session: _read(turn, session, press.argument))
    if answer.aside:
        return Reply(form=forms.aside(turn.text, answer.id))
    return Reply(form=forms.answer_with_name(turn.text, f"answer:{answer.id}", name))


def _read(turn: Turn, session: Session, answer_id: str) -> tuple[PublicAnswer, str]:
    """The answer, and the name by which it speaks to its reader."""
    read, _ = worries.read(session, answer_id, turn.private)
    return read, answers.name_spoken_to(session, answer_id, turn.private)


@router.submit("worry.answer", limit=ANSWERS)
@router.submit("worry.answer_named", limit=ANSWERS)
async def answer(turn: Turn, submit: Submit) -> Reply:
    posted = await turn.db.write(lambda session: _answer(turn, session, submit))
    return Reply(answer_cards.given(turn.text, posted.answer, to_oneself=posted.to_oneself), clear=True)


def _answer(turn: Turn, session: Session, submit: Submit) -> Posted:
    kind, _, target = submit.argument.partition(":")
    worry_id, to = (target, "") if kind == "worry" else (worries.worry_of(session, target), target)
    _may_answer(turn, session, worry_id, to)
    text, name = submit.answers["text"], submit.answers.get("name", "")
    posted = worries.answer(session, worry_id, text, turn.private, turn.now, to, name=name)
    standing.post_answer(session, posted.answer, turn.now, turn.text)
    tell_answered(turn, session, posted)
    return posted


def _may_answer(turn: Turn, session: Session, worry_id: str, to: str) -> None:
    """What is held is between its author and who is on duty."""
    if worries.find(session, worry_id, states=worries.ANSWERED).state != "held":
        return
    turn.db.stops_while_resting(None)  # talking with who is on duty is stopped for nobody
    if to:
        worries.read(session, to, turn.private)
    elif not held.may_open(session, turn.member, turn.private, turn.now, turn.rules):
        raise Refused("worry.gone")
    held.find(session, worry_id)


def tell_answered(turn: Turn, session: Session, posted: Posted) -> None:
    """A notice without content to the one it speaks to."""
    said, key = posted.answer, posts.notice_key(posted.answer.id)
    notices.tell(turn, session, said.worry.id, posted.tell, key, lambda text: worry.notice(text, said))


@router.press("worry.read")
async def read(turn: Turn, press: Press) -> Reply:
    if not turn.event.direct:
        raise Refused("worry.gone")
    answer, to_author = await turn.db.read(lambda session: worries.read(session, press.argument, turn.private))
    return Reply(answer_cards.alone(turn.text, answer, to_author=to_author))


@router.press("worry.mine")
async def mine(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """Only when asked, and only where nobody else looks on."""
    if not turn.event.direct:
        raise Refused("mydata.alone")
    return Reply(worry.own(turn.text, await turn.db.read(lambda session: worries.own(session, turn.private))))


@router.press("worry.thread")
async def thread(turn: Turn, press: Press) -> Reply:
    if not turn.event.direct:
        raise Refused("worry.gone")

    def look(session: Session) -> Message:
        found, count, newest = worries.thread(session, press.argument, turn.private)
        if found.state == "held" and (why := held.left_for(session, found.id)):
            return danger.talked(turn.text, found, count, newest, question=why == held.QUESTION)
        times = publishing.told_times(session, found, turn.now, turn.rules)
        waits = worry_sharing.until(turn.text, times, turn.now) if times else ""
        muted = mutes.holds(session, found.id, turn.private)
        return worry.thread(turn.text, found, count, newest, waits=waits, muted=muted)

    return Reply(await turn.db.read(look))


@router.press("worry.close")
async def confirm_closing(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _own(turn, session, press.argument))
    return Reply(worry.confirm_closing(turn.text, found))


def _own(turn: Turn, session: Session, worry_id: str) -> PublicWorry:
    if not worries.is_author(session, worry_id, turn.private):
        raise Refused("worry.gone")
    return worries.find(session, worry_id, states=worries.LIVING)


@router.press("worry.closed")
async def close(turn: Turn, press: Press) -> Reply:
    """Destroys the key; the posts stay in the places, marked as solved and without a button."""

    def shut(session: Session) -> None:
        closed = worries.close(session, press.argument, turn.private, turn.now)
        tell_closed(session, closed, turn.now, turn.text)

    await turn.db.write(shut)
    await turn.db.forget_traces()
    return Reply(learning.offered(turn.text), replace=True)
