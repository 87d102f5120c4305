"""Words that are changed after they were sent: in a form that is still open they take the place of the answer."""

from collections.abc import Sequence

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

MOST = 1000
"""Characters of what was written before: no form takes more."""


async def changed(turn: Turn, edit: Edit) -> Reply | None:
    """The open question again, with the answer changed; None where no open form holds what was written before."""
    befores = await as_kept(turn, edit.before)
    draft = await turn.db.read(lambda session: _holding(session, turn, befores))
    field = _field(draft, befores) if draft else None
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


async def as_kept(turn: Turn, words: str) -> tuple[str, ...]:
    """What was written, as a row may hold it: in its own words, or in words that identify nobody."""
    other, _ = await softened(turn, Field("words", "", "paragraph", limit=MOST, checked=True), words)
    return words, other


def _holding(session: Session, turn: Turn, befores: Sequence[str]) -> Draft | None:
    found = (drafts.latest(session, turn.private, kind, turn.now) for kind in ("asking", "resting"))
    return next((draft for draft in found if draft and _field(draft, befores)), None)


def _field(draft: Draft, befores: Sequence[str]) -> Field | None:
    answers = draft.content["answers"]
    for field in form_of(draft).fields:
        answer = answers.get(field.name)
        if answer and answer in (clean(before, lines=field.kind == "paragraph") for before in befores):
            return field
    return None
