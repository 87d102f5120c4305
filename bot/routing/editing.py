"""Words that are changed after they were sent: in a form that is still open they take the place of the answer."""

from bot.chat.errors import Refused
from bot.chat.events import Edit
from bot.chat.messages import Field, Reply
from bot.language.cleaning import clean
from bot.routing.checking import check
from bot.routing.forms import Again, ask_step, form_of, softened_line
from bot.routing.safety import softened
from bot.routing.turn import Turn
from bot.store import drafts
from bot.store.drafts import Draft
from bot.store.session import Session


async def changed(turn: Turn, edit: Edit) -> Reply | None:
    """The open question again, with the answer changed; None where no open form holds what was written before."""
    draft = await turn.db.read(lambda session: _holding(session, turn, edit.before))
    field = _field(draft, edit.before) if draft else None
    if draft is None or field is None:
        return None
    answers = dict(draft.content["answers"])
    kept, changes = await softened(turn, field, edit.text)
    try:
        check(field, edit.text)
        answers[field.name] = check(field, kept)
    except Refused as refused:
        raise Again(refused, draft, answers) from refused
    why = "\n".join(filter(None, [turn.text("forms.changed"), softened_line(turn, changes)]))
    return await ask_step(turn, draft, draft.step, answers, why=why)


def _holding(session: Session, turn: Turn, before: str) -> Draft | None:
    found = (drafts.latest(session, turn.private, kind, turn.now) for kind in ("asking", "resting"))
    return next((draft for draft in found if draft and _field(draft, before)), None)


def _field(draft: Draft, before: str) -> Field | None:
    answers = draft.content["answers"]
    for field in form_of(draft).fields:
        answer = answers.get(field.name)
        if answer and answer == clean(before, lines=field.kind == "paragraph"):
            return field
    return None
