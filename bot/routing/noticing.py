"""Whatever anyone says passes here first: where it shows danger it is held back, and a card is in their hand."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from bot.chat.errors import Refused
from bot.chat.events import Body, Command, Edit, Event, Press, Submit, Text
from bot.chat.messages import Field, Reply
from bot.knowledge import hotlines
from bot.knowledge.hotlines import Line
from bot.language.danger import Level
from bot.routing import safety
from bot.routing.forms import form_of
from bot.routing.glances import ours
from bot.routing.turn import Turn
from bot.store import drafts, rota
from bot.store.drafts import Draft
from bot.store.packing import body_from_dict, body_to_dict
from bot.store.rules import Rules
from bot.views.cards import danger
from bot.views.cards.danger import DutyHours
from bot.views.text import Text as Words

ASK_AGAIN = "danger.again"
"""The kind of occurrence at which somebody is asked once more."""

MOST_CHARACTERS = 4000
"""Of words of any length so many are looked at, half of them from the end; what is longer is refused by every form."""

_SAID = Field("words", "", "paragraph", limit=2000, checked=True)
"""What is said outside a form is kept like what others will read."""

_FREE = ("line", "paragraph")
_AUDIENCE = {Level.CLIENT_RISK: "client", Level.VIOLENCE: "violence"}


class Meant(Exception):
    """Whoever said it says that it is to go on: it is taken up as if it were said now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id)
        self.body, self.level = body_from_dict(draft.content), str(draft.content["level"])
        self.softened = bool(draft.content["softened"])


async def held_back(turn: Turn) -> Reply | None:
    """Keeps what was said as a draft that only its author can take up, and shows the card. None where nothing in it
    is a sign of danger."""
    level = await _level(turn.event.body, fields := await _fields(turn))
    if level == Level.NONE:
        return None
    held = ""
    if (content := await _kept(turn, level, fields)) is not None:
        held = await turn.db.write(lambda session: drafts.keep(session, turn.private, "held", content, turn.now))
    return Reply(danger.first(turn.text, line_for(level, turn.now), turn.now, held))


async def in_hand(event: Event, text: Words, now: datetime) -> Reply | None:
    """The same where nothing can be stored: what the card needs stands in a file and in the words of the bot."""
    match event.body:
        case Press("danger.self"):
            return Reply(danger.about_oneself(text, line_for(Level.SELF_RISK, now), now, "", None))
        case Press("danger.client"):
            return Reply(danger.about_client(text, (), "", None))
    level = await _level(event.body, {})
    return Reply(danger.first(text, line_for(level, now), now, "")) if level != Level.NONE else None


def line_for(level: str, now: datetime) -> Line | None:
    """One line that is answered at this hour."""
    return next(iter(hotlines.at_hand().open_at(now, _AUDIENCE.get(Level(level), "self"))), None)


def hours_of(rules: Rules, now: datetime) -> DutyHours:
    opening = rota.next_open(now, rules)
    opens, closes = (f"{each:%H:%M}" for each in (rules.duty_opens, rules.duty_closes))
    return DutyHours(opens, closes, None if opening == now else opening)


async def _level(body: Body, fields: Mapping[str, Field]) -> Level:
    for name, words in _said(body).items():
        if not words.strip() or (name in fields and fields[name].kind not in _FREE):
            continue
        if (found := await safety.level(_short(words))) != Level.NONE:
            return found
    return Level.NONE


async def _kept(turn: Turn, level: Level, fields: Mapping[str, Field]) -> dict[str, Any] | None:
    """What may be kept of it: in words that identify nobody; nothing where nobody can tell, or the form is gone."""
    body = turn.event.body
    if isinstance(body, Submit) and not fields:
        return None
    words, softened = {}, False
    try:
        for name, said in (*_said(body).items(), *_beside(body).items()):
            words[name], changes = await safety.softened(
                turn, safety.looked_through(fields.get(name, _SAID)), _short(said)
            )
            softened = softened or bool(changes)
    except Refused:
        return None
    text = "\n".join(words[name] for name in _said(body) if words[name] and _tells(fields.get(name, _SAID)))
    return {"text": text, "level": level.value, "softened": softened, **body_to_dict(_saying(body, words))}


def _tells(field: Field) -> bool:
    """Not what somebody wishes to be called: who is on duty is told without a name."""
    return field.kind == "paragraph" or field.checked


async def _fields(turn: Turn) -> Mapping[str, Field]:
    """Of the dialog that comes back; whatever is said elsewhere has none."""
    body = turn.event.body
    if not isinstance(body, Submit) or not ours(body.argument):
        return {}
    draft = await turn.db.read(lambda session: drafts.take(session, body.argument, turn.private, turn.now))
    known = draft is not None and draft.kind in ("dialog", "resting")
    return {field.name: field for field in form_of(draft).fields} if draft and known else {}


def _said(body: Body) -> Mapping[str, str]:
    match body:
        case Text(text):
            return {"text": text}
        case Command(argument=argument):
            return {"argument": argument}
        case Edit(text=text):
            return {"text": text}
        case Submit(answers=answers):
            return answers
    return {}


def _beside(body: Body) -> Mapping[str, str]:
    """What is kept with it though it was said before."""
    return {"before": body.before} if isinstance(body, Edit) else {}


def _saying(body: Body, words: Mapping[str, str]) -> Body:
    if isinstance(body, Submit):
        return replace(body, answers=dict(words), softened=())
    changed: Any = dict(words)
    return type(body)(**{**asdict(body), **changed})


def _short(words: str) -> str:
    return words if len(words) <= MOST_CHARACTERS else f"{words[:2000]}\n{words[-2000:]}"
