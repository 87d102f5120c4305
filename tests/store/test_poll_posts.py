"""The change of a card that waits is said anew in its place; one that is under way is followed by one more."""

from datetime import timedelta

from bot.chat.messages import Message
from bot.store import outbox, poll_posts
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from tests.store.people import HANA, NOW

FIRST = "conference:x:y:0"


def posted(session: Session) -> None:
    assert outbox.put(session, Letter(FIRST, HANA, Message("posted"), NOW, lasting=True))
    (card,) = outbox.claim(session, NOW)
    outbox.delivered(session, card, "r")


def renew(session: Session, words: str, **later: int) -> bool:
    moment = NOW + timedelta(**later)
    return poll_posts.renew(session, Letter(FIRST, HANA, Message(words), moment, replacing=FIRST, again=False))


def due(session: Session, **later: int) -> list[Outgoing]:
    return outbox.claim(session, NOW + timedelta(**later))


def test_what_waits_is_said_anew_at_its_own_moment(either: Session) -> None:
    posted(either)
    assert renew(either, "one", seconds=3)
    assert not renew(either, "two", seconds=6)
    assert due(either, seconds=2) == []
    (change,) = due(either, seconds=3)
    assert change.letter.message.body == "two"
    assert change.replacing == "r"
    outbox.delivered(either, change, "r")
    assert due(either, days=1) == []


def test_what_is_under_way_is_followed_by_one_more_again_and_again(either: Session) -> None:
    posted(either)
    assert renew(either, "0")
    for number in range(1, 6):
        (change,) = due(either, seconds=3 * number)
        assert change.letter.message.body == str(number - 1)
        assert renew(either, "not this", seconds=3 * number), "the other is under way"
        assert not renew(either, str(number), seconds=3 * number)
        outbox.delivered(either, change, "r")
    assert sum(outbox.open_count(either).values()) == 3, "the card, and never more than two changes"


def test_an_urgent_one_goes_at_once_with_the_newest(either: Session) -> None:
    posted(either)
    renew(either, "a vote", seconds=3)
    assert not renew(either, "decided")
    (change,) = due(either)
    assert change.letter.message.body == "decided"


def test_one_that_has_to_wait_for_its_platform_says_the_newest_when_it_may_go(either: Session) -> None:
    posted(either)
    renew(either, "one")
    (change,) = due(either)
    outbox.try_later(either, change, NOW + timedelta(minutes=5))
    assert not renew(either, "two")
    assert due(either, minutes=4) == [], "the platform said so"
    (change,) = due(either, minutes=5)
    assert change.letter.message.body == "two"


def test_nothing_leads_to_it_when_the_poll_is_over(either: Session) -> None:
    posted(either)
    renew(either, "one")
    poll_posts.forget(either, "x", "y")
    assert outbox.open_count(either) == {}
