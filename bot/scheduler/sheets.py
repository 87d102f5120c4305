"""資料ができました: told with the date where the case was written down before there was one."""

from datetime import datetime

from bot.routing import conference_letters
from bot.routing.sheets import READY, audience, tell_with_the_date
from bot.store import conferences, sheets
from bot.store.occurrences import Occurrence
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import conference_sheet as cards
from bot.views.text import Text


def tell(session: Session, occurrence: Occurrence, now: datetime, text: Text, rules: Rules) -> None:  # noqa: ARG001
    found = conferences.find(session, occurrence.subject)
    if found.asking:
        tell_with_the_date(session, found.id, now)
    if found.state != "decided" or sheets.find(session, found.id) is None:
        return
    conference_letters.tell(
        session,
        audience(session, found.id),
        f"sheet:{found.id}",
        lambda speaking: cards.ready(speaking, found.id),
        now,
        text,
        expires=found.ends_at,
    )


KINDS = {READY: tell}
