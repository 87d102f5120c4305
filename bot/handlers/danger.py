"""Words that showed danger: what their author says of them, telling who is on duty without a name, and talking on."""

from typing import Any

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Message, Reply
from bot.knowledge import hotlines
from bot.language.danger import Level
from bot.language.workdays import next_working_morning
from bot.routing import duty, noticing, previewing
from bot.routing.limits import CALLS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, drafts, held, members, occurrences, places, rota, worries
from bot.store.drafts import Draft
from bot.store.members import Role
from bot.store.packing import address_to_list, pack
from bot.store.places import EVERYWHERE
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import danger, line
from bot.views.cards.danger import DutyHours

router = Router()


@router.press("danger.self", Role.STRANGER)
async def about_oneself(turn: Turn, press: Press) -> Reply:
    draft = await _held(turn, press.argument)
    call = noticing.line_for(_level(draft), turn.now)
    return Reply(danger.about_oneself(turn.text, call, turn.now, press.argument, _hours(turn)), replace=True)


@router.press("danger.client", Role.STRANGER)
async def about_client(turn: Turn, press: Press) -> Reply:
    draft = await _held(turn, press.argument)
    duties = hotlines.at_hand().laws if _level(draft) == Level.VIOLENCE else []
    return Reply(danger.about_client(turn.text, duties, press.argument, _hours(turn)), replace=True)


@router.press("danger.neither", Role.STRANGER)
async def neither(turn: Turn, press: Press) -> Reply:
    """On without a word more."""
    return await go_on(turn, press)


@router.press("danger.go_on", Role.STRANGER)
async def go_on(turn: Turn, press: Press) -> Reply:
    draft = await _held(turn, press.argument)
    if draft is None:
        return Reply(line(turn.text, "danger.not_kept"), replace=True)
    turn.db.let_go(draft.id)
    raise noticing.Meant(draft)


@router.press("danger.later", Role.STRANGER)
async def later(turn: Turn, press: Press) -> Reply:
    """It stays; the menu leads back to it, and on the next working morning one question does, once."""
    if draft := await _held(turn, press.argument):
        await turn.db.write(lambda session: _rest(turn, session, draft))
    return Reply(line(turn.text, "danger.rested"), replace=True)


def _rest(turn: Turn, session: Session, draft: Draft) -> None:
    content = {**draft.content, "asked": True}
    drafts.change(session, draft, kind="held", step=0, content=content, now=turn.now)
    if not draft.content.get("asked"):
        back = pack({"address": address_to_list(turn.private), "held": draft.id})
        errand = drafts.leave_errand(session, back, turn.now + drafts.LIFETIME)
        morning = next_working_morning(turn.now, turn.rules.zone, turn.rules.duty_opens)
        occurrences.plan(session, noticing.ASK_AGAIN, errand, morning)


@router.press("danger.again", Role.STRANGER)
async def again(turn: Turn, press: Press) -> Reply:
    draft = await _held(turn, press.argument)
    if draft is None:
        raise Refused("forms.gone")
    call = noticing.line_for(_level(draft), turn.now)
    return Reply(danger.first(turn.text, call, turn.now, draft.id))


@router.press("danger.tell", limit=CALLS)
async def tell(turn: Turn, press: Press) -> Reply:
    """One tap: what was written goes to who is on duty, sealed like every worry, and nothing says who wrote it."""
    draft = await _held(turn, press.argument)
    words = str(draft.content["text"]) if draft else turn.text("danger.no_words")

    def leave(session: Session) -> bool:
        if not (rota.on_duty(session, turn.now, turn.rules) or members.coordinators(session)):
            raise Refused("following_up.no_one")  # what was written stays with its author, and nobody says otherwise
        if draft and not drafts.discard(session, draft.id):
            return False
        if draft is None and any(
            held.left_for(session, each.id) == held.DANGER for each in worries.own(session, turn.private)
        ):
            return False
        left = held.leave(session, words, turn.private, turn.now)
        duty.call(session, left.id, turn.now, turn.rules, turn.text)
        return True

    if not await turn.db.write(leave):
        return Reply(line(turn.text, "danger.told_before"), replace=True)
    call = noticing.line_for(_level(draft), turn.now)
    return Reply(danger.told(turn.text, call, turn.now, noticing.hours_of(turn.rules, turn.now)), replace=True)


@router.press("danger.open")
async def look(turn: Turn, press: Press) -> Reply:
    """For who is on duty, and where nobody else looks on; whoever opens it is the last to be called."""
    if not turn.event.direct:
        raise Refused("worry.gone")

    def opened(session: Session) -> Message:
        _only_on_duty(turn, session)
        found = held.find(session, press.argument)
        if not worries.is_author(session, found.id, turn.private):  # who left it is nobody to talk with
            held.opened(session, found.id)
            if turn.member.may(Role.COORDINATOR):
                acts.note(session, turn.member.id, "opened", found.id, turn.now)
        question = held.left_for(session, found.id) == held.QUESTION
        return danger.held(turn.text, found, question=question)

    return Reply(await turn.db.write(opened))


@router.press("danger.answer")
async def answer(turn: Turn, press: Press) -> Reply:
    def find(session: Session) -> None:
        _only_on_duty(turn, session)
        held.find(session, press.argument)

    await turn.db.read(find)
    return Reply(form=forms.answer(turn.text, f"worry:{press.argument}"))


def _only_on_duty(turn: Turn, session: Session) -> None:
    if not held.may_open(session, turn.member, turn.private, turn.now, turn.rules):
        raise Refused("worry.gone")


@router.press("danger.publish")
async def publish(turn: Turn, press: Press) -> Reply:
    """Its author has talked with who was on duty, and brings it to the others: by the preview, like every worry."""
    chosen = await turn.db.read(lambda session: places.chosen(session, EVERYWHERE))
    if not chosen:
        raise Refused("worry.no_place")

    def keep(session: Session) -> tuple[str, dict[str, Any]]:
        found, answers, _ = worries.thread(session, press.argument, turn.private)
        if not answers or not held.is_left(session, found.id):
            raise Refused("worry.gone")
        where = {"audience": EVERYWHERE, "places": [place.id for place in chosen]}
        noticed = Level.SELF_RISK.value if held.left_for(session, found.id) == held.DANGER else ""
        content = {"text": found.text, "noticed": noticed, "leaves": found.id, **where}
        return drafts.keep(session, turn.private, "preview", content, turn.now), content

    draft, content = await turn.db.write(keep)
    return Reply(await previewing.preview(turn, draft, content), replace=True)


async def _held(turn: Turn, draft_id: str) -> Draft | None:
    """Nothing where it was never kept, has gone its way, or is somebody else's."""
    if not draft_id:
        return None
    draft = await turn.db.read(lambda session: drafts.take(session, draft_id, turn.private, turn.now))
    return draft if draft and draft.kind == "held" else None


def _level(draft: Draft | None) -> Level:
    return Level(draft.content["level"]) if draft else Level.SELF_RISK


def _hours(turn: Turn) -> DutyHours | None:
    """Who is no member cannot be answered by those on duty."""
    return noticing.hours_of(turn.rules, turn.now) if turn.member.may(Role.SUPPORTER) else None
