"""ハンドブックでは: what the handbook says to a worry that stands there, for whoever asks."""

from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing.found import found as in_their_language
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import worries
from bot.views.cards import handbook

router = Router()

MOST = 2


@router.press("worry.handbook")
async def look(turn: Turn, press: Press) -> Reply:
    """Only for the eyes of whoever pressed: nobody else learns that they looked."""
    found = await turn.db.read(lambda session: worries.find(session, press.argument))
    hits = await turn.handbook.nearest(found.text, MOST)
    if not hits:
        return Reply(handbook.nothing_beside(turn.text))
    found_near = await in_their_language(turn.handbook, [hit.entry for hit in hits], turn.text.language)
    return Reply(handbook.beside(turn.text, found_near))
