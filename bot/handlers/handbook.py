"""ハンドブックに聞く: the three nearest entries with their source, or an honest nothing."""

import asyncio

from bot.chat.errors import Refused
from bot.chat.events import Address, Command, Press, Submit, Text
from bot.chat.messages import Reply
from bot.knowledge.beside import beside
from bot.knowledge.points import Entry
from bot.language.cleaning import clean
from bot.routing import passages
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, learnings, outbox
from bot.store.drafts import Draft
from bot.store.learnings import Learning
from bot.store.outbox import Letter
from bot.store.packing import address_to_list
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import handbook, line

router = Router()

MOST_LEARNED = 2
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
    if turn.event.dialogs:  # what is typed into the chat there is kept by others
        return Reply(form=forms.question(turn.text))
    return Reply(handbook.ask(turn.text, alone=turn.event.direct))


@router.submit("handbook.ask")
async def ask_by_form(turn: Turn, submit: Submit) -> Reply:
    return await _nearest(turn, submit.answers["question"])


async def _nearest(turn: Turn, question: str) -> Reply:
    words = clean(question[:MOST_CHARACTERS])
    if not words:
        return Reply(handbook.ask(turn.text, alone=turn.event.direct))
    hits = await turn.handbook.nearest(words)
    learned = await _learned(turn, words)
    in_dialog = turn.event.dialogs
    if not hits:
        return Reply(handbook.nothing(turn.text, learned, in_dialog=in_dialog))
    entries = [hit.entry for hit in hits]
    shown = "" if turn.event.direct else await _keep_to_show(turn, entries)
    return Reply(handbook.nearest(turn.text, entries, learned, shown=shown, in_dialog=in_dialog))


async def _learned(turn: Turn, words: str) -> list[Learning]:
    """What peers left for others that speaks of the same."""
    released = await turn.db.read(learnings.released)
    found = await asyncio.to_thread(beside, words, [each.text for each in released], MOST_LEARNED)
    return [released[place] for place in found]


async def _keep_to_show(turn: Turn, entries: list[Entry]) -> str:
    """What was found in a group is shown to who asked alone; the draft lets them show it to the others."""
    content = {"entries": [entry.id for entry in entries], "place": address_to_list(turn.event.address)}
    return await turn.db.write(lambda session: drafts.keep(session, turn.private, "shown", content, turn.now))


@router.press("handbook.share")
async def share(turn: Turn, press: Press) -> Reply:
    """Posts what was found, never what was asked nor by whom."""
    draft = await turn.db.read(lambda session: drafts.take(session, press.argument, turn.private, turn.now))
    if draft is None or draft.kind != "shown":
        raise Refused("handbook.shared_already")
    found = [await turn.handbook.entry(each, turn.text.language) for each in draft.content["entries"]]
    entries = [entry for entry in found if entry]
    if not entries:
        raise Refused("handbook.gone")
    await turn.db.write(lambda session: _post(turn, session, draft, entries))
    return Reply(line(turn.text, "handbook.shared"), replace=True)


def _post(turn: Turn, session: Session, draft: Draft, entries: list[Entry]) -> None:
    if not drafts.discard(session, draft.id):
        raise Refused("handbook.shared_already")
    card = handbook.nearest(turn.text, entries)
    outbox.put(session, Letter(f"shown:{draft.id}", Address(*draft.content["place"]), card, turn.now))


@router.press("handbook.entry")
async def show_entry(turn: Turn, press: Press) -> Reply:
    entry = await turn.handbook.entry(press.argument, turn.text.language)
    entry = entry or await turn.db.read(lambda session: passages.cited(session, press.argument))
    if entry is None:
        raise Refused("handbook.gone")
    related = [await turn.handbook.entry(each, turn.text.language) for each in entry.related[:2]]
    return Reply(handbook.entry_card(turn.text, entry, [each for each in related if each]))
