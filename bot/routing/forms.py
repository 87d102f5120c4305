"""The one place that decides: a dialog here, question by question there; handlers see one Submit either way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.errors import Refused
from bot.chat.events import Submit
from bot.chat.messages import Button, Form, Message, Reply
from bot.routing.checking import checked
from bot.routing.turn import Turn
from bot.store import drafts, outbox
from bot.store.drafts import Draft
from bot.store.outbox import Letter
from bot.store.packing import form_from_dict, form_to_dict
from bot.store.session import Session
from bot.views import questions
from bot.views.cards import line


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that stands: what the handler gets, and the draft it spends."""

    submit: Submit
    draft: Draft


async def open_form(turn: Turn, reply: Reply) -> Reply:
    """Turns a reply that carries a form into what this person can fill here and now."""
    form = reply.form
    if form is None:
        return reply
    if turn.event.modal:
        draft_id = await turn.db.write(lambda session: _keep(session, turn, form, "dialog"))
        return replace(reply, form=replace(form, argument=draft_id))
    if not turn.event.direct:
        return await _somewhere_alone(turn, form)
    draft_id = await turn.db.write(lambda session: _keep(session, turn, form, "asking"))
    return Reply(questions.ask(turn.text, draft_id, form, 0, why=reply.message.body if reply.message else ""))


def content(form: Form, answers: Mapping[str, str]) -> dict[str, Any]:
    return {"form": form_to_dict(form), "answers": dict(answers)}


def form_of(draft: Draft) -> Form:
    return form_from_dict(draft.content["form"])


async def filled_dialog(turn: Turn, submit: Submit) -> Filled:
    """The dialog that was opened for this person, with checked answers."""
    draft = await turn.db.read(lambda session: drafts.take(session, submit.argument, turn.private, turn.now))
    if draft is None or draft.kind != "dialog" or form_of(draft).name != submit.form:
        raise Refused("forms.gone")
    form = form_of(draft)
    try:
        answers = checked(form, submit.answers)
    except Refused as refused:
        raise Again(refused, draft, submit.answers) from refused
    return Filled(Submit(form.name, answers, form.argument), draft)


class Again(Exception):
    """A form that must be filled differently; nothing of what was written is lost."""

    def __init__(self, refused: Refused, draft: Draft, answers: Mapping[str, str]) -> None:
        super().__init__(refused.key)
        self.refused, self.draft, self.answers = refused, draft, answers


async def ask_again(turn: Turn, again: Again) -> Reply:
    """Shows why, and the same form with everything that was written still in it."""
    form = form_of(again.draft)
    why = turn.text(again.refused.key, **again.refused.values)
    if again.draft.kind == "dialog" and turn.event.modal:
        await turn.db.finish()
        kept = tuple(
            replace(field, value=_short(again.answers.get(field.name, ""), field.limit)) for field in form.fields
        )
        return Reply(Message(body=why), replace(form, fields=kept, argument=again.draft.id), field=again.refused.field)
    names = [field.name for field in form.fields]
    step = names.index(again.refused.field) if again.refused.field in names else len(names) - 1
    return await ask_step(turn, again.draft, step, again.answers, why=why)


async def ask_step(turn: Turn, draft: Draft, step: int, answers: Mapping[str, str], *, why: str = "") -> Reply:
    """Asks one question of a form, in a group by a letter; whatever else was being asked is set aside."""
    form, alone = form_of(draft), turn.event.direct

    def go_on(session: Session) -> None:
        drafts.rest(session, turn.private)
        kind: drafts.Kind = "asking" if alone else "resting"
        drafts.change(session, draft, kind=kind, step=step, content=content(form, answers), now=turn.now)
        if not alone:
            _begin_alone(session, turn, form, draft.id)

    await turn.db.write(go_on)
    return Reply(questions.ask(turn.text, draft.id, form, step, why=why) if alone else line(turn.text, "forms.alone"))


def _keep(session: Session, turn: Turn, form: Form, kind: drafts.Kind) -> str:
    if kind == "asking":
        drafts.rest(session, turn.private)
    return drafts.keep(session, turn.private, kind, content(form, {}), turn.now)


async def _somewhere_alone(turn: Turn, form: Form) -> Reply:
    """In a group where no dialog can open: the form waits where only this person is."""

    await turn.db.write(lambda session: _begin_alone(session, turn, form, _keep(session, turn, form, "resting")))
    return Reply(line(turn.text, "forms.alone"))


def _begin_alone(session: Session, turn: Turn, form: Form, draft_id: str) -> None:
    begin = Button(turn.text("forms.begin"), "form.resume", draft_id)
    message = Message(title=form.title, body=turn.text("forms.continue_here"), buttons=(begin,))
    outbox.put(session, Letter(f"form:{draft_id}:{turn.event.id}", turn.private, message, turn.now, alone=True))


def _short(words: str, limit: int) -> str:
    """What is shown again of an over-long answer; the person still has the whole of it."""
    return words.encode("utf-8", "replace").decode()[: limit * 2]
