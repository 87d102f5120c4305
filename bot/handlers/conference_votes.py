"""Answering ◯△✕: in one press on the card in a place, or on pages of one's own where each answer can be mended."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import File, Message, Reply
from bot.routing import conference_letters, poll_closing
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, ballots, conferences, polls
from bot.store.ballots import Ballot
from bot.store.conferences import Answer, PublicConference, PublicSlot
from bot.store.session import Session
from bot.views import conference_forms, poll_picture
from bot.views.cards import conference, conference_votes

router = Router()

EVERY_SLOT: Answer = "yes"
"""What all slots are answered with at once."""


@router.press("conference.mark")
async def mark(turn: Turn, press: Press) -> Reply:
    """On a card that others see, too: it stays as it is, and whoever pressed is told what was noted."""
    conference_id, number, value = _marked(press)
    seen = await turn.db.write(lambda session: _count(turn, session, conference_id, {number: value}))
    marked = [slot for slot in seen.conference.slots if slot.number == number]
    return Reply(conference_votes.noted(turn.text, seen, marked, value))


@router.press("conference.all")
async def mark_all(turn: Turn, press: Press) -> Reply:
    seen, marked = await turn.db.write(lambda session: _fill(turn, session, press.argument, over=True))
    return Reply(conference_votes.noted(turn.text, seen, marked, EVERY_SLOT))


@router.press("conference.pad")
async def open_pad(turn: Turn, press: Press) -> Reply:
    """From a card that others see, or one that is to stay."""
    return Reply(_pad(turn, await _look(turn, press.argument)))


@router.press("conference.page")
async def turn_page(turn: Turn, press: Press) -> Reply:
    conference_id, page = _page(press)
    return Reply(_pad(turn, await _look(turn, conference_id), page), replace=True)


@router.press("conference.set")
async def mark_on_pad(turn: Turn, press: Press) -> Reply:
    conference_id, number, value = _marked(press)
    seen = await turn.db.write(lambda session: _count(turn, session, conference_id, {number: value}))
    page = 1 + (number - 1) // conference_votes.A_PAGE
    return Reply(_pad(turn, seen, page), replace=True)


@router.press("conference.rest")
async def mark_rest(turn: Turn, press: Press) -> Reply:
    """What is answered already stays as it is."""
    conference_id, page = _page(press)
    seen, _ = await turn.db.write(lambda session: _fill(turn, session, conference_id, over=False))
    return Reply(_pad(turn, seen, page), replace=True)


@router.press("conference.vote")
async def open_vote(turn: Turn, press: Press) -> Reply:
    """All of them in one form: where a dialog can open, and from cards posted before each slot had buttons."""
    seen = await _look(turn, press.argument)
    return Reply(form=conference_forms.vote(turn.text, replace(seen.conference, slots=seen.ahead), seen.own))


@router.submit("conference.vote")
async def vote(turn: Turn, submit: Submit) -> Reply:
    answers = {int(name.removeprefix("slot")): polls.as_answer(value) for name, value in submit.answers.items()}

    def count(session: Session) -> PublicConference:
        """A slot that began while the form was being filled counts no more."""
        slots = ballots.ahead(conferences.find(session, submit.argument), turn.now)
        still = {slot.number: answers[slot.number] for slot in slots if slot.number in answers}
        return _count(turn, session, submit.argument, still).conference

    return Reply(conference.thanks(turn.text, await turn.db.write(count)))


@router.press("conference.name")
async def ask_name(turn: Turn, press: Press) -> Reply:
    seen = await _look(turn, press.argument)
    _needs_names(seen.conference)
    return Reply(form=conference_forms.own_name(turn.text, seen.conference.id, seen.name))


@router.submit("conference.named")
async def give_name(turn: Turn, submit: Submit) -> Reply:
    def write(session: Session) -> Ballot:
        conferences.held(session, submit.argument)
        found = asked.find(session, submit.argument, turn.member.id)
        _needs_names(found)
        ballots.call(session, found.id, turn.member.id, " ".join(submit.answers["name"].split()))
        conference_letters.show_votes(session, found, turn.now, turn.text)
        return ballots.look(session, found.id, turn.member.id, turn.now)

    return Reply(_pad(turn, await turn.db.write(write)), clear=True)


@router.press("conference.picture")
async def show_picture(turn: Turn, press: Press) -> Reply:
    """The whole table in words, and as a picture where one can be sent."""
    seen = await turn.db.read(lambda session: ballots.look(session, press.argument, turn.member.id, turn.now))
    picture = await asyncio.to_thread(poll_picture.table, turn.text, seen.conference, seen.voters)
    return Reply(conference_votes.in_words(turn.text, seen), files=(File("dates.png", picture),))


def _pad(turn: Turn, seen: Ballot, page: int = 1) -> Message:
    return conference_votes.pad(turn.text, seen, page, dialog=turn.event.modal)


async def _look(turn: Turn, conference_id: str) -> Ballot:
    """Refused where nobody may answer any more."""
    seen = await turn.db.read(lambda session: ballots.look(session, conference_id, turn.member.id, turn.now))
    if not seen.conference.open:
        raise Refused("conference_votes.closed" if seen.conference.asking else "conference.closed")
    if not seen.ahead:
        raise Refused("conference.past")
    return seen


def _fill(turn: Turn, session: Session, conference_id: str, *, over: bool) -> tuple[Ballot, tuple[PublicSlot, ...]]:
    """over: also where something else was answered before. With the slots that were answered so."""
    conferences.held(session, conference_id)
    seen = ballots.look(session, conference_id, turn.member.id, turn.now)
    slots = seen.ahead if over else seen.left
    return _count(turn, session, conference_id, dict.fromkeys(_numbers(slots), EVERY_SLOT)), slots


def _count(turn: Turn, session: Session, conference_id: str, answers: Mapping[int, Answer]) -> Ballot:
    """Everything that a vote changes, in its own transaction."""
    before = conferences.held(session, conference_id)
    waited = poll_closing.waits(session, before, turn.now)
    changed = polls.vote(session, conference_id, turn.member.id, answers, turn.now)
    if changed.revision != before.revision:
        conference_letters.show_votes(session, changed, turn.now, turn.text)
        if waited:  # opened once more where all had answered, it is open until its new end
            poll_closing.look(session, changed, turn.now, turn.text)
    return ballots.look(session, conference_id, turn.member.id, turn.now)


def _numbers(slots: Iterable[PublicSlot]) -> list[int]:
    return [slot.number for slot in slots]


def _needs_names(found: PublicConference) -> None:
    if not found.open:
        raise Refused("conference_votes.closed")
    if found.hidden:
        raise Refused("conference_votes.name_hidden")


def _marked(press: Press) -> tuple[str, int, Answer]:
    parts = press.argument.split(".")
    if len(parts) != 3:
        raise Refused("conference.stale")
    conference_id, number, value = parts
    return conference_id, _number(number), polls.as_answer(value)


def _page(press: Press) -> tuple[str, int]:
    conference_id, _, page = press.argument.partition(".")
    return conference_id, _number(page)


def _number(written: str) -> int:
    """Of a slot or a page, as our own buttons write it."""
    if not (written.isascii() and written.isdecimal() and len(written) <= 2):
        raise Refused("conference.stale")
    return int(written)
