"""Letters for a chat that takes nothing now: untried, found again, gone after a month."""

from datetime import timedelta

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import away, outbox
from bot.store.outbox import Letter
from bot.store.session import Session
from tests.store.people import HANA, KEN, NOW


def set_aside(session: Session, *letters: Letter) -> None:
    for letter in letters:
        assert outbox.put(session, letter)
    for _ in letters:
        for outgoing in outbox.claim(session, NOW):
            outbox.set_aside(session, outgoing)


def letter(key: str, address: Address = HANA, **options: object) -> Letter:
    return Letter(key, address, Message(body=key), NOW, **options)  # type: ignore[arg-type]


def claimed(session: Session, **later: int) -> list[str]:
    return [outgoing.letter.key for outgoing in outbox.claim(session, NOW + timedelta(**later))]


def test_what_is_set_aside_is_never_tried_and_keeps_nothing_waiting(session: Session) -> None:
    set_aside(session, letter("first"), letter("second"))
    assert claimed(session, days=29) == []
    outbox.put(session, letter("new"))
    assert claimed(session) == ["new"]


def test_a_chat_that_is_back_gets_its_own_letters_in_order_and_no_others(session: Session) -> None:
    set_aside(session, letter("one"), letter("notice", alone=True), letter("two"), letter("ken's", KEN))
    thread = Address(HANA.platform, HANA.space, HANA.channel, "17")
    assert away.release(session, thread) == 3
    found = []
    while outgoing := outbox.claim(session, NOW):
        found += [each.letter.key for each in outgoing]
        for each in outgoing:
            outbox.delivered(session, each, "r")
    assert [key for key in found if key != "notice"] == ["one", "two"]
    assert "notice" in found
    assert away.release(session, HANA) == 0
    assert away.release(session, KEN) == 1


def test_what_stands_under_a_waiting_letter_waits_with_it(session: Session) -> None:
    set_aside(session, letter("post", lasting=True))
    outbox.put(session, letter("answer", under="post"))
    (answer,) = outbox.claim(session, NOW)
    assert answer.under is None
    assert away.holds_what_it_belongs_to(session, answer)
    outbox.put(session, letter("stray", KEN, under="never was"))
    (stray,) = outbox.claim(session, NOW)
    assert not away.holds_what_it_belongs_to(session, stray)


def test_after_a_month_it_is_gone(session: Session) -> None:
    set_aside(session, letter("old"))
    away.forget_old(session, NOW + timedelta(days=29))
    assert outbox.open_count(session) == {"away": 1}
    away.forget_old(session, NOW + timedelta(days=31))
    assert outbox.open_count(session) == {}


def test_what_may_have_arrived_before_is_still_in_doubt_afterwards(session: Session) -> None:
    outbox.put(session, letter("twin?"))
    (first,) = outbox.claim(session, NOW)
    outbox.doubt(session, first, NOW)
    (second,) = outbox.claim(session, NOW)
    outbox.set_aside(session, second)
    assert away.release(session, HANA) == 1
    (third,) = outbox.claim(session, NOW)
    assert third.doubtful


def test_what_is_withdrawn_goes_from_here_too(session: Session) -> None:
    """Closing a worry takes back its notice, and the address in it."""
    set_aside(session, letter("notice"))
    outbox.withdraw(session, "notice")
    assert outbox.open_count(session) == {}
