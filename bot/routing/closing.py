"""What is said in the places when a worry ends there, or when somebody takes their own words back."""

from datetime import datetime

from bot.chat.messages import Message
from bot.store import members, month_counts, outbox, places, posts
from bot.store.authoring import SEEN, Withdrawn
from bot.store.outbox import Letter
from bot.store.posts import Post
from bot.store.session import Session
from bot.store.worries import PublicWorry
from bot.views.cards import line, worry
from bot.views.text import Text


def tell_closed(session: Session, closed: PublicWorry, now: datetime, text: Text) -> None:
    for place in places.among(session, closed.places if closed.state in SEEN else ()):
        speaking = text.speaking(place.language)
        card = worry.closed_for_good(speaking) if closed.state == "hidden" else worry.closed_post(speaking, closed)
        key, replacing = f"closed:{closed.id}:{place.id}", posts.worry_key(closed.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, replacing=replacing))
    month_counts.add(session, "closed", now, text.timezone)


def tell_withdrawn(session: Session, taken: Withdrawn, now: datetime, text: Text) -> None:
    """Nothing of it stands in the places any more; whoever answered is told once, without a word of it."""
    for place in places.among(session, taken.worry.places if taken.worry.state in SEEN else ()):
        card = worry.withdrawn_post(text.speaking(place.language))
        key, replacing = f"closed:{taken.worry.id}:{place.id}", posts.worry_key(taken.worry.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, replacing=replacing))
    for number, address in enumerate(taken.answered):
        if member := members.find(session, address):
            note = line(text.speaking(member.language), "worry.answered_withdrawn")
            outbox.put(session, Letter(f"withdrawn:{taken.worry.id}:{number}", address, note, now, alone=True))


def replace_post(session: Session, post: Post, now: datetime, text: Text) -> None:
    """One post of somebody who has left."""
    for place in places.among(session, [post.place]):
        card = _instead(text.speaking(place.language), post)
        outbox.put(session, Letter(f"erased:{post.key}", place.address, card, now, replacing=post.key))


def take_words_out(session: Session, post: Post, text: Text) -> None:
    """Of a letter that is under way: should it go once more, it says no more than what will stand there."""
    for place in places.among(session, [post.place]):
        posts.reword(session, post, _instead(text.speaking(place.language), post))


def _instead(text: Text, post: Post) -> Message:
    return worry.taken_back(text) if post.what == "answer" else worry.closed_for_good(text)
