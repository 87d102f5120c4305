"""その後どうですか, after a conference: in the morning of a working day, and never where another question is open."""

from datetime import datetime

from bot.language.workdays import next_working_morning
from bot.routing import conference_letters
from bot.scheduler.following_up import morning
from bot.store import aftermath, conferences, following_up, members, occurrences
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_after as cards
from bot.views.text import Text


def ask(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """Another date, or none any more, and it lapses."""
    found = conferences.on_occasion(session, occurrence.subject)
    if not aftermath.is_wished(session, found.id):
        return
    whom = aftermath.asked(session, found.id)
    recipient = members.recipient(session, whom) if whom else None
    if recipient is None:
        return
    begins = morning(now, rules)
    if begins == now and following_up.is_in_dialogue(session, recipient.address, now):
        begins = next_working_morning(now, rules.zone, rules.duty_opens)
    if begins > now:
        occurrences.plan(session, occurrence.kind, occurrence.subject, begins)
        return
    conference_letters.tell(
        session,
        [whom],
        f"aftermath:{occurrence.token}",
        lambda speaking: cards.question(speaking, found),
        now,
        text,
    )


KINDS = {aftermath.ASK: ask}
