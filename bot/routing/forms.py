"""The one place that decides: a dialog here, question by question there; handlers see one Submit either way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.errors import Refused
from bot.chat.events import Submit
from bot.chat.messages import Button, Form, Message, Reply
from bot.language.cleaning import shorten
from bot.routing.checking import checked
from bot.routing.safety import Changes, looked_through, may_be_kept
from bot.routing.turn import Turn
from bot.store import drafts, outbox
from bot.store.drafts import Draft
from bot.store.outbox import Letter
from bot.store.packing import form_from_dict, form_to_dict
from bot.store.session import Session
from bot.views import questions
from bot.views.cards import line, noted

LATER = "form.later"
"""The name under which a dialog comes back when あとで was pressed in it."""

SHOWN = 20
"""Characters of what was written that are repeated to whoever wrote it."""


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
    if turn.event.dialogs:
        draft_id = await turn.db.write(lambda session: _keep(session, turn, form, "resting"))
        return Reply(questions.door(turn.text, draft_id, form))
    draft_id = await turn.db.write(lambda session: _keep(session, turn, form, "asking"))
    return Reply(questions.ask(turn.text, draft_id, form, 0, why=reply.message.body if reply.message else ""))


def content(form: Form, answers: Mapping[str, str]) -> dict[str, Any]:
    return {"form": form_to_dict(form), "answers": dict(answers)}


def form_of(draft: Draft) -> Form:
    return form_from_dict(draft.content["form"])


async def filled_dialog(turn: Turn, submit: Submit) -> Filled:
    """The dialog that was opened for this person, with checked answers."""
    draft = await _dialog(turn, submit.argument)
    form = form_of(draft)
    if form.name != submit.form:
        raise Refused("forms.gone")
    kept, changes = await may_be_kept(turn, form, submit.answers)
    try:
        checked(form, submit.answers)  # what is said of its length is meant of what was written
        answers = checked(form, kept)
    except Refused as refused:
        raise Again(refused, draft, await _may_rest(turn, form, submit.answers)) from refused
    return Filled(Submit(form.name, answers, form.argument, changes), draft)


def say_softened(turn: Turn, reply: Reply, changes: Changes) -> Reply:
    """What was written is shown in the answer in hand alone, and never where the answer becomes a letter."""
    if not changes or reply.message is None:
        return reply
    note = softened_line(turn, changes)
    return replace(reply, message=replace(reply.message, note=f"{note}\n{reply.message.note}".rstrip()))


def say_softened_some(turn: Turn, reply: Reply | None) -> Reply | None:
    """Of words that were softened earlier, when what stood there before was not kept."""
    if reply is None or reply.message is None:
        return reply
    return replace(reply, message=noted(reply.message, turn.text("details.softened_some")))


def softened_line(turn: Turn, changes: Changes) -> str:
    if not changes or turn.db.resumed:
        return turn.text("details.softened_some") if changes else ""
    lines = [
        turn.text("details.change", before=shorten(before, SHOWN), after=after)
        for before, after in dict.fromkeys(changes)
    ]
    return "\n".join([turn.text("details.softened"), *lines])


async def _dialog(turn: Turn, draft_id: str) -> Draft:
    """The row of a dialog that stands open; resting where it was set aside before."""
    draft = await turn.db.read(lambda session: drafts.take(session, draft_id, turn.private, turn.now))
    if draft is None or draft.kind not in ("dialog", "resting"):
        raise Refused("forms.gone")
    return draft


def open_again(draft: Draft) -> Reply:
    """A form that was set aside, as a dialog with everything still in it."""
    return Reply(form=_with_values(form_of(draft), draft.content["answers"], draft.id))


async def set_aside_dialog(turn: Turn, submit: Submit) -> Reply:
    """あとで in a dialog: what was written so far rests, unchecked, and the menu leads back to it."""
    draft = await _dialog(turn, submit.argument)
    kept = await _may_rest(turn, form_of(draft), submit.answers)
    await turn.db.write(lambda session: _let_rest(session, turn, draft, kept))
    return Reply(Message(body=turn.text("forms.rested")), replace=True)


async def rest_filled(turn: Turn, filled: Filled, refused: Refused) -> Reply:
    """A form that cannot be taken now: it rests, and comes back with everything in it."""
    form, draft = form_of(filled.draft), filled.draft
    turn.db.spend("")
    written = content(replace(form, fields=_with_values(form, filled.submit.answers, draft.id).fields), {})
    await turn.db.write(
        lambda session: drafts.change(session, draft, kind="resting", step=0, content=written, now=turn.now)
    )
    return Reply(Message(body=turn.text(refused.key, **refused.values)), replace=True)


class Again(Exception):
    """A form that must be filled differently; nothing of what was written is lost."""

    def __init__(self, refused: Refused, draft: Draft, answers: Mapping[str, str]) -> None:
        super().__init__(refused.key)
        self.refused, self.draft, self.answers = refused, draft, answers


async def ask_again(turn: Turn, again: Again) -> Reply:
    """Shows why, and the same form with everything that was written still in it, or what is offered instead."""
    again = _offered(again)
    form = form_of(again.draft)
    why = turn.text(again.refused.key, **again.refused.values)
    if turn.event.modal and again.draft.kind in ("dialog", "resting"):
        await turn.db.finish()
        return Reply(Message(body=why), _with_values(form, again.answers, again.draft.id), field=again.refused.field)
    if turn.event.dialogs:
        await turn.db.write(lambda session: _let_rest(session, turn, again.draft, again.answers))
        return Reply(questions.door(turn.text, again.draft.id, form))  # why may quote what was written
    names = [field.name for field in form.fields]
    step = names.index(again.refused.field) if again.refused.field in names else len(names) - 1
    return await ask_step(turn, again.draft, step, again.answers, why=why)


def _offered(again: Again) -> Again:
    """What is offered stands in the field, to be sent as it is or mended."""
    name, offer = again.refused.field, again.refused.offer
    if not offer:
        return again
    answers = {**again.answers, name: offer}
    form = form_of(again.draft)
    fields = tuple(replace(field, value=offer) if field.name == name else field for field in form.fields)
    return Again(again.refused, replace(again.draft, content=content(replace(form, fields=fields), answers)), answers)


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


async def _may_rest(turn: Turn, form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers as they may wait in a row."""
    kept, _ = await may_be_kept(turn, replace(form, fields=tuple(map(looked_through, form.fields))), answers)
    return kept


def _let_rest(session: Session, turn: Turn, draft: Draft, answers: Mapping[str, str]) -> None:
    form = form_of(draft)
    kept = {field.name: _short(answers.get(field.name, ""), field.limit) for field in form.fields}
    drafts.change(session, draft, kind="resting", step=0, content=content(form, kept), now=turn.now)


def _with_values(form: Form, answers: Mapping[str, str], draft_id: str) -> Form:
    """The same form with these answers in it; a field nobody has answered keeps what stood there before."""
    kept = tuple(
        replace(field, value=_short(answers.get(field.name, field.value), field.limit)) for field in form.fields
    )
    return replace(form, fields=kept, argument=draft_id)


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
