"""What somebody asked of the handbook, for half an hour: to ask on, and to bring the same words to people."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, Literal, get_args

from bot.chat.errors import Refused
from bot.chat.events import Submit, Text
from bot.chat.messages import Field
from bot.knowledge.points import Entry
from bot.routing import safety
from bot.routing.turn import Turn
from bot.store import drafts
from bot.store.drafts import Draft
from bot.store.packing import address_to_list
from bot.store.session import Session
from bot.views.found import Ways

LIFETIME = timedelta(minutes=30)

Seen = Literal["", "chat", "group"]
"""Who may read the question as it was typed: nobody else; whoever may read what stands in a chat with the bot; all
who are in the group."""

_BY_HOW_MANY = get_args(Seen)

_QUESTION = Field("question", "", "paragraph", limit=2000, checked=True)


@dataclass(frozen=True, slots=True)
class Before:
    """What was asked before. text: with what it goes on from. first: what that began with. seen, noticed: who may read
    that, and the sign of danger in it: both hold for whatever goes on from it."""

    text: str = ""
    first: str = ""
    seen: Seen = ""
    noticed: str = ""


async def before(turn: Turn) -> Before:
    draft = await turn.db.read(lambda session: drafts.latest(session, turn.private, "asked", turn.now))
    return Before(**{each.name: draft.content[each.name] for each in fields(Before)}) if draft else Before()


async def words_to_keep(turn: Turn, words: str) -> str:
    """The question in words that identify nobody; nothing where nobody can tell whether they do."""
    try:
        kept, _ = await safety.softened(turn, _QUESTION, words)
    except Refused:
        return ""
    return kept


async def keep(turn: Turn, kept: str, entries: Sequence[Entry], earlier: Before | None) -> Draft:
    """kept: the question. earlier: what it goes on from; None where it makes sense alone."""
    first = earlier.first if earlier else kept
    text = f"{first}\n{kept}".strip() if earlier else kept
    content: dict[str, Any] = {
        "text": text,
        "first": first,
        "seen": _seen(turn, earlier),
        "noticed": turn.db.noticed or (earlier.noticed if earlier else ""),
        "found": [entry.id for entry in entries],
        "shown": "",
    }

    def write(session: Session) -> Draft:
        if entries and not turn.event.direct:
            content["shown"] = drafts.keep(session, turn.private, "shown", _to_show(turn, entries), turn.now)
        asked = drafts.keep(session, turn.private, "asked", content, turn.now, LIFETIME)
        return Draft(asked, "asked", 0, content)

    return await turn.db.write(write)


def _seen(turn: Turn, earlier: Before | None) -> Seen:
    """By the most who have read a part of it."""
    return max(_seen_now(turn), earlier.seen if earlier else "", key=_BY_HOW_MANY.index)


def _seen_now(turn: Turn) -> Seen:
    if isinstance(turn.event.body, Submit):
        return ""  # a dialog is read by nobody, wherever it was opened
    if not turn.event.direct:
        return "group"
    return "chat" if turn.event.dialogs and isinstance(turn.event.body, Text) else ""


def _to_show(turn: Turn, entries: Sequence[Entry]) -> dict[str, Any]:
    """What was found in a group is shown to who asked alone; by this draft they may show it to the others."""
    return {"entries": [entry.id for entry in entries], "place": address_to_list(turn.event.address)}


async def take(turn: Turn, draft_id: str) -> Draft | None:
    """None where it is somebody else's, or its half hour is over."""
    return await turn.db.read(lambda session: take_in(turn, session, draft_id))


def take_in(turn: Turn, session: Session, draft_id: str) -> Draft | None:
    draft = drafts.take(session, draft_id, turn.private, turn.now) if draft_id else None
    return draft if draft and draft.kind == "asked" else None


def ways(turn: Turn, draft: Draft, *, opinions: bool = True) -> Ways:
    words = bool(draft.content["text"])
    gap = words and not draft.content["found"] and not draft.content["noticed"] and not draft.content.get("left")
    return Ways(draft.id, words, gap, draft.content["shown"], opinions and turn.rules.opinions)


async def together(turn: Turn, words: str) -> tuple[str, Before]:
    """The words to keep, and what was asked before: both take their time."""
    kept, earlier = await asyncio.gather(words_to_keep(turn, words), before(turn))
    return kept, earlier
