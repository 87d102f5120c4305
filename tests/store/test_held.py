"""Worries that showed danger, and whether somebody has looked."""

from bot.store import held, reviews
from bot.store.session import Session
from tests.store import lives
from tests.store.people import NOW


def test_other_words_that_show_danger_are_looked_at_again(either: Session) -> None:
    worry = lives.shared(either, lives.place(either))
    held.review(either, worry.id, NOW)
    reviews.finish(either, worry.id)
    assert [each.open for each in reviews.queue(either)] == []
    held.review(either, worry.id, NOW)
    assert [each.whys for each in reviews.queue(either)] == [(held.DANGER,)]
