"""A preview becomes a worry: at once, with others at the next time, or alone at a moment nobody chose."""

from contextlib import suppress
from datetime import datetime
from typing import Literal

import structlog

from bot.chat.errors import Refused
from bot.chat.messages import Message, Reply
from bot.chat.moments import Moment, reached
from bot.routing import hiding, standing
from bot.routing.found import found
from bot.routing.previewing import beside_of
from bot.routing.turn import Turn
from bot.store import authoring, drafts, held, places, publishing, worries
from bot.store.drafts import Draft
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views.cards import handbook, line, worry, worry_sharing

log = structlog.get_logger()

MOST_NEAR = 2
"""Entries of the handbook that an author is shown: more would be homework."""

When = Literal["together", "soon", "now"]


async def share(turn: Turn, draft_id: str, when: When) -> Reply:
    """The worry, its key, what is planned or its letters, and the spent preview are one commit.

    Pressed again, perhaps because the answer was lost: what was written has not been taken away yet."""
    try:
        message, words, gone = await turn.db.write(lambda session: _confirmed(turn, session, draft_id, when))
    except Refused as refused:
        if refused.key != "worry.preview_gone":
            raise
        return Reply(line(turn.text, refused.key), clear=True)
    if gone:
        await turn.db.forget_traces()
    return Reply(await _with_handbook(turn, message, words), replace=True, clear=True)


async def _with_handbook(turn: Turn, message: Message, words: str) -> Message:
    """What the handbook says to it, if anything truly fits; what was shared stands without it."""
    try:
        hits = await turn.handbook.nearest_at_hand(words, MOST_NEAR)
        near = await found(turn.handbook, [hit.entry for hit in hits], turn.text.language)
    except Exception as error:
        log.warning("handbook not asked", error=type(error).__name__)
        return message
    return handbook.with_nearest(turn.text, message, near) if near else message


def _confirmed(turn: Turn, session: Session, draft_id: str, when: When) -> tuple[Message, str, bool]:
    """What is said of it, its words, and whether other words are gone for good now."""
    draft = drafts.take(session, draft_id, turn.private, turn.now)
    if draft is None or draft.kind != "preview" or not drafts.discard(session, draft_id):
        raise Refused("worry.preview_gone")
    if revises := draft.content.get("revises"):
        return _revised(turn, session, revises, draft), draft.content["text"], True
    return _shared(turn, session, draft, when), draft.content["text"], "leaves" in draft.content


def _shared(turn: Turn, session: Session, draft: Draft, when: When) -> Message:
    chosen = [place.id for place in places.among(session, draft.content["places"])]
    if not chosen:
        raise Refused("worry.no_place")
    when = "together" if draft.content.get("noticed") else when  # whatever button is pressed
    beside, release_at = beside_of(draft.content), _release_at(turn, when)
    if release_at is None:
        beside = publishing.labelled(session, beside, chosen, turn.private, turn.rules)
    shared = worries.share(
        session, draft.content["text"], chosen, turn.private, turn.now, beside, release_at=release_at
    )
    _notice(turn, session, shared.id, draft)
    _leave_duty(turn, session, draft)
    if release_at is None:
        return _at_once(turn, session, shared)
    if when == "soon":
        publishing.line_up_alone(session, shared.id, release_at)
    else:
        publishing.line_up(session, shared.id, turn.now, turn.rules)
    times = publishing.told_times(session, shared, turn.now, turn.rules)
    return worry_sharing.waiting(turn.text, shared, times, turn.now) if times else worry.shared(turn.text, shared)


def _release_at(turn: Turn, when: When) -> datetime | None:
    if when == "now" or not turn.rules.publish_times:
        return None
    return publishing.soon(turn.now, turn.rules) if when == "soon" else publishing.next_time(turn.now, turn.rules)


def _at_once(turn: Turn, session: Session, shared: PublicWorry) -> Message:
    standing.post(session, shared, turn.now, turn.text)
    if __debug__:
        reached(Moment.PUBLISHING)
    return worry.shared(turn.text, shared)


def _leave_duty(turn: Turn, session: Session, draft: Draft) -> None:
    """What was between its author and who is on duty ends when the others have it, and no sooner."""
    if left := draft.content.get("leaves"):
        with suppress(Refused):  # closed meanwhile
            worries.close(session, left, turn.private, turn.now)


def _notice(turn: Turn, session: Session, worry_id: str, draft: Draft) -> None:
    """Its author says that it is to go on; somebody looks all the same."""
    if draft.content.get("noticed"):
        held.review(session, worry_id, turn.now)


def _revised(turn: Turn, session: Session, worry_id: str, draft: Draft) -> Message:
    revised = authoring.revise(session, worry_id, turn.private, draft.content["text"])
    _notice(turn, session, worry_id, draft)
    hiding.mended(session, worry_id, turn.now, turn.text)
    if revised.state == "open":
        standing.post_again(session, revised, turn.now, turn.text)
    return worry_sharing.revised(turn.text, revised)
