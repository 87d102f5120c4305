"""Taking away what was erased, row by row; whoever calls says why, and buries what it was about."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.chat.events import Address
from bot.store import drafts, inbox, items, looking_after, mailroom, members, opinions, outbox, posts, withdrawing
from bot.store.community_models import Mute, Reaction, Report, Review, Talk
from bot.store.conference_models import Conference, MeetingNote, Series, Sheet
from bot.store.hours import to_the_hour as to_the_hour
from bot.store.mine import Own
from bot.store.models import Answer, Inbox, Worry
from bot.store.packing import event_from_dict, unpack
from bot.store.seal import UNREADABLE, WrongKey
from bot.store.session import Session


def darken_worry(session: Session, worry_id: str, places: Sequence[str], now: datetime, closed_at: datetime) -> None:
    """Destroys the key, so that not even ours finds the way back; its posts are let go."""
    answers = [row.id for row in session.rows(select(col(Answer.id)).where(col(Answer.worry) == worry_id))]
    for answer_id in answers:
        _withdraw_notices(session, answer_id)
    mailroom.erase(session, {worry_id, *answers})
    for place in places:
        posts.let_go(session, posts.worry_key(worry_id, place), now)
        for answer_id in answers:
            posts.let_go(session, posts.answer_key(answer_id, place), now)
    items.destroy(session, worry_id)
    looking_after.forget(session, worry_id)
    for about in (Reaction, Mute, Talk, Report, Review):
        session.run(delete(about).where(col(about.worry) == worry_id))
    session.run(delete(Conference).where(col(Conference.worry) == worry_id, col(Conference.state) == "wished"))
    session.run(update(Conference).where(col(Conference.worry) == worry_id).values(worry=None))
    session.run(delete(Answer).where(col(Answer.worry) == worry_id))
    session.run(
        update(Worry)
        .where(col(Worry.id) == worry_id)
        .values(
            state="closed",
            body=b"",
            places=b"",
            return_address=b"",
            closing_token="",
            label=None,
            release_at=None,
            held_for=None,
            closed_at=to_the_hour(closed_at),
        )
    )


def silence_answer(session: Session, answer_id: str) -> None:
    """Overwrites its words, its way back and what told its voice from others; the voice's name stays taken."""
    row = session.first(select(col(Answer.worry), col(Answer.voice_token)).where(col(Answer.id) == answer_id))
    if row is None:
        return
    _withdraw_notices(session, answer_id)
    mailroom.erase(session, {answer_id})
    for about in (Report, Review):
        session.run(delete(about).where(col(about.subject) == answer_id))
    session.run(delete(Reaction).where(col(Reaction.subject) == answer_id))
    session.run(delete(Talk).where(col(Talk.answer) == answer_id))
    session.run(
        update(Answer)
        .where(col(Answer.worry) == row.worry, col(Answer.reader_token) == row.voice_token)
        .values(reader_token="")
    )
    values = {"body": b"", "return_address": b"", "name": None, "voice_token": secrets.token_hex(16)}
    session.run(update(Answer).where(col(Answer.id) == answer_id).values(**values))


def forget_sheet(session: Session, sheet_id: str) -> None:
    """Of a case: its own key, and its row."""
    items.destroy(session, sheet_id)
    session.run(delete(Sheet).where(col(Sheet.id) == sheet_id))


def forget_marks(session: Session, own: Own) -> None:
    """What somebody pressed, and whose notices they did not want. No post is changed for it: all at one time, they
    would tell of one person."""
    for subject, kind, token in own.pressed:
        theirs = (col(Reaction.subject) == subject, col(Reaction.kind) == kind, col(Reaction.token) == token)
        session.run(delete(Reaction).where(*theirs))
    for worry_id, token in own.muted:
        session.run(delete(Mute).where(col(Mute.worry) == worry_id, col(Mute.token) == token))


def _withdraw_notices(session: Session, answer_id: str) -> None:
    for key in posts.notices_about(answer_id):
        outbox.withdraw(session, key)


def forget_person(session: Session, member_id: str, person: Address) -> None:
    """The member, their votes, drafts, reports and opinions, letters that wait for them, and what was parked."""
    drafts.discard_all(session, person)
    withdrawing.all_to(session, person)
    mailroom.erase(session, (), person)
    _forget_parked(session, person)
    _forget_reports(session, person)
    opinions.forget(session, person)
    for theirs in (Conference, Series):
        session.run(update(theirs).where(col(theirs.proposer) == member_id).values(proposer=""))
    session.run(update(MeetingNote).where(col(MeetingNote.holder) == member_id).values(holder=""))
    members.leave(session, member_id)


def _forget_parked(session: Session, person: Address) -> None:
    for row in session.rows(select(col(Inbox.token), col(Inbox.event)).where(col(Inbox.state) == inbox.PARKED)):
        try:
            event = event_from_dict(unpack(session.keys.box.open(row.event, row.token)))
        except UNREADABLE:
            continue
        if _same_chat(event.private, person):
            session.run(delete(Inbox).where(col(Inbox.token) == row.token))


def _forget_reports(session: Session, person: Address) -> None:
    """Of a worry whose key is rotten nobody can tell who reported it: that keeps nobody from leaving."""
    for row in session.rows(select(col(Report.worry)).distinct()):
        with suppress(WrongKey):
            if item := items.find(session, row.worry):
                theirs = (col(Report.worry) == row.worry, col(Report.token) == item.token(person))
                session.run(delete(Report).where(*theirs))


def _same_chat(one: Address, other: Address) -> bool:
    return (one.platform, one.space, one.channel) == (other.platform, other.space, other.channel)
