"""ハンドブックに聞く: the three nearest entries with where they stand, or an honest nothing."""

import asyncio

from bot.chat.errors import Refused
from bot.chat.events import Address, Command, Press, Submit, Text
from bot.chat.messages import Message, Reply
from bot.handlers import conference_polls
from bot.knowledge.beside import beside
from bot.language import conference_wish
from bot.language.cleaning import clean
from bot.language.going_on import goes_on
from bot.routing import asked
from bot.routing.found import find
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, learnings, outbox
from bot.store.drafts import Draft
from bot.store.learnings import Learning
from bot.store.members import Role
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import handbook, line
from bot.views.found import Found

router = Router()

MOST = 3
MOST_LEARNED = 2
MOST_CHARACTERS = 2000
"""Of a question; what comes after says nothing more to the search."""


@router.command("ask")
async def ask(turn: Turn, command: Command) -> Reply:
    return await _nearest(turn, command.argument)


@router.words()
async def plain_words(turn: Turn, text: Text) -> Reply:
    if conference_wish.wants(text.text) or (turn.member.may(Role.COORDINATOR) and conference_wish.names(text.text)):
        return await conference_polls.wished(turn)
    return await _nearest(turn, text.text)


@router.press("handbook.begin")
async def begin(turn: Turn, press: Press) -> Reply:
    if turn.event.dialogs:  # what is typed into the chat there is kept by others
        draft = await asked.take(turn, press.argument)
        return Reply(form=forms.question(turn.text, draft.content["text"] if draft else ""))
    return Reply(handbook.ask(turn.text, alone=turn.event.direct))


@router.submit("handbook.ask")
async def ask_by_form(turn: Turn, submit: Submit) -> Reply:
    return await _nearest(turn, submit.answers["question"])


async def _nearest(turn: Turn, question: str) -> Reply:
    words = clean(question[:MOST_CHARACTERS])
    if not words:
        return Reply(handbook.ask(turn.text, alone=turn.event.direct))
    kept, earlier = await asked.together(turn, words)
    before = earlier.text if goes_on(words) else ""
    hits = await turn.handbook.nearest(words, MOST, before=before)
    draft = await asked.keep(turn, kept, [hit.entry for hit in hits], earlier if before else None)
    return Reply(await answer_again(turn, draft, words=words))


async def answer_again(turn: Turn, draft: Draft, *, words: str = "", opinions: bool = True) -> Message:
    """The answer of a question that was kept. words: as they were typed, while they are at hand."""
    found = await find(turn.handbook, draft.content["found"], turn.text.language)
    learned = await _learned(turn, words or draft.content["text"])
    ways, seen = asked.ways(turn, draft, opinions=opinions), draft.content["seen"]
    if not found:
        return handbook.nothing(turn.text, learned, ways, seen)
    return handbook.nearest(turn.text, found, learned, ways, seen)


async def _learned(turn: Turn, words: str) -> list[Learning]:
    """What peers left for others that speaks of the same."""
    released = await turn.db.read(learnings.released)
    found = await asyncio.to_thread(beside, words, [each.text for each in released], MOST_LEARNED)
    return [released[place] for place in found]


@router.press("handbook.back")
async def back(turn: Turn, press: Press) -> Reply:
    draft = await asked.take(turn, press.argument)
    if draft is None:
        raise Refused("handbook.answer_gone")
    return Reply(await answer_again(turn, draft))


@router.press("handbook.share")
async def share(turn: Turn, press: Press) -> Reply:
    """Posts what was found, never what was asked nor by whom."""
    draft = await turn.db.read(lambda session: drafts.take(session, press.argument, turn.private, turn.now))
    if draft is None or draft.kind != "shown":
        raise Refused("handbook.shared_already")
    found = await find(turn.handbook, draft.content["entries"], turn.text.language)
    if not found:
        raise Refused("handbook.gone")
    await turn.db.write(lambda session: _post(turn, session, draft, found))
    return Reply(line(turn.text, "handbook.shared"), replace=True)


def _post(turn: Turn, session: Session, draft: Draft, found: list[Found]) -> None:
    if not drafts.discard(session, draft.id):
        raise Refused("handbook.shared_already")
    card = handbook.nearest(turn.text, found)
    outbox.put(session, Letter(f"shown:{draft.id}", Address(*draft.content["place"]), card, turn.now))
