"""事例検討会: propose times, answer ◯△✕, decide, tell everyone who answered, remind the day before."""

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.errors import Refused
from bot.chat.events import Command, Press, Submit
from bot.chat.messages import Message, Reply
from bot.language import dates, workdays
from bot.routing import notices
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, conferences, members, occurrences, outbox, places, posts
from bot.store.cases import Told
from bot.store.conferences import FEWEST_SLOTS, MOST_SLOTS, PublicConference
from bot.store.members import Role
from bot.store.outbox import Letter, shuffled
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import cases as cards
from bot.views.cards import conference, line

router = Router()

REMINDER = "conference.reminder"
REMIND_AT = time(9, 0)
DOUBT_SHOWN = 40
JUST_TOLD = timedelta(hours=3)
"""So soon after the decision a reminder would only say it twice."""


@router.command("conference")
async def list_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _overview(turn)


@router.press("conference.list")
async def list_all(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _overview(turn)


async def _overview(turn: Turn) -> Reply:
    coming = await turn.db.read(lambda session: conferences.coming(session, turn.now))
    return Reply(conference.overview(turn.text, coming, coordinator=turn.member.may(Role.COORDINATOR)))


@router.press("conference.show")
async def show(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: conferences.find(session, press.argument))
    return Reply(_card(turn, found))


def _card(turn: Turn, found: PublicConference) -> Message:
    if not found.open:
        return conference.fixed(turn.text, found)
    if turn.member.may(Role.COORDINATOR):
        return conference.for_coordinator(turn.text, found)
    return conference.poll(turn.text, found)


@router.press("conference.new", Role.COORDINATOR)
async def begin(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    if not await turn.db.read(places.every):
        raise Refused("conference.no_place")
    return Reply(form=forms.conference(turn.text))


@router.submit("conference.propose", Role.COORDINATOR)
async def propose(turn: Turn, submit: Submit) -> Reply:
    starts = _read_times(turn, submit.answers["times"])
    theme, minutes = submit.answers["theme"], int(submit.answers["minutes"])

    def post(session: Session) -> PublicConference:
        proposed = conferences.propose(session, theme, minutes, starts, turn.member.id)
        for place in places.every(session):
            card = conference.poll(turn.text.speaking(place.language), proposed)
            key = posts.poll_key(proposed.id, place.id)
            outbox.put(session, Letter(key, place.address, card, turn.now, lasting=True))
        if submit.argument:
            _tell_author(turn, session, proposed, cases.begin(session, submit.argument, proposed.id), "begun")
        return proposed

    proposed = await turn.db.write(post)
    return Reply(conference.for_coordinator(turn.text, proposed))


def _read_times(turn: Turn, lines: str) -> list[datetime]:
    """2 to 10 different times ahead; otherwise the form comes back, asking what was meant."""
    parsed = dates.parse(lines, turn.now.astimezone(turn.text.timezone))
    if parsed.cut:
        raise Refused("conference.many", field="times")
    for doubt in parsed.doubts:
        words = doubt.text[:DOUBT_SHOWN]
        if doubt.nearest is None:
            raise Refused(f"conference.unclear.{doubt.question}", field="times", text=words)
        nearest = turn.text.when(doubt.nearest.start)
        raise Refused(f"conference.meant.{doubt.question}", field="times", text=words, nearest=nearest)
    starts = sorted({slot.start for slot in parsed.slots})
    if len(starts) < FEWEST_SLOTS:
        raise Refused("conference.few", field="times")
    if len(starts) > MOST_SLOTS:
        raise Refused("conference.many", field="times")
    return starts


@router.press("conference.vote")
async def open_vote(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> tuple[PublicConference, dict[int, str]]:
        found = conferences.find(session, press.argument)
        if not found.open:
            raise Refused("conference.closed")
        return found, conferences.votes_of(session, found.id, turn.member.id)

    found, own = await turn.db.read(look)
    return Reply(form=forms.vote(turn.text, found, own))


@router.submit("conference.vote")
async def vote(turn: Turn, submit: Submit) -> Reply:
    answers = {int(name.removeprefix("slot")): conferences.as_answer(value) for name, value in submit.answers.items()}

    def count(session: Session) -> PublicConference:
        changed = conferences.vote(session, submit.argument, turn.member.id, answers, turn.now)
        _update_posts(turn, session, changed)
        return changed

    return Reply(conference.thanks(turn.text, await turn.db.write(count)))


def _update_posts(turn: Turn, session: Session, changed: PublicConference) -> None:
    """The posted cards show the newest state; an update nobody began to carry is taken back."""
    for place in places.every(session):
        text = turn.text.speaking(place.language)
        card = conference.poll(text, changed) if changed.open else conference.fixed(text, changed)
        if changed.revision > 1:
            outbox.withdraw(session, posts.poll_key(changed.id, place.id, changed.revision - 1))
        key, first = posts.poll_key(changed.id, place.id, changed.revision), posts.poll_key(changed.id, place.id)
        outbox.put(session, Letter(key, place.address, card, turn.now, replacing=first, again=False))


@router.press("conference.decide", Role.COORDINATOR)
async def which_slot(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: conferences.find(session, press.argument))
    if not found.open:
        raise Refused("conference.closed")
    return Reply(conference.which_slot(turn.text, found))


@router.press("conference.choose", Role.COORDINATOR)
async def confirm(turn: Turn, press: Press) -> Reply:
    conference_id, number = _slot(press)
    found = await turn.db.read(lambda session: conferences.find(session, conference_id))
    slot = next((slot for slot in found.slots if slot.number == number), None)
    if slot is None or not found.open:
        raise Refused("conference.closed" if slot else "conference.stale")
    return Reply(conference.confirm(turn.text, found, slot))


@router.press("conference.fix", Role.COORDINATOR)
async def decide(turn: Turn, press: Press) -> Reply:
    conference_id, number = _slot(press)
    found = await turn.db.read(lambda session: conferences.find(session, conference_id))
    starts = {slot.number: slot.starts_at for slot in found.slots}
    if number not in starts:
        raise Refused("conference.stale")
    # read, think, then write: the calendar takes a moment to load
    reminder_at = await asyncio.to_thread(_reminder_time, starts[number], turn.now, turn.text.timezone)
    await turn.db.write(lambda session: _decide(turn, session, conference_id, number, reminder_at))
    return Reply(line(turn.text, "conference.decided"), replace=True)


def _decide(turn: Turn, session: Session, conference_id: str, number: int, reminder_at: datetime | None) -> None:
    decided = conferences.decide(session, conference_id, number, turn.now)
    _update_posts(turn, session, decided)
    for member_id in shuffled(conferences.answered_by(session, conference_id)):
        recipient = members.recipient(session, member_id)
        if recipient:
            card = conference.fixed(turn.text.speaking(recipient.language), decided)
            outbox.put(session, Letter(f"fixed:{conference_id}:{member_id}", recipient.address, card, turn.now))
    if about := cases.of(session, conference_id):
        _tell_author(turn, session, decided, about, "fixed")
    if reminder_at:
        occurrences.plan(session, REMINDER, conference_id, reminder_at)


def _tell_author(turn: Turn, session: Session, about: PublicConference, told: Told, what: str) -> None:
    """Of the worry it is about: whoever that is, they hear it alone, and without content."""
    key = f"case:{about.id}:{what}"
    notices.tell(turn, session, told.worry.id, told.author, key, lambda text: cards.news(text, told.worry))


def _reminder_time(starts_at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The morning of the working day before, or the next working moment where that has passed; None where a
    reminder would come too late or only say again what was just said."""
    day_before = workdays.workday_before(starts_at.astimezone(zone).date())
    moment = max(datetime.combine(day_before, REMIND_AT, zone), workdays.next_working_moment(now, zone))
    return moment if now + JUST_TOLD < moment < starts_at else None


def _slot(press: Press) -> tuple[str, int]:
    conference_id, _, number = press.argument.partition(".")
    if not number.isdecimal():
        raise Refused("conference.stale")
    return conference_id, int(number)
