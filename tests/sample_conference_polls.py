"""Every card of making a poll, as full as it can become."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.chat.messages import Message
from bot.language.typical_times import PATTERNS
from bot.store.conference_roles import ROLES
from bot.store.conferences import PublicConference
from bot.views.cards import conference_polls as polls
from bot.views.text import Text

CODE = "wxyz-wxyz"


def variants(found: PublicConference) -> list[PublicConference]:
    """Of one kind and the other, open and closed, everything set."""
    case = replace(
        found, closes_at=datetime(2026, 12, 30, 9, 0, tzinfo=UTC), required=ROLES, minimum=8, online=True, hidden=False
    )
    return [case, replace(case, state="closed"), replace(case, kind="support", audience="code")]


def cards(text: Text, found: PublicConference) -> dict[Callable[..., object], Iterable[Message]]:
    every = variants(found)
    days = [date(2026, 12, 30)] * 5
    return {
        polls.which_kind: [polls.which_kind(text)],
        polls.ask_coordinator: [polls.ask_coordinator(text)],
        polls.typical: [polls.typical(text, {each.name: days for each in PATTERNS})],
        polls.proposed: [polls.proposed(text, each, CODE) for each in every],
        polls.options: [*(polls.options(text, each, CODE) for each in every), polls.options(text, found)],
        polls.choices: [polls.choices(text, each, part) for each in every for part in polls.PARTS],
        polls.reminder: [polls.reminder(text, each) for each in every],
        polls.declined: [polls.declined(text, each) for each in every],
        polls.closed: [polls.closed(text, each) for each in every],
    }
