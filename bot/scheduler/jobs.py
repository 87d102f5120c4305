"""What becomes due, as functions of (session, now): each only reads rows and puts letters."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.chat.moments import Moment, reached
from bot.routing import duty, noticing, standing
from bot.routing.closing import replace_post, tell_closed
from bot.scheduler import (
    aftermath,
    conference_clashes,
    conference_reminders,
    conference_roles,
    conference_seats,
    daily_lines,
    duty_days,
    following_up,
    meetings,
    poll_reminders,
    series,
    unanswered,
)
from bot.scheduler import sheets as sheet_letters
from bot.scheduler.publishing import publish_alone, publish_together, widen_labels
from bot.store import (
    acts,
    answers,
    away,
    conferences,
    drafts,
    ended,
    gaps,
    inbox,
    labels,
    learnings,
    members,
    occurrences,
    outbox,
    pauses,
    peer_notes,
    posts,
    publishing,
    rota,
    sheets,
    tombstones,
    worries,
)
from bot.store import series as conference_series
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter
from bot.store.retention import Retention
from bot.store.rules import Rules
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.views.cards import danger
from bot.views.text import Text

CLOSED_AT_ONCE = 20
"""Most worries that one tick closes because nothing was said in them: places must not fill with our lines."""

Kind = Callable[[Session, Occurrence, datetime, Text, Rules], None]


def take_post_back(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Of somebody who left: this one, at its own moment, and nothing says afterwards what else went then."""
    if post := posts.taken_up(session, occurrence.subject):
        replace_post(session, post, now, text)
    occurrences.forget(session, occurrence)


def show_post_again(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    standing.post_again(session, worries.find(session, occurrence.subject), now, text)


def show_answer_again(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    standing.post_answer_again(session, answers.find(session, occurrence.subject), now, text)


def let_learning_arrive(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Nothing says afterwards when."""
    learnings.arrive(session, occurrence.subject)
    occurrences.forget(session, occurrence)


def let_peer_note_arrive(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """The same."""
    peer_notes.arrive(session, occurrence.subject)
    occurrences.forget(session, occurrence)


def call_next(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    duty.next_one(session, occurrence.subject, now, rules, text)


def ask_once_more(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    """Who left words that showed danger for later, if they are still there."""
    errand = drafts.do_errand(session, occurrence.subject)
    address = Address(*errand["address"]) if errand else None
    member = members.find(session, address) if address else None
    if errand and address and drafts.take(session, errand["held"], address, now):
        speaking = text.speaking(member.language) if member else text
        card = danger.ask_again(speaking, errand["held"])
        outbox.put(session, Letter(f"again:{errand['held']}", address, card, now, again=False, alone=True))


KINDS: Mapping[str, Kind] = {
    posts.TAKE_BACK: take_post_back,
    posts.SHOW_AGAIN: show_post_again,
    posts.SHOW_ANSWER_AGAIN: show_answer_again,
    learnings.ARRIVES: let_learning_arrive,
    peer_notes.ARRIVES: let_peer_note_arrive,
    publishing.TOGETHER: publish_together,
    publishing.ALONE: publish_alone,
    labels.WIDEN: widen_labels,
    duty.STEP: call_next,
    noticing.ASK_AGAIN: ask_once_more,
    **aftermath.KINDS,
    **conference_clashes.KINDS,
    **conference_reminders.KINDS,
    **conference_roles.KINDS,
    **conference_seats.KINDS,
    **daily_lines.KINDS,
    **duty_days.KINDS,
    **following_up.KINDS,
    **series.KINDS,
    **meetings.KINDS,
    **poll_reminders.KINDS,
    **sheet_letters.KINDS,
    **unanswered.KINDS,
}


def happen(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """One occurrence: its letters and its `done` belong in one transaction, and in no other occurrence's."""
    if occurrences.finish(session, occurrence):
        with suppress(Refused, WrongKey):  # what it was about is gone, or rotten and stands in no other's way
            KINDS[occurrence.kind](session, occurrence, now, text, rules)
        if __debug__:
            reached(Moment.FALLING_DUE)


def forget_old(session: Session, now: datetime, keep: Retention, text: Text) -> None:
    """Everything whose time has come; docs/privacy.md lists it."""
    for room in (drafts, inbox, members, outbox, away, occurrences, ended, rota, pauses):
        room.forget_old(session, now)
    sheets.forget_old(session, now, keep.sheets)
    conferences.forget_past(session, now - keep.conferences)
    conference_series.forget_ended(session)
    tombstones.forget_old(session, now, keep.tombstones)
    acts.forget_old(session, now, keep.acts)
    gaps.forget_old(session, now - keep.gaps, text.timezone)
    for closed in ended.close_unanswered(session, now - keep.worries, now, CLOSED_AT_ONCE):
        tell_closed(session, closed, now, text)
