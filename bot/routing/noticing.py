"""Whatever anyone says passes here first: where it shows danger it is held back, and a card is in their hand at once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from bot.chat.events import Body, Command, Edit, Event, Press, Submit, Text
from bot.chat.messages import Reply
from bot.knowledge import hotlines
from bot.knowledge.hotlines import Line
from bot.language.workdays import next_working_moment
from bot.routing import safety
from bot.routing.turn import Turn
from bot.store import drafts
from bot.store.drafts import Draft
from bot.store.packing import body_from_dict, body_to_dict
from bot.store.rules import Rules
from bot.views.cards import danger
from bot.views.cards.danger import DutyHours
from bot.views.text import Text as Words

log = structlog.get_logger()

NOTICED = "noticed"
"""An answer beside those of a form: the sign of danger that was seen in it before its author said to go on."""

UNSURE = "unsure"
"""The level of words that could not be looked at: they are taken for a sign of danger."""

MOST_CHARACTERS = 4000
"""Of words of any length so many are looked at, half of them from the end; what is longer is refused by every form."""

_AUDIENCE = {"client_risk": "client", "violence": "violence"}


class Meant(Exception):
    """Whoever said it says that it is to go on: it is taken up as if it were said now."""

    def __init__(self, body: Body, level: str) -> None:
        super().__init__(level)
        self.body, self.level = body, level


@dataclass(frozen=True, slots=True)
class Notice:
    """body: what was said, without what identifies somebody."""

    level: str
    body: Body
    words: str


async def held_back(turn: Turn) -> Reply | None:
    """Keeps what was said as a draft that only its author can take up, and shows the card."""
    seen = await notice(turn.event.body)
    if seen is None:
        return None
    content = {"text": seen.words, "level": seen.level, **body_to_dict(seen.body)}
    held = await turn.db.write(lambda session: drafts.keep(session, turn.private, "held", content, turn.now))
    return Reply(danger.first(turn.text, line_for(seen.level, turn.now), turn.now, held))


async def in_hand(event: Event, text: Words, now: datetime) -> Reply | None:
    """The same where nothing can be stored: what the card needs stands in a file and in the words of the bot."""
    match event.body:
        case Press("danger.self"):
            return Reply(danger.about_oneself(text, line_for(UNSURE, now), now, "", None))
        case Press("danger.client"):
            return Reply(danger.about_client(text, (), "", None))
        case Press():
            return None
    seen = await notice(event.body)
    return seen and Reply(danger.first(text, line_for(seen.level, now), now, ""))


async def notice(body: Body) -> Notice | None:
    """None where nothing in it is a sign of danger."""
    said = _said(body)
    found = {name: await _look(words) for name, words in said.items() if words.strip()}
    level = next((each.level for each in found.values() if each.level != "none"), "none")
    if level == "none":
        return None
    softened = {**said, **{name: each.softened for name, each in found.items()}}
    return Notice(level, _saying(body, softened), "\n".join(each.softened for each in found.values()))


def taken_up(draft: Draft) -> Meant:
    return Meant(body_from_dict(draft.content), str(draft.content["level"]))


def marked(submit: Submit, level: str) -> Submit:
    return replace(submit, answers={**submit.answers, NOTICED: level})


def line_for(level: str, now: datetime) -> Line | None:
    """One line that is answered at this hour."""
    return next(iter(hotlines.at_hand().open_at(now, _AUDIENCE.get(level, "self"))), None)


def hours_of(rules: Rules, now: datetime) -> DutyHours:
    opening = next_working_moment(now, rules.zone, rules.duty_opens, rules.duty_closes)
    opens, closes = (f"{each.hour}:{each.minute:02}" for each in (rules.duty_opens, rules.duty_closes))
    return DutyHours(opens, closes, None if opening == now else opening)


@dataclass(frozen=True, slots=True)
class _Seen:
    level: str
    softened: str


async def _look(words: str) -> _Seen:
    short = words if len(words) <= MOST_CHARACTERS else f"{words[:2000]}\n{words[-2000:]}"
    try:
        found = await safety.look(short)
    except Exception as error:  # a part of it is missing or broken: better one card too many
        log.error("words not looked at", error=type(error).__name__)
        return _Seen(UNSURE, short)
    return _Seen(found.level, found.softened)


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


def _saying(body: Body, words: Mapping[str, str]) -> Body:
    if isinstance(body, Submit):
        return replace(body, answers=dict(words))
    changed: Any = dict(words)
    return type(body)(**{**asdict(body), **changed})
