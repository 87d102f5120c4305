"""今日の一行: one entry of the frame for everybody who chose this time, on working days, and never a burst."""

from contextlib import suppress
from datetime import datetime

from bot.knowledge.frame import frame_entries
from bot.store import daily_lines, members, outbox
from bot.store.daily_lines import Reader
from bot.store.occurrences import Occurrence
from bot.store.outbox import Letter, shuffled
from bot.store.rules import Rules
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.views.cards import daily_line
from bot.views.text import LANGUAGES, Text


def send_lines(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:
    """Late after a downtime, if it is still the day for it; however many days were missed, one."""
    at, today = occurrence.subject, now.astimezone(rules.zone).date()
    everybody = daily_lines.everybody(session, at)
    until = daily_lines.ends_today(at, now, rules)
    if everybody:
        daily_lines.plan_next(session, at, now, rules)
    for reader in shuffled(everybody):
        if until and reader.sent_on != today.isoformat():
            with suppress(WrongKey):  # a rotten row keeps nobody else's line
                _send(session, reader, now, until, text)


def _send(session: Session, reader: Reader, now: datetime, until: datetime, text: Text) -> None:
    recipient = members.recipient(session, reader.member)
    if recipient is None:
        return
    first = frame_entries(LANGUAGES[0])
    chosen, seen = daily_lines.choose(reader.seen, list(first))
    today = until.date()
    entry = frame_entries(recipient.language).get(chosen, first[chosen])
    card = daily_line.today(text.speaking(recipient.language), entry)
    key = f"line:{reader.member}:{today.isoformat()}"
    outbox.put(session, Letter(key, recipient.address, card, now, expires=until, again=False))
    daily_lines.sent(session, reader.member, seen, today)


KINDS = {daily_lines.DUE: send_lines}
