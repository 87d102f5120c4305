"""詳しく: an entry whole, and from it to scenes like it, to what it stands under, and back."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Message, Reply
from bot.handlers.peer_notes import with_peer_notes
from bot.knowledge.points import FRAME
from bot.knowledge.similar import similar
from bot.routing import passages
from bot.routing.found import ELSE, find
from bot.routing.found import found as in_their_language
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts
from bot.views.cards import handbook_entry
from bot.views.found import Found

router = Router()

MOST_RELATED = 2


@router.press("handbook.entry")
async def show(turn: Turn, press: Press) -> Reply:
    return Reply(await card(turn, press.argument))


@router.press("handbook.page")
async def turn_page(turn: Turn, press: Press) -> Reply:
    number, _, entry_id = press.argument.partition(".")
    return Reply(await card(turn, entry_id, number=number))


@router.press("handbook.above")
async def above(turn: Turn, press: Press) -> Reply:
    """What an entry stands under, the best first."""
    below = await _one(turn, press.argument)
    part = next((part for part in below.entry.frame if part != below.entry.id), "")
    return Reply(await card(turn, part, back=below.entry.id))


@router.press("handbook.similar")
async def show_similar(turn: Turn, press: Press) -> Reply:
    """Situations that stand under the same part of the frame, and then notes."""
    asked = await _one(turn, press.argument)
    near = similar(asked.entry, await turn.handbook.entries(ELSE))
    found = await in_their_language(turn.handbook, near, turn.text.language)
    return Reply(handbook_entry.similar(turn.text, asked.entry, found))


async def card(turn: Turn, entry_id: str, *, number: str = "1", back: str = "", opinions: bool = True) -> Message:
    found = await _one(turn, entry_id)
    if not number.isdecimal() or not 1 <= int(number) <= len(handbook_entry.pages(found.entry)):
        raise Refused("error.stale_button")
    answer = await turn.db.read(lambda session: drafts.latest(session, turn.private, "asked", turn.now))
    related = [each for each in found.entry.related if each not in FRAME or found.entry.id in FRAME][:MOST_RELATED]
    shown = handbook_entry.entry_card(
        turn.text,
        found,
        await find(turn.handbook, related, turn.text.language),
        number=int(number),
        opinions=opinions and turn.rules.opinions,
        answer=answer.id if answer else "",
        back=back,
    )
    return await with_peer_notes(turn, found.entry, shown)


async def _one(turn: Turn, entry_id: str) -> Found:
    if found := await find(turn.handbook, [entry_id], turn.text.language):
        return found[0]
    cited = await turn.db.read(lambda session: passages.cited(session, entry_id))
    if cited is None:
        raise Refused("handbook.gone")
    (found_once,) = await in_their_language(turn.handbook, [cited], turn.text.language)
    return found_once
