"""役に立った and 違う: one quiet row under an answer and an entry; nobody learns whose they are."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Message, Reply
from bot.handlers import handbook, handbook_entries
from bot.routing import asked
from bot.routing.found import find
from bot.routing.limits import REACTIONS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import opinions
from bot.store.opinions import Value
from bot.views.cards import noted

router = Router()


@router.press("handbook.useful", limit=REACTIONS)
async def useful(turn: Turn, press: Press) -> Reply:
    return await _of_entry(turn, press.argument, "useful")


@router.press("handbook.different", limit=REACTIONS)
async def different(turn: Turn, press: Press) -> Reply:
    return await _of_entry(turn, press.argument, "different")


@router.press("handbook.answer_useful", limit=REACTIONS)
async def answer_useful(turn: Turn, press: Press) -> Reply:
    return await _of_answer(turn, press.argument, "useful")


@router.press("handbook.answer_different", limit=REACTIONS)
async def answer_different(turn: Turn, press: Press) -> Reply:
    return await _of_answer(turn, press.argument, "different")


async def _of_entry(turn: Turn, entry_id: str, value: Value) -> Reply:
    card = await handbook_entries.card(turn, entry_id, opinions=False)
    return await _given(turn, entry_id, value, card)


async def _of_answer(turn: Turn, draft_id: str, value: Value) -> Reply:
    """Counts for the entry that stood first: it is what the answer was about."""
    draft = await asked.take(turn, draft_id)
    found = await find(turn.handbook, draft.content["found"][:1], turn.text.language) if draft else []
    if draft is None or not found:
        raise Refused("handbook.answer_gone")
    card = await handbook.answer_again(turn, draft, opinions=False)
    return await _given(turn, found[0].entry.id, value, card)


async def _given(turn: Turn, entry_id: str, value: Value, card: Message) -> Reply:
    """The same card, and where the two buttons were one line."""
    if not turn.rules.opinions:
        raise Refused("error.stale_button")
    await turn.db.write(lambda session: opinions.give(session, turn.private, entry_id, value))
    return Reply(noted(card, turn.text("handbook.opinion_noted")), replace=True)
