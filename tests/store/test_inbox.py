"""Each event is stored once, sealed, handled once, and forgotten when done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.chat.events import Address, Command, Event, Press, Submit, Text
from bot.store import inbox
from bot.store.models import Inbox
from bot.store.session import Session
from tests.store.people import HANA, KEN, NOW

LATER = NOW + timedelta(hours=1)
WORDS = st.text(st.characters(), max_size=60)
BODIES = (
    st.builds(Text, WORDS)
    | st.builds(Command, WORDS, WORDS)
    | st.builds(Press, WORDS, WORDS)
    | st.builds(Submit, WORDS, st.dictionaries(WORDS, WORDS, max_size=3), WORDS)
)
EVENTS = st.builds(
    Event,
    id=WORDS,
    sender=WORDS,
    address=st.builds(Address, WORDS, WORDS, WORDS, WORDS),
    direct=st.booleans(),
    modal=st.booleans(),
    at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    body=BODIES,
)


def event(number: int = 1, person: Address = HANA, words: str = "訪問しても会えません。") -> Event:
    return Event(f"e{number}", person.channel, person, direct=True, modal=False, at=NOW, body=Text(words))


@given(EVENTS)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_do_comes_back_as_it_was(session: Session, happened: Event) -> None:
    assert inbox.receive(session, happened, NOW)
    assert inbox.waiting(session, LATER) == [happened]
    inbox.finish(session, happened)
    assert inbox.waiting(session, LATER) == []
    inbox.forget_old(session, NOW + timedelta(days=8))


def test_a_delivery_that_is_repeated_is_not_a_second_event(session: Session) -> None:
    assert inbox.receive(session, event(), NOW)
    assert not inbox.receive(session, replace(event(), at=NOW + timedelta(seconds=3)), NOW)
    inbox.finish(session, event())
    assert not inbox.receive(session, event(), NOW), "not even when it is done"
    assert inbox.receive(session, event(person=KEN), NOW), "the same number on another platform is another event"


def test_what_waits_comes_oldest_first(session: Session) -> None:
    for number in (3, 1, 2):
        inbox.receive(session, event(number), NOW + timedelta(minutes=number))
    assert [each.id for each in inbox.waiting(session, LATER)] == ["e1", "e2", "e3"]


def test_done_keeps_neither_words_nor_person(session: Session) -> None:
    inbox.receive(session, event(), NOW)
    inbox.finish(session, event())
    (row,) = session.rows(select(Inbox.token, Inbox.state, Inbox.event))
    assert (row.state, row.event) == ("done", None)
    assert HANA.channel not in row.token


def test_what_waits_is_sealed(session: Session) -> None:
    inbox.receive(session, event(words="plain words"), NOW)
    sealed = session.scalar(select(Inbox.event))
    assert b"plain words" not in sealed
    assert HANA.channel.encode() not in sealed


def test_an_event_that_fails_five_times_is_parked_and_stops_nobody(session: Session) -> None:
    inbox.receive(session, event(1), NOW)
    inbox.receive(session, event(2), NOW)
    assert [inbox.fail(session, event(1)) for _ in range(5)] == [False, False, False, False, True]
    assert [each.id for each in inbox.waiting(session, LATER)] == ["e2"]
    assert not inbox.receive(session, event(1), NOW), "a repeated delivery does not unpark it"


def test_failing_after_it_was_done_does_not_open_it_again(session: Session) -> None:
    """The effects are committed; only the answer in hand broke."""
    inbox.receive(session, event(), NOW)
    inbox.finish(session, event())
    assert not inbox.fail(session, event())
    assert inbox.waiting(session, LATER) == []


def test_only_what_is_over_is_forgotten(session: Session) -> None:
    for number in (1, 2, 3):
        inbox.receive(session, event(number), NOW)
    inbox.finish(session, event(1))
    for _ in range(5):
        inbox.fail(session, event(2))
    inbox.forget_old(session, NOW + timedelta(days=7))
    assert len(session.rows(select(Inbox.token))) == 3, "a platform may still repeat them"
    inbox.forget_old(session, NOW + timedelta(days=7, seconds=1))
    assert [each.id for each in inbox.waiting(session, LATER)] == ["e3"]
    assert len(session.rows(select(Inbox.token))) == 1
