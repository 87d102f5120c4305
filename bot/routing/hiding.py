"""Words that somebody should look at: out of the places at once, back in place, and a notice to whoever wrote them."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta

from bot.chat.messages import Message
from bot.store import drafts, members, month_counts, outbox, places, posts, publishing, reviews, subjects
from bot.store.outbox import Letter, shuffled
from bot.store.packing import pack
from bot.store.posts import Post
from bot.store.rules import Rules
from bot.store.session import Session
from bot.store.subjects import Found, Subject
from bot.views.cards import moderation, reporting, worry
from bot.views.text import Text

KEEP_TOLD = timedelta(days=30)
"""So long a decision can be read again by the notice that told of it."""


def stop(session: Session, found: Found, why: str, now: datetime, text: Text) -> None:
    """What stands is replaced; what is under way says no more than what will stand there."""
    subject = found.subject
    if subject.state in subjects.SEEN:
        for place in places.among(session, subject.worry.places):
            card = reporting.out_of_sight(text.speaking(place.language))
            key = _standing(subject, place.id)
            posts.reword(session, Post("answer" if subject.answer else "worry", key, place.id), card)
            _replace(session, subject, place.id, card, now)
    subjects.stop(session, subject, why)
    month_counts.add(session, "held", now, text.timezone)


def let_go(session: Session, found: Found, now: datetime, text: Text, rules: Rules) -> None:
    """What was hidden stands again where it stood; what nobody has seen yet waits with the others for its time."""
    subject, answer = found.subject, found.subject.answer
    if subject.state not in subjects.SEEN:
        publishing.line_up(session, subject.id, now, rules)
        return
    subjects.release(session, subject)
    for place in places.among(session, subject.worry.places):
        speaking = text.speaking(place.language)
        card = worry.answer_in_thread(speaking, answer) if answer else worry.post(speaking, subject.worry)
        _replace(session, subject, place.id, card, now)


def mended(session: Session, worry_id: str, now: datetime, text: Text) -> None:
    """Whoever wrote it has changed it: where it was looked at, or is out of sight, somebody looks again."""
    if reviews.look_again(session, worry_id, now):
        call_coordinators(session, subjects.find(session, worry_id).subject, now, text)


def _replace(session: Session, subject: Subject, place_id: str, card: Message, now: datetime) -> None:
    for place in places.among(session, [place_id]):
        key = posts.changed_key(subject.id, place_id)
        outbox.put(session, Letter(key, place.address, card, now, replacing=_standing(subject, place_id)))


def _standing(subject: Subject, place_id: str) -> str:
    name = posts.answer_key if subject.answer else posts.worry_key
    return name(subject.id, place_id)


def tell_writer(session: Session, found: Found, now: datetime, text: Text, *, reason: str = "", line: str = "") -> None:
    """Without content; what was decided is read alone. line: a coordinator's own words, sealed with the item's key."""
    whom = found.writer()
    member = members.find(session, whom) if whom else None
    if whom is None or member is None:
        return
    sealed = b64encode(found.item.seal(line, "line")).decode() if line else ""
    content = {"subject": found.subject.id, "reason": reason, "line": sealed}
    errand = drafts.leave_errand(session, pack(content), now + KEEP_TOLD)
    card = reporting.notice(text.speaking(member.language), errand)
    outbox.put(session, Letter(f"told:{found.subject.id}:{errand}", whom, card, now, alone=True))


def call_coordinators(session: Session, subject: Subject, now: datetime, text: Text) -> None:
    """One notice to each, without content."""
    call = secrets.token_hex(8)
    for number, recipient in shuffled(enumerate(members.coordinators(session))):
        card = moderation.notice(text.speaking(recipient.language))
        key = f"review:{subject.id}:{call}:{number}"
        outbox.put(session, Letter(key, recipient.address, card, now, alone=True))


def reported(session: Session, found: Found, enough: bool, now: datetime, text: Text) -> None:
    """Enough hide it at once, unless a coordinator has looked at it before: then one looks again."""
    looked_at = reviews.was_looked_at(session, found.subject.id, reviews.DECIDED)
    anew = reviews.mark(session, found.subject, reviews.REPORTS, now)
    hides = enough and not looked_at and found.subject.state == "open"
    if hides:
        stop(session, found, reviews.REPORTS, now, text)
        tell_writer(session, found, now, text, reason=reviews.REPORTS)
    if hides or (looked_at and anew):
        call_coordinators(session, found.subject, now, text)
