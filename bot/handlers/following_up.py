"""その後どうですか: one press answers it, and nothing is kept of the answer."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.routing import standing
from bot.routing.calling import call
from bot.routing.limits import ANSWERS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, following_up, rota, worries
from bot.store.drafts import Draft
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views import forms
from bot.views.cards import following_up as cards
from bot.views.cards import line

router = Router()

ASKED_FOR = "asked_for"
"""Why who is on duty is called: the author wished it; once while the letters are remembered."""


@router.press("following_up.open")
async def ask(turn: Turn, press: Press) -> Reply:
    return Reply(cards.question(turn.text, (await _own(turn, press.argument))[0]))


async def _own(turn: Turn, worry_id: str) -> tuple[PublicWorry, str]:
    """And the newest answer to its author, if there is one. Refused for anyone else, and where others look on."""
    if not turn.event.direct:
        raise Refused("worry.gone")
    own, _, newest = await turn.db.read(lambda session: worries.thread(session, worry_id, turn.private))
    return own, newest


@router.press("following_up.better")
async def better(turn: Turn, press: Press) -> Reply:
    return Reply(cards.better(turn.text, (await _own(turn, press.argument))[0]))


@router.press("following_up.same")
async def same(turn: Turn, press: Press) -> Reply:
    return Reply(cards.same(turn.text, (await _own(turn, press.argument))[0]))


@router.press("following_up.hard")
async def hard(turn: Turn, press: Press) -> Reply:
    return await _offer(turn, press.argument, 0)


@router.press("following_up.offer")
async def another(turn: Turn, press: Press) -> Reply:
    worry_id, _, number = press.argument.partition(".")
    return await _offer(turn, worry_id, int(number) if number.isdecimal() else 0)


async def _offer(turn: Turn, worry_id: str, number: int) -> Reply:
    own, newest = await _own(turn, worry_id)
    return Reply(cards.offer(turn.text, own, newest, number))


@router.press("following_up.call")
async def call_duty(turn: Turn, press: Press) -> Reply:
    """The author wishes that somebody looks at it: when duty begins, and without a name."""
    own, _ = await _own(turn, press.argument)
    if own.state != "open":
        raise Refused("worry.gone")

    def tell(session: Session) -> bool:
        begins = rota.next_open(turn.now, turn.rules)
        recipients = rota.on_duty(session, begins, turn.rules)
        call(session, own.id, ASKED_FOR, recipients, begins, turn.text)
        return bool(recipients)

    called = await turn.db.write(tell)
    return Reply(line(turn.text, "following_up.called" if called else "following_up.no_one"))


@router.press("following_up.later")
async def later(turn: Turn, press: Press) -> Reply:
    own, _ = await _own(turn, press.argument)
    zone = turn.rules.zone
    await turn.db.write(lambda session: following_up.put_off(session, own.id, turn.now, zone))
    return Reply(line(turn.text, "following_up.put_off"), replace=True)


@router.press("following_up.never")
async def never(turn: Turn, press: Press) -> Reply:
    own, _ = await _own(turn, press.argument)
    await turn.db.write(lambda session: following_up.stop(session, own.id, turn.private))
    return Reply(line(turn.text, "following_up.stopped"), replace=True)


@router.press("following_up.update")
async def update(turn: Turn, press: Press) -> Reply:
    own, _ = await _own(turn, press.argument)
    return Reply(form=forms.update(turn.text, own.id))


@router.submit("following_up.write")
async def preview(turn: Turn, submit: Submit) -> Reply:
    """argument: the worry, and the preview that this one takes the place of."""
    worry_id, _, earlier = submit.argument.partition(":")
    content = {"text": submit.answers["text"], "worry": worry_id}

    def keep(session: Session) -> str:
        if not worries.is_author(session, worry_id, turn.private):
            raise Refused("worry.gone")
        if earlier:
            _take(turn, session, earlier)
        return drafts.keep(session, turn.private, "update", content, turn.now)

    return Reply(cards.preview(turn.text, await turn.db.write(keep), content["text"]))


@router.press("following_up.rewrite")
async def rewrite(turn: Turn, press: Press) -> Reply:
    draft = await turn.db.read(lambda session: _find(turn, session, press.argument))
    about = f"{draft.content['worry']}:{draft.id}"
    return Reply(form=forms.update(turn.text, about, draft.content["text"]))


@router.press("following_up.drop")
async def drop(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: _take(turn, session, press.argument))
    return Reply(line(turn.text, "following_up.dropped"), replace=True, clear=True)


@router.press("following_up.post", limit=ANSWERS)
async def post(turn: Turn, press: Press) -> Reply:
    """As the author's own line, under the worry."""

    def say(session: Session) -> None:
        content = _take(turn, session, press.argument).content
        if not worries.is_author(session, content["worry"], turn.private):
            raise Refused("worry.gone")
        posted = worries.answer(session, content["worry"], content["text"], turn.private, turn.now)
        standing.post_answer(session, posted.answer, turn.now, turn.text)

    await turn.db.write(say)
    return Reply(line(turn.text, "following_up.posted"), replace=True, clear=True)


def _take(turn: Turn, session: Session, draft_id: str) -> Draft:
    """Once: a second press finds nothing."""
    draft = _find(turn, session, draft_id)
    if not drafts.discard(session, draft.id):
        raise Refused("following_up.gone")
    return draft


def _find(turn: Turn, session: Session, draft_id: str) -> Draft:
    draft = drafts.take(session, draft_id, turn.private, turn.now)
    if draft is None or draft.kind != "update":
        raise Refused("following_up.gone")
    return draft
