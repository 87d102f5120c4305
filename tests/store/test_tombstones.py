"""What was erased stays erased: a database taken back to an older state loses it again, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text, update
from sqlmodel import SQLModel, col

from bot.chat.errors import Refused
from bot.chat.messages import Message
from bot.store import (
    drafts,
    erasing,
    items,
    members,
    mine,
    occurrences,
    outbox,
    posts,
    reports,
    subjects,
    tombstones,
    worries,
)
from bot.store.keyed import key_of, table_of
from bot.store.members import Role
from bot.store.models import Answer, ItemKey, Outbox, Worry
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.store import lives
from tests.store.people import HANA, KEN, MIO, NOW

TODAY = datetime(2026, 11, 24, tzinfo=UTC)


def test_closing_buries_the_worry_and_tells_no_hour(either: Session) -> None:
    where = lives.place(either)
    worry = lives.shared(either, where)
    with pytest.raises(Refused):
        worries.close(either, worry.id, KEN, NOW)
    assert tombstones.every(either) == []
    worries.close(either, worry.id, HANA, NOW)
    assert tombstones.every(either) == [Tombstone("worry", worry.id, TODAY)]


def test_erasing_buries_each_thing_once(either: Session) -> None:
    where = lives.place(either)
    worry, other = lives.shared(either, where), lives.shared(either, where, KEN)
    said, own = lives.answered(either, other, where, HANA), lives.answered(either, worry, where, HANA)
    member = members.enter(either, HANA, Role.SUPPORTER, "ja", NOW)
    erasing.erase(either, member.id, HANA, mine.own(either, HANA), NOW)
    found = {(each.kind, each.subject) for each in tombstones.every(either)}
    assert found == {("worry", worry.id), ("answer", said.id), ("member", member.id)}
    assert own.id not in {each.subject for each in tombstones.every(either)}, "it went with its worry"


@pytest.mark.parametrize(("model", "column"), [(ItemKey, "wrapped"), (Worry, "body")])
def test_one_rotten_value_keeps_nobody_from_leaving(either: Session, model: type[SQLModel], column: str) -> None:
    """Neither the one whose worry it is in, nor everybody else, who is looked for in it, too."""
    where = lives.place(either)
    rotten, sound = lives.shared(either, where), lives.shared(either, where, KEN)
    people = {each: members.enter(either, each, Role.SUPPORTER, "ja", NOW) for each in (HANA, KEN)}
    table = table_of(model)
    either.run(update(table).where(key_of(table) == rotten.id).values({column: b"rotten"}))
    for person, member in people.items():
        erasing.erase(either, member.id, person, mine.own(either, person), NOW)
    assert members.count(either) == 0
    assert items.find(either, sound.id) is None


def test_no_order_of_the_rows_tells_what_one_person_erased_together(either: Session, either_engine: Engine) -> None:
    where = lives.place(either)
    for person in (HANA, KEN, MIO):
        own = [lives.shared(either, where, person) for _ in range(3)]
        member = members.enter(either, person, Role.SUPPORTER, "ja", NOW)
        worries.close(either, own[0].id, person, NOW)
        erasing.erase(either, member.id, person, mine.own(either, person), NOW)
    place = "ctid" if either_engine.dialect.name == "postgresql" else "rowid"
    lie = [row.subject for row in either.rows(text(f"SELECT subject FROM tombstone ORDER BY {place}"))]
    assert len(lie) == 12
    assert lie == sorted(lie)


def test_a_tombstone_of_who_left_is_of_the_day_on_which_its_worry_says_it_closed(either: Session) -> None:
    """As where somebody closes a worry and stays."""
    evening, where = NOW.replace(hour=18), lives.place(either)
    own = [lives.shared(either, where) for _ in range(12)]
    member = members.enter(either, HANA, Role.SUPPORTER, "ja", NOW)
    erasing.erase(either, member.id, HANA, mine.own(either, HANA), evening)
    closed = {row.id: row.closed_at.date() for row in either.rows(select(col(Worry.id), col(Worry.closed_at)))}
    buried = {each.subject: each.erased_at.date() for each in tombstones.every(either)}
    assert {worry.id: closed[worry.id] for worry in own} == {worry.id: buried[worry.id] for worry in own}


def test_tombstones_merge_once_and_only_such_as_are_known(either: Session) -> None:
    rows = [Tombstone("worry", "a", TODAY), Tombstone("member", "b", TODAY), Tombstone("gossip", "c", TODAY)]
    assert tombstones.merge(either, rows) == 2
    assert tombstones.merge(either, [replace(rows[0], erased_at=NOW), rows[1]]) == 0
    assert tombstones.every(either) == rows[:2]
    assert tombstones.every(either, since=NOW + timedelta(days=1)) == []


def test_an_older_state_loses_what_was_erased_since_and_nothing_else(either: Session) -> None:
    where = lives.place(either)
    gone, kept = lives.shared(either, where), lives.shared(either, where)
    withdrawn, said = lives.answered(either, kept, where), lives.answered(either, kept, where, MIO)
    left = members.enter(either, KEN, Role.SUPPORTER, "ja", NOW)
    stayed = members.enter(either, MIO, Role.SUPPORTER, "ja", NOW)
    for address in (KEN, MIO):
        drafts.keep(either, address, "resting", {}, NOW)
        outbox.put(either, Letter(f"for {address.channel}", address, Message(body="x"), NOW, alone=True))
    conference = lives.conference(either, where, NOW + timedelta(days=9), left.id)
    erased = (("worry", gone.id), ("answer", withdrawn.id), ("member", left.id), ("worry", "never here"))
    tombstones.merge(either, [Tombstone(kind, subject, TODAY) for kind, subject in erased])

    assert tombstones.apply(either, NOW) == 3
    assert items.find(either, gone.id) is None
    assert [each.id for each in worries.own(either, HANA)] == [kept.id]
    row = either.first(select(Answer.__table__).where(col(Answer.id) == withdrawn.id))  # type: ignore[attr-defined]
    assert (row.body, row.return_address, row.voice) == (b"", b"", withdrawn.voice)
    assert worries.read(either, said.id, HANA)[0].text == lives.SAID
    assert (members.recipient(either, left.id), members.recipient(either, stayed.id) is None) == (None, False)
    assert (drafts.count(either, KEN), drafts.count(either, MIO)) == (0, 1)
    assert not lives.letter_there(either, f"for {KEN.channel}")
    assert lives.letter_there(either, f"for {MIO.channel}")
    assert lives.sizes(either).get("vote", 0) == 0
    assert conference.id
    planned = {posts.taken_up(either, each.subject) for each in occurrences.due(either, NOW + timedelta(hours=21))}
    assert {(each.what, each.place) for each in planned if each} == {("worry", where.id), ("answer", where.id)}
    assert tombstones.apply(either, NOW) == 0


def test_a_backup_without_the_table_of_keys_is_darkened_all_the_same(either: Session) -> None:
    worry = lives.shared(either, lives.place(either))
    items.destroy(either, worry.id)
    tombstones.merge(either, [Tombstone("worry", worry.id, TODAY)])
    assert tombstones.apply(either) == 1
    assert tombstones.apply(either) == 0


def test_what_an_older_state_was_about_to_send_is_not_sent(either: Session) -> None:
    where = lives.place(either)
    worry = worries.share(either, lives.WORDS, [where.id], HANA, NOW)
    key = posts.worry_key(worry.id, where.id)
    lives.stands(either, key, where, lives.WORDS, arrived=False)
    outbox.claim(either, NOW)  # the backup was taken just then
    tombstones.merge(either, [Tombstone("worry", worry.id, TODAY)])
    tombstones.apply(either, NOW)
    assert either.rows(select(col(Outbox.seq))) == []


@pytest.mark.parametrize("restored", [False, True])
def test_who_left_has_reported_nothing_also_where_one_key_is_rotten(either: Session, *, restored: bool) -> None:
    """restored: a backup from before they left, held against what was erased."""
    where = lives.place(either)
    member = members.enter(either, KEN, Role.SUPPORTER, "ja", NOW)
    rotten, sound = (lives.shared(either, where) for _ in range(2))
    for worry in (rotten, sound):
        reports.add(either, subjects.find(either, worry.id), "harsh", KEN)
    either.run(update(ItemKey).where(col(ItemKey.item) == rotten.id).values(wrapped=b"rotten"))
    if restored:
        tombstones.bury(either, "member", member.id, NOW)
        tombstones.apply(either, NOW)
    else:
        erasing.erase(either, member.id, KEN, mine.own(either, KEN), NOW)
    assert members.count(either) == 0
    assert reports.reasons(either, sound.id) == {}
