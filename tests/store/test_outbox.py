"""Promises to speak: in order within a chat, never waiting for another chat, settled once, then forgotten."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import col, select

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox, stranded
from bot.store.models import Outbox
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from tests.store.outbox_machine import OutboxMachine
from tests.store.people import HANA, KEN, KEYS, NOW


def put(session: Session, key: str, address: Address = HANA, moment: datetime = NOW, **options: object) -> None:
    assert outbox.put(session, Letter(key, address, Message(body=key), moment, **options))  # type: ignore[arg-type]


def keys(claimed: list[Outgoing]) -> list[str]:
    return [each.letter.key for each in claimed]


def claim(session: Session, **later: int) -> list[Outgoing]:
    return outbox.claim(session, NOW + timedelta(**later))


def test_a_chat_speaks_in_order_one_letter_at_a_time(session: Session) -> None:
    for key in ("first", "second", "third"):
        put(session, key)
    for key in ("first", "second", "third"):
        (outgoing,) = claim(session)
        assert outgoing.letter.key == key
        assert claim(session) == []
        outbox.delivered(session, outgoing, "r")
    assert claim(session) == []


def test_a_thread_is_no_chat_of_its_own(session: Session) -> None:
    put(session, "post", KEN)
    put(session, "in thread", Address(KEN.platform, KEN.space, KEN.channel, "17"))
    assert keys(claim(session)) == ["post"]


def test_a_blocked_chat_stops_no_other(session: Session) -> None:
    put(session, "stuck", HANA)
    (stuck,) = claim(session)
    outbox.try_later(session, stuck, NOW + timedelta(hours=1))
    put(session, "behind", HANA)
    put(session, "free", KEN)
    assert keys(claim(session)) == ["free"]
    assert keys(claim(session, minutes=59)) == []
    assert keys(claim(session, minutes=60)) == ["stuck"]


def test_a_letter_for_tomorrow_lets_todays_pass(session: Session) -> None:
    put(session, "tomorrow", HANA, NOW + timedelta(days=1))
    put(session, "today", HANA)
    assert keys(claim(session)) == ["today"]


def test_a_letter_that_falls_due_waits_for_the_one_of_its_chat_that_is_on_its_way(session: Session) -> None:
    put(session, "in a minute", HANA, NOW + timedelta(minutes=1))
    put(session, "now", HANA)
    assert keys(claim(session)) == ["now"]
    assert keys(claim(session, minutes=2)) == []
    stranded.recover(session)
    assert keys(claim(session, minutes=2)) == ["in a minute"]


def test_hundreds_of_chats_are_served_in_turns(session: Session) -> None:
    for number in range(100):
        put(session, f"n{number}", Address("slack", "team", f"u{number}"))
    assert keys(claim(session)) == [f"n{number}" for number in range(64)]
    assert keys(claim(session)) == [f"n{number}" for number in range(64, 100)]


def test_what_waits_can_be_taken_back_and_what_is_being_carried_cannot(session: Session) -> None:
    put(session, "fresh")
    outbox.withdraw(session, "fresh")
    assert claim(session) == []
    put(session, "fresh")
    (begun,) = claim(session)
    outbox.withdraw(session, "fresh")
    outbox.doubt(session, begun, NOW)
    assert keys(claim(session)) == ["fresh"]


def test_a_key_is_a_promise_given_once(session: Session) -> None:
    put(session, "once")
    (outgoing,) = claim(session)
    outbox.delivered(session, outgoing, "r")
    assert not outbox.put(session, Letter("once", HANA, Message(body="again"), NOW))
    assert claim(session) == []


def test_a_later_letter_finds_where_the_lasting_one_stands(session: Session) -> None:
    put(session, "post", KEN, lasting=True)
    put(session, "passing", HANA)
    for outgoing in claim(session):
        outbox.delivered(session, outgoing, f"where {outgoing.letter.key} stands")
    put(session, "answer", KEN, under="post")
    put(session, "edit", HANA, replacing="passing")
    answer, edit = claim(session)
    assert (answer.under, answer.replacing) == ("where post stands", None)
    assert (edit.under, edit.replacing) == (None, None), "what does not last is forgotten"


def test_delivered_letters_keep_no_word_and_no_address_and_no_settled_one_its_lane(session: Session) -> None:
    for number, state in enumerate(("delivered", "dead", "unknown")):
        put(session, state, Address("slack", "team", f"u{number}"), lasting=True)
    for outgoing in claim(session):
        if outgoing.letter.key == "delivered":
            outbox.delivered(session, outgoing, "1700000000.1")
        else:
            outbox.give_up(session, outgoing, outgoing.letter.key, "Unreachable")
    rows = session.rows(select(*Outbox.__table__.columns).order_by(col(Outbox.seq)))  # type: ignore[attr-defined]
    assert [(row.state, row.lane, row.letter is None, row.reason) for row in rows] == [
        ("delivered", None, True, None),
        ("dead", None, False, "Unreachable"),
        ("unknown", None, False, "Unreachable"),
    ]
    assert [row.reference is None for row in rows] == [False, True, True]
    assert b"1700000000" not in rows[0].reference


def test_a_letter_is_sealed_to_its_row(session: Session) -> None:
    put(session, "secret words", HANA)
    row = session.first(select(Outbox.token, Outbox.letter, Outbox.lane))
    assert b"secret words" not in row.letter
    assert HANA.channel.encode() not in row.letter
    assert HANA.channel not in row.lane + row.token
    assert KEYS.box.open(row.letter, row.token)


def test_who_asks_how_much_waits_gets_numbers(session: Session) -> None:
    put(session, "one")
    put(session, "two", KEN)
    put(session, "three", KEN)
    claim(session)
    assert outbox.open_count(session) == {"ready": 1, "sending": 2}


def test_the_outbox_does_what_its_model_says(engine: Engine) -> None:
    run_state_machine_as_test(
        lambda: OutboxMachine(engine),  # type: ignore[arg-type]
        settings=settings(max_examples=40, stateful_step_count=30, deadline=None),
    )
