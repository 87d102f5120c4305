"""What goes to others about a conference: the posts in the places, and letters to the people it concerns."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.chat.messages import Message
from bot.store import ballots, conferences, members, outbox, places, poll_posts, posts
from bot.store.conferences import PublicConference
from bot.store.outbox import Letter, shuffled
from bot.store.session import Session
from bot.views.cards import conference as cards
from bot.views.text import Text

Card = Callable[[Text], Message]


def post(session: Session, proposed: PublicConference, now: datetime, text: Text) -> None:
    """In every place, where everybody is asked; it stays there, and shows what becomes of it."""
    if proposed.audience != "places":
        return
    for place in places.every(session):
        card = cards.posted(text.speaking(place.language), proposed)
        key = posts.poll_key(proposed.id, place.id)
        outbox.put(session, Letter(key, place.address, card, now, lasting=True))


def update_posts(session: Session, changed: PublicConference, now: datetime, text: Text) -> None:
    """The posted cards show the newest state at once; an update that still waits says this instead."""
    _show(session, changed, now, now, text)


def show_votes(session: Session, changed: PublicConference, now: datetime, text: Text) -> None:
    """The same for each of many votes: at once after a pause, and then as often as a platform takes it."""
    _show(session, changed, poll_posts.due(session, changed.id, now), now, text)


def _show(session: Session, changed: PublicConference, moment: datetime, now: datetime, text: Text) -> None:
    if changed.audience != "places":
        return
    names = ballots.voters(session, changed)
    anew = False
    for place in places.every(session):
        card = cards.posted(text.speaking(place.language), changed, names)
        first = posts.poll_key(changed.id, place.id)
        letter = Letter(first, place.address, card, moment, replacing=first, again=False)
        anew = poll_posts.renew(session, letter) or anew
    if anew or moment <= now:
        poll_posts.will_be_shown(session, changed.id, moment)


def tell(
    session: Session,
    whom: Iterable[str],
    key: str,
    card: Card,
    now: datetime,
    text: Text,
    *,
    expires: datetime | None = None,
    again: bool = True,
) -> None:
    """One letter to each of these members who is still here. key: `kind:…`; the member is added to it."""
    for member_id in shuffled(set(whom)):
        if recipient := members.recipient(session, member_id):
            letter = card(text.speaking(recipient.language))
            outbox.put(
                session, Letter(f"{key}:{member_id}", recipient.address, letter, now, expires=expires, again=again)
            )


def responsible(session: Session, conference_id: str) -> list[str]:
    """Who proposed it, or, where they have left, every coordinator."""
    proposer = conferences.proposer_of(session, conference_id)
    return [proposer] if proposer else members.coordinating(session)
