"""その後どうですか: asked in the morning of a working day, and never where another question is open."""

from datetime import datetime, time

from bot.language.workdays import next_working_moment, next_working_morning
from bot.store import following_up, occurrences, outbox
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import following_up as cards
from bot.views.text import Text

NOON = time(12)


def ask(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """Asked or put off, nothing says afterwards when: a morning on which somebody was busy could tell who it was."""
    occurrences.forget(session, occurrence)
    worry_id = occurrence.subject
    if not following_up.is_wished(session, worry_id):
        return
    author = following_up.author(session, worry_id)
    if author is None:
        return
    begins = morning(now, rules)
    if begins == now and following_up.is_in_dialogue(session, author.address, now):
        begins = next_working_morning(now, rules.zone, rules.duty_opens)
    if begins > now:
        occurrences.plan(session, occurrence.kind, worry_id, begins)
        return
    card = cards.notice(text.speaking(author.language), worry_id)
    key = f"following_up:{worry_id}:{occurrence.token}"
    outbox.put(session, Letter(key, author.address, card, now, alone=True))


def morning(now: datetime, rules: Rules) -> datetime:
    """This moment, where it is one; where duty begins in the afternoon, that counts as the morning."""
    ends = min(rules.duty_closes, NOON) if rules.duty_opens < NOON else rules.duty_closes
    return next_working_moment(now, rules.zone, rules.duty_opens, ends)


KINDS = {following_up.ASK: ask}
