"""Worries that waited are published together; what is told of their authors grows wider as members go."""

from contextlib import suppress
from datetime import datetime

from bot.chat.errors import Refused
from bot.chat.moments import Moment, reached
from bot.routing import standing
from bot.store import occurrences, publishing, widening, worries
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.views.text import Text


def publish_together(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """All of them or none, in this one transaction: a batch is never smaller than it was when it was found enough."""
    occurrences.forget(session, occurrence)  # after the clock was set back, the same time must be planned again
    ready = publishing.batch(session, now, rules)
    _publish(session, ready, now, text, rules)
    if rules.publish_times and (ready or publishing.anybody_waits(session)):  # or is being confirmed elsewhere just now
        occurrences.plan(session, publishing.TOGETHER, "", publishing.next_time(now, rules))


def publish_alone(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """At the random moment its author chose to have."""
    occurrences.forget(session, occurrence)
    _publish(session, [occurrence.subject], now, text, rules)


def widen_labels(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    occurrences.forget(session, occurrence)
    for worry_id in widening.widen(session, rules):
        standing.post_again(session, worries.find(session, worry_id), now, text)


def _publish(session: Session, worry_ids: list[str], now: datetime, text: Text, rules: Rules) -> None:
    publishing.mix(session, worry_ids)
    for worry_id in worry_ids:
        with suppress(Refused, WrongKey):  # taken back, or published already; a damaged row stays as it is
            standing.post(session, publishing.publish(session, worry_id, now, rules), now, text)
    if __debug__:
        reached(Moment.PUBLISHING)
