"""Whoever took a day of duty is reminded when it begins, once."""

from datetime import date, datetime

from bot.store import outbox, rota
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import duty
from bot.views.text import Text


def remind(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    closes = datetime.combine(date.fromisoformat(occurrence.subject), rules.duty_closes, rules.zone)
    if now >= closes:
        return
    for number, each in enumerate(rota.volunteers_of(session, occurrence.due_at, rules)):
        card = duty.reminder(text.speaking(each.language))
        key = f"duty:begins:{occurrence.subject}:{number}"
        outbox.put(session, Letter(key, each.address, card, now, expires=closes, again=False))


KINDS = {rota.REMINDER: remind}
