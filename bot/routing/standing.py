"""What stands in the places: the post of a worry, first said and then kept true, and the posts of its answers."""

from datetime import datetime, timedelta

from bot.store import following_up, month_counts, occurrences, outbox, places, posts, unanswered
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.store.worries import AUTHOR, PublicAnswer, PublicWorry
from bot.views.cards import worry
from bot.views.text import Text


def post(session: Session, published: PublicWorry, now: datetime, text: Text) -> None:
    """The same in every place it was confirmed for, and to everyone there. From now on somebody should answer it."""
    for place in places.among(session, published.places):
        card = worry.post(text.speaking(place.language), published)
        key = posts.worry_key(published.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, lasting=True))
    unanswered.plan(session, published.id, now, text.timezone)
    following_up.plan(session, published.id, now, text.timezone)
    month_counts.add(session, "shared", now, text.timezone)


def post_again(session: Session, published: PublicWorry, now: datetime, text: Text) -> None:
    """What stands there says what is true now."""
    for place in places.among(session, published.places):
        card = worry.post(text.speaking(place.language), published)
        first = posts.worry_key(published.id, place.id)
        key = posts.changed_key(published.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, replacing=first))


def post_answer_again(session: Session, answer: PublicAnswer, now: datetime, text: Text) -> None:
    for place in places.among(session, answer.worry.places):
        card = worry.answer_in_thread(text.speaking(place.language), answer)
        key, first = posts.changed_key(answer.id, place.id), posts.answer_key(answer.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, replacing=first))


def soon(session: Session, worry_id: str, now: datetime) -> None:
    """Whatever changes within a minute is shown at once: platforms allow only so many changes of a message."""
    occurrences.plan(session, posts.SHOW_AGAIN, worry_id, _next_minute(now))


def answer_soon(session: Session, answer_id: str, now: datetime) -> None:
    occurrences.plan(session, posts.SHOW_ANSWER_AGAIN, answer_id, _next_minute(now))


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def post_answer(session: Session, answer: PublicAnswer, now: datetime, text: Text) -> None:
    for place in places.among(session, answer.worry.places):
        card = worry.answer_in_thread(text.speaking(place.language), answer)
        key, under = posts.answer_key(answer.id, place.id), posts.worry_key(answer.worry.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, under=under, lasting=True))
    if answer.voice != AUTHOR:
        unanswered.answered(session, answer.worry.id, now, text.timezone)
