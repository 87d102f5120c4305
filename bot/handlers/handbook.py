"""ハンドブックに聞く: the three nearest entries with their source, or an honest nothing."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Press, Text
from bot.chat.messages import Reply
from bot.language.cleaning import clean
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.views.cards import handbook

router = Router()

MOST_CHARACTERS = 2000
"""Of a question; what comes after says nothing more to the search."""


@router.command("ask")
async def ask(turn: Turn, command: Command) -> Reply:
    return await _nearest(turn, command.argument)


@router.words()
async def plain_words(turn: Turn, text: Text) -> Reply:
    return await _nearest(turn, text.text)


@router.press("handbook.begin")
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(handbook.ask(turn.text, alone=turn.event.direct))


async def _nearest(turn: Turn, question: str) -> Reply:
    words = clean(question[:MOST_CHARACTERS])
    if not words:
        return Reply(handbook.ask(turn.text, alone=turn.event.direct))
    hits = await turn.handbook.nearest(words)
    if not hits:
        return Reply(handbook.nothing(turn.text))
    return Reply(handbook.nearest(turn.text, [hit.entry for hit in hits]))


@router.press("handbook.entry")
async def show_entry(turn: Turn, press: Press) -> Reply:
    entry = await turn.handbook.entry(press.argument, turn.text.language)
    if entry is None:
        raise Refused("handbook.gone")
    related = [await turn.handbook.entry(each, turn.text.language) for each in entry.related[:2]]
    return Reply(handbook.entry_card(turn.text, entry, [each for each in related if each]))
