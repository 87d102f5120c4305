"""What is kept, and for how long: of each kind the old row goes and its neighbour stays, on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.events import Event, Text
from bot.chat.messages import Message
from bot.scheduler import jobs
from bot.store import drafts, inbox, members, occurrences, outbox, posts, tombstones, worries
from bot.store.members import Role
from bot.store.models import Inbox, Occurrence, Outbox, Tombstone, Worry
from bot.store.outbox import Letter
from bot.store.retention import Retention
from bot.store.session import Session
from bot.views.text import Text as Words
from tests.store import lives
from tests.store.people import HANA, KEN, NOW
from tests.world import TOKYO

JA = Words("ja", TOKYO)
DAY = timedelta(days=1)


def forget(session: Session, now: datetime, **keep: timedelta) -> None:
    jobs.forget_old(session, now, Retention(**keep), JA)


def event(number: int, at: datetime) -> Event:
    return Event(f"event-{number}", "hana", HANA, direct=True, modal=False, at=at, body=Text("言葉"))


def test_what_was_handled_or_parked_is_known_for_seven_days_and_what_waits_stays(either: Session) -> None:
    for number, (state, days) in enumerate([("done", 8), ("parked", 8), ("done", 6), ("parked", 6), ("new", 90)]):
        inbox.receive(either, event(number, NOW), NOW - days * DAY)
        token = either.keys.token("event", HANA.platform, HANA.space, f"event-{number}")
        either.run(update(Inbox).where(col(Inbox.token) == token).values(state=state))
    forget(either, NOW)
    left = sorted((row.state, (NOW - row.received_at).days) for row in either.rows(select(Inbox.__table__)))  # type: ignore[attr-defined]
    assert left == [("done", 6), ("new", 90), ("parked", 6)]


def test_settled_letters_go_after_seven_days_and_unsettled_ones_do_not(either: Session) -> None:
    for number, state in enumerate(("delivered", "dead", "unknown", "unreadable", "ready", "doubtful")):
        for days in (8, 6):
            letter = Letter(f"{number} {days}", HANA, Message(body="x"), NOW - days * DAY)
            outbox.put(either, letter)
            token = either.keys.token("letter", letter.key)
            either.run(update(Outbox).where(col(Outbox.token) == token).values(state=state))
    forget(either, NOW)
    assert outbox.open_count(either) == dict.fromkeys(("delivered", "dead", "unknown", "unreadable"), 1) | {
        "ready": 2,
        "doubtful": 2,
    }


def test_letters_set_aside_go_after_thirty_days(either: Session) -> None:
    for days in (31, 29):
        outbox.put(either, Letter(f"{days}", HANA, Message(body="x"), NOW - days * DAY, alone=True))
    for outgoing in outbox.claim(either, NOW):
        outbox.set_aside(either, outgoing)
    forget(either, NOW)
    assert not lives.letter_there(either, "31")
    assert lives.letter_there(either, "29")


def test_where_a_closed_worry_stood_is_known_for_thirty_days_and_where_an_open_one_stands_for_good(
    either: Session,
) -> None:
    where = lives.place(either)
    closed, still = lives.shared(either, where), lives.shared(either, where)
    said, kept = lives.answered(either, closed, where), lives.answered(either, still, where)
    worries.close(either, closed.id, HANA, NOW)
    keys = [posts.worry_key(closed.id, where.id), posts.answer_key(said.id, where.id)]
    forget(either, NOW + 29 * DAY)
    assert [lives.letter_there(either, key) for key in keys] == [True, True]
    forget(either, NOW + 31 * DAY)
    assert [lives.letter_there(either, key) for key in keys] == [False, False]
    for key in (posts.worry_key(still.id, where.id), posts.answer_key(kept.id, where.id)):
        assert lives.letter_there(either, key)


def test_the_row_of_a_closed_worry_goes_after_thirty_days(either: Session) -> None:
    where = lives.place(either)
    ids = [lives.shared(either, where, now=NOW - 60 * DAY).id for _ in range(4)]
    for worry_id, days in zip(ids, (31, 29, 31), strict=False):
        worries.close(either, worry_id, HANA, NOW - days * DAY)
    either.run(update(Worry).where(col(Worry.id) == ids[2]).values(closed_at=None))  # as 0.1.0 left it
    forget(either, NOW)
    assert {row[0] for row in either.rows(select(col(Worry.id)))} == {ids[1], ids[3]}


def test_a_worry_nobody_speaks_in_is_closed_after_a_year_with_its_closing_letter(either: Session) -> None:
    where = lives.place(either)
    silent = lives.shared(either, where, now=NOW - 367 * DAY)
    answered = lives.shared(either, where, now=NOW - 367 * DAY)
    lives.answered(either, answered, where, now=NOW - 300 * DAY)
    fresh = lives.shared(either, where, now=NOW - 364 * DAY)
    forget(either, NOW)
    assert [each.id for each in worries.own(either, HANA)] == [answered.id, fresh.id]
    (closing,) = [each.letter for each in outbox.claim(either, NOW)]
    assert closing.replacing == posts.worry_key(silent.id, where.id)
    assert "この悩みは閉じられました" in closing.message.note
    assert [each.subject for each in tombstones.every(either)] == [silent.id]
    forget(either, NOW, worries=65 * DAY)
    assert worries.own(either, HANA) == [], "and sooner where the setting says so"


def test_so_many_at_once_are_closed_little_by_little(either: Session) -> None:
    where = lives.place(either)
    for _ in range(jobs.CLOSED_AT_ONCE + 1):
        worries.share(either, "x", [where.id], HANA, NOW - 400 * DAY)
    forget(either, NOW)
    assert len(worries.own(either, HANA)) == 1
    forget(either, NOW)
    assert worries.own(either, HANA) == []


def test_a_past_conference_goes_with_its_dates_votes_and_posts_after_half_a_year(either: Session) -> None:
    where = lives.place(either)
    before = lives.sizes(either)
    lives.conference(either, where, NOW - 181 * DAY)
    forget(either, NOW)
    assert lives.sizes(either) == before
    lives.conference(either, where, NOW - 179 * DAY)
    kept = lives.sizes(either)
    assert (kept["conference"], kept["slot"], kept["vote"], kept["outbox"]) == (1, 2, 2, 1)
    forget(either, NOW)
    assert lives.sizes(either) == kept
    forget(either, NOW, conferences=178 * DAY)
    assert lives.sizes(either) == before


def test_what_fell_due_goes_after_thirty_days_and_what_is_to_come_stays(either: Session) -> None:
    for days in (31, 29):
        occurrences.plan(either, "conference.reminder", "x", NOW - days * DAY)
    for due in occurrences.due(either, NOW):
        occurrences.finish(either, due)
    occurrences.plan(either, "conference.reminder", "y", NOW - 90 * DAY)
    forget(either, NOW)
    left = sorted((NOW - row.due_at).days for row in either.rows(select(Occurrence.__table__)))  # type: ignore[attr-defined]
    assert left == [29, 90]


def test_drafts_go_after_seven_days_and_codes_when_they_are_of_no_use(either: Session) -> None:
    drafts.keep(either, HANA, "asking", {}, NOW - 8 * DAY)
    drafts.keep(either, KEN, "asking", {}, NOW - 6 * DAY)
    for uses, days in ((1, -1), (0, 1), (1, 1)):
        members.invite(either, Role.SUPPORTER, uses, NOW + days * DAY)
    forget(either, NOW)
    assert (drafts.count(either, HANA), drafts.count(either, KEN)) == (0, 1)
    assert lives.sizes(either)["invitation"] == 1


@pytest.mark.parametrize(("keep", "left"), [(400 * DAY, 1), (30 * DAY, 0)])
def test_tombstones_stay_as_long_as_a_backup_may_live(either: Session, keep: timedelta, left: int) -> None:
    tombstones.bury(either, "worry", "old", NOW - 402 * DAY)
    tombstones.bury(either, "worry", "young", NOW - 399 * DAY)
    forget(either, NOW, tombstones=keep)
    assert len(either.rows(select(Tombstone.__table__))) == left  # type: ignore[attr-defined]
