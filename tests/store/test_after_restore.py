"""What restored rows are told of the time since the backup: letters that may have gone, events that were heard."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.chat.events import Command, Event
from bot.chat.messages import Message
from bot.store import cursors, inbox, items, outbox, restoring, worries
from bot.store.models import Outbox
from bot.store.outbox import Letter
from bot.store.restoring import Mended
from bot.store.session import Session
from bot.store.tombstones import Tombstone
from tests.store.people import HANA, KEN, LATER, NOW
from tests.store.saving import backup, change, founded, look, restore


@pytest.fixture
def current(tmp_path: Path) -> Path:
    return founded(tmp_path / "data")


def letters(session: Session) -> dict[str, tuple[str, int]]:
    found = session.rows(select(Outbox.token, Outbox.state, Outbox.doubts))
    names = {session.keys.token("letter", name): name for name in ("due", "sending", "later", "away", "arrived")}
    return {names[row.token]: (row.state, row.doubts) for row in found}


def put(name: str, state: str = "ready", not_before: datetime = NOW) -> Any:
    def work(session: Session) -> None:
        outbox.put(session, Letter(name, KEN, Message("hello"), not_before))
        token = session.keys.token("letter", name)
        session.run(Outbox.__table__.update().where(col(Outbox.token) == token).values(state=state))  # type: ignore[attr-defined]

    return work


def event(name: str) -> Event:
    return Event(name, HANA.channel, HANA, True, False, NOW, Command("help"))


def test_letters_that_may_have_gone_are_in_doubt_and_those_of_the_future_are_not(current: Path) -> None:
    tomorrow = LATER + timedelta(days=1)
    change(current, put("due"), put("sending", "sending"), put("later", not_before=tomorrow), put("away", "away"))
    file = backup(current)
    current.unlink()
    mended, _ = restore(file, current)
    assert mended.doubtful == 3
    assert look(current, letters) == {
        "due": ("doubtful", 1), "sending": ("doubtful", 1), "later": ("ready", 0), "away": ("away", 1),
    }  # fmt: skip


def test_a_server_that_was_restored_by_its_own_programs_is_told_the_same(either: Session) -> None:
    worry = worries.share(either, "消したはずの悩みです", ["place"], HANA, NOW)
    put("due")(either)
    put("later", not_before=LATER + timedelta(days=1))(either)
    erased = [Tombstone("worry", worry.id, NOW)]
    assert restoring.catch_up(either, erased, LATER) == Mended(doubtful=1, erased=1)
    assert restoring.bury_again(either, erased, LATER) == 0, "a second time there is nothing left to do"
    assert letters(either) == {"due": ("doubtful", 1), "later": ("ready", 0)}
    assert items.find(either, worry.id) is None


def test_a_sound_database_that_goes_hands_over_what_it_heard_and_carried(current: Path) -> None:
    change(
        current, put("arrived"), put("due"),
        lambda session: inbox.receive(session, event("handled since"), NOW),
        lambda session: cursors.keep(session, "slack", "heard", "then"),
    )  # fmt: skip
    file = backup(current)

    def goes_on(session: Session) -> None:
        outgoing = next(each for each in outbox.claim(session, LATER) if each.letter.key == "arrived")
        outbox.delivered(session, outgoing, "ref")
        inbox.receive(session, event("new since"), LATER)
        inbox.finish(session, event("new since"))
        cursors.keep(session, "slack", "heard", "now")

    change(current, goes_on)
    restore(file, current)
    assert look(current, letters) == {"arrived": ("delivered", 0), "due": ("doubtful", 1)}
    assert look(current, lambda session: cursors.recall(session, "slack", "heard")) == "now"
    assert look(current, lambda session: inbox.is_waiting(session, event("handled since"))), "its effects are gone"

    def comes_again(session: Session) -> None:
        assert not inbox.receive(session, event("new since"), LATER)

    change(current, comes_again)


def test_an_older_copy_that_goes_hands_over_nothing(current: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    change(current, lambda session: cursors.keep(session, "slack", "heard", "then"))
    shutil.copy(current, older)
    change(
        current,
        lambda session: cursors.keep(session, "slack", "heard", "now"),
        lambda session: inbox.receive(session, event("newer"), LATER),
    )
    file = backup(current)
    shutil.copy(older, current)
    restore(file, current)
    assert look(current, lambda session: cursors.recall(session, "slack", "heard")) == "now"
