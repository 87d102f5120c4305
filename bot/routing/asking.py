"""Asks a form question by question; where we are is a row, so a restart between two questions is harmless."""

from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.events import Body, Press, Submit, Text
from bot.chat.messages import Message, Reply
from bot.routing.checking import check
from bot.routing.forms import Again, Filled, ask_step, form_of, open_again, softened_line
from bot.routing.safety import sign_in, softened
from bot.routing.turn import Turn
from bot.store import drafts
from bot.store.drafts import Draft
from bot.store.session import Session
from bot.views import questions

ACTIONS = ("form.choose", "form.skip", "form.keep", "form.back", "form.later", "form.cancel", "form.resume")
"""Buttons under a question; they belong to the form and not to what it is for."""


async def answer_words(turn: Turn, draft: Draft, body: Text) -> Reply | Filled:
    """Plain words while a question is open are its answer."""
    return await _answered(turn, draft, draft.step, body.text)


async def pressed(turn: Turn, press: Press) -> Reply | Filled:
    """A button under a question, perhaps an old one."""
    draft_id, *numbers = press.argument.split(".")
    draft = await _draft(turn, draft_id)
    if not all(number.isdecimal() for number in numbers):
        raise Refused("forms.gone")
    match press.action, [int(number) for number in numbers]:
        case "form.choose", [step, choice]:
            field = form_of(draft).fields[step : step + 1]
            if not field or choice >= len(field[0].choices):
                raise Refused("forms.gone")
            return await _answered(turn, draft, step, field[0].choices[choice].value)
        case "form.skip", [step]:
            return await _answered(turn, draft, step, "")
        case "form.keep", [step] if step < len(form_of(draft).fields):
            return await _answered(turn, draft, step, form_of(draft).fields[step].value)
        case "form.back", [step] if 0 < step < len(form_of(draft).fields):
            return await ask_step(turn, draft, step - 1, dict(draft.content["answers"]))
        case "form.later", []:
            await turn.db.write(lambda session: _set_aside(session, draft, turn.now))
            return Reply(Message(body=turn.text("forms.rested")))
        case "form.cancel", []:
            await turn.db.write(lambda session: drafts.discard(session, draft.id))
            return Reply(Message(body=turn.text("forms.cancelled")), clear=True)
        case "form.resume", []:
            if turn.event.modal:
                return open_again(draft)
            if turn.event.dialogs:
                return Reply(questions.door(turn.text, draft.id, form_of(draft)))
            return await ask_step(turn, draft, draft.step, dict(draft.content["answers"]))
    raise Refused("forms.gone")


def _set_aside(session: Session, draft: Draft, now: datetime) -> None:
    """Only this form, and its days count from now on."""
    drafts.change(session, draft, kind="resting", step=draft.step, content=draft.content, now=now)


async def _draft(turn: Turn, draft_id: str) -> Draft:
    draft = await turn.db.read(
        lambda session: (
            drafts.take(session, draft_id, turn.private, turn.now)
            if draft_id
            else drafts.latest(session, turn.private, "resting", turn.now)
        )
    )
    if draft is None or draft.kind not in ("asking", "resting"):
        raise Refused("forms.gone" if draft_id else "forms.nothing_open")
    return draft


async def _answered(turn: Turn, draft: Draft, step: int, answer: str) -> Reply | Filled:
    form = form_of(draft)
    if step >= len(form.fields):
        raise Refused("forms.gone")
    field = form.fields[step]
    answers = dict(draft.content["answers"])
    kept, changes = await softened(turn, field, answer)
    try:
        check(field, answer)  # what is said of its length is meant of what was written
        answers[field.name] = check(field, kept)
    except Refused as refused:
        raise Again(refused, draft, answers) from refused
    why = softened_line(turn, changes)
    if step + 1 < len(form.fields):
        return await ask_step(turn, draft, step + 1, answers, why=why)
    missing = next((number for number, each in enumerate(form.fields) if each.name not in answers), None)
    if missing is not None:
        return await ask_step(turn, draft, missing, answers, why=why)
    turn.db.noticed = turn.db.noticed or await sign_in(answers.values())  # an earlier answer may have gone on with one
    return Filled(Submit(form.name, answers, form.argument, changes), draft)


def belongs_here(body: Body) -> bool:
    return isinstance(body, Press) and body.action in ACTIONS
