"""Whoever comes to two conferences at the same time is told so once, when the second date is fixed."""

from datetime import datetime
from functools import partial

from bot.routing import conference_letters
from bot.routing.conference_clashes import CLASH
from bot.store import clashes, conferences
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_calendar as cards
from bot.views.text import Text


def tell(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    found = conferences.on_occasion(session, occurrence.subject)
    if found.chosen is None:
        return
    key, until = f"clash:{found.occasion}", found.chosen.starts_at
    for member, others in clashes.everyone(session, found).items():
        card = partial(cards.clash, fixed=found, others=others)
        conference_letters.tell(session, [member], key, card, now, text, expires=until, again=False)


KINDS = {CLASH: tell}
