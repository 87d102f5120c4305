"""The last look before a worry is shared: made anew from its draft, whatever was chosen there meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.chat.messages import Message
from bot.routing import safety
from bot.routing.turn import Turn
from bot.store import drafts, dwellers, labels, places, publishing
from bot.store.drafts import Draft
from bot.store.labels import Label
from bot.store.places import EVERYWHERE
from bot.store.publishing import Times
from bot.store.session import Session
from bot.store.told import Told
from bot.views.cards import worry
from bot.views.cards.worry_sharing import Offer


async def preview(turn: Turn, draft_id: str, content: Mapping[str, Any]) -> Message:
    narrow = await safety.narrows(turn, content["text"])
    offer = await turn.db.read(lambda session: _offer(turn, session, content))
    names = await turn.db.read(lambda session: [place.name for place in places.among(session, content["places"])])
    return worry.preview(turn.text, draft_id, content["text"], names, replace(offer, narrow=narrow is not None))


def _offer(turn: Turn, session: Session, content: Mapping[str, Any]) -> Offer:
    member = turn.member
    beside = beside_of(content)
    said = Label(member.area, member.work)
    shown = labels.allowed(said, labels.crowd(session, content["places"]), turn.rules.label_members)
    return Offer(
        now=turn.now,
        times=_times(turn),
        revising=bool(content.get("revises")),
        noticed=bool(content.get("noticed")),
        few=is_small(turn, session, content["places"]) and _could_go_further(session, content),
        fewest=turn.rules.label_members,
        wish=beside.wish,
        has_label=said != labels.NOTHING,
        label=(shown.area, shown.work) if beside.labelled else None,
    )


def _times(turn: Turn) -> Times | None:
    return publishing.times(turn.now, turn.now, turn.rules) if turn.rules.publish_times else None


def beside_of(content: Mapping[str, Any]) -> Told:
    return Told(wish=content.get("wish", "either"), labelled=content.get("labelled", False))


def is_small(turn: Turn, session: Session, place_ids: list[str]) -> bool:
    """So few live there that each of them can be guessed."""
    return dwellers.count(session, place_ids) < turn.rules.label_members


def _could_go_further(session: Session, content: Mapping[str, Any]) -> bool:
    return content["audience"] not in (EVERYWHERE, "") and len(places.every(session)) > len(content["places"])


def change(session: Session, turn: Turn, draft: Draft, **chosen: Any) -> Mapping[str, Any]:
    """The draft with something else chosen in it."""
    content = {**draft.content, **chosen}
    drafts.change(session, draft, kind="preview", step=0, content=content, now=turn.now)
    return content
