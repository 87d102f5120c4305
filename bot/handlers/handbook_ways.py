"""From an answer, or an honest nothing, to people: as a worry, to who is on duty, or as a gap to be filled."""

from dataclasses import replace

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers import worry
from bot.handlers.handbook import answer_again
from bot.routing import asked, duty, noticing
from bot.routing.limits import QUESTIONS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, gaps, held, members, rota
from bot.store.drafts import Draft
from bot.store.session import Session
from bot.views.cards import handbook, noted

router = Router()


@router.press("handbook.worry")
async def as_worry(turn: Turn, press: Press) -> Reply:
    """The form with the question in it. What a whole group has read is left out: the same words would tell who wrote
    the worry."""
    draft = await asked.take(turn, press.argument)
    if draft is None:
        return await worry.form(turn)
    seen = draft.content["seen"]
    return await worry.form(turn, {"text": "" if seen == "group" else draft.content["text"]}, seen=seen)


@router.press("handbook.duty", limit=QUESTIONS)
async def to_duty(turn: Turn, press: Press) -> Reply:
    """One tap: the question goes to who is on duty, sealed like every worry, and nothing says who asked."""

    def leave(session: Session) -> Draft:
        draft = _question(turn, session, press.argument)
        if not (rota.on_duty(session, turn.now, turn.rules) or members.coordinators(session)):
            return _with(draft, nobody=True)
        if draft.content.get("told"):
            raise Refused("handbook.told_before")
        why = held.DANGER if draft.content["noticed"] else held.QUESTION
        left = held.leave(session, draft.content["text"], turn.private, turn.now, why)
        duty.call(session, left.id, turn.now, turn.rules, turn.text)
        drafts.amend(session, draft, told=True)
        return draft

    draft = await turn.db.write(leave)
    if draft.content.get("nobody"):
        return Reply(handbook.nobody_on_duty(turn.text, asked.ways(turn, draft)))
    hours = noticing.hours_of(turn.rules, turn.now)
    return Reply(handbook.told_duty(turn.text, draft.content["text"], turn.text.when(hours.next) if hours.next else ""))


@router.press("handbook.gap", limit=QUESTIONS)
async def leave_gap(turn: Turn, press: Press) -> Reply:
    """By this press alone, and once; what showed danger is for people who answer now."""

    def leave(session: Session) -> Draft:
        draft = _question(turn, session, press.argument)
        if draft.content["found"] or draft.content["noticed"]:
            raise Refused("error.stale_button")
        if not draft.content.get("left"):
            gaps.leave(session, draft.content["text"], turn.now, turn.rules)
            drafts.amend(session, draft, left=True)
        return _with(draft, left=True)

    draft = await turn.db.write(leave)
    return Reply(noted(await answer_again(turn, draft), turn.text("handbook.gap_left")), replace=True)


def _question(turn: Turn, session: Session, draft_id: str) -> Draft:
    """Refused where its half hour is over, or it could not be kept."""
    draft = asked.take_in(turn, session, draft_id)
    if draft is None or not draft.content["text"]:
        raise Refused("handbook.question_gone")
    return draft


def _with(draft: Draft, **known: bool) -> Draft:
    return replace(draft, content={**draft.content, **known})
