"""Samples of what coordinators see of the whole community."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from bot.chat.messages import Message
from bot.store.editions import Edition, Passage
from bot.store.overview import DAYS_OF_DUTY, LONGEST_LIST, Overview, Unanswered
from bot.views.cards import community, editions
from bot.views.months import Month
from bot.views.text import Text

ROOMS = (community, editions)

_DAY = datetime(2026, 12, 31, tzinfo=UTC)
_QUIET = Overview(0, (), None, 0, 0, ())
_MONTH = Month("2026-12", (9_999, None, 999, 9_999, 0, None))


def samples(text: Text, name: str) -> dict[Callable[..., object], Iterable[Message]]:
    """name: the longest pseudonym."""
    waiting = Unanswered("x" * 22, name, timedelta(days=99))
    duty = (("2026-12-31", 99),) * DAYS_OF_DUTY
    busy = Overview(9_999, (waiting,) * LONGEST_LIST, timedelta(days=9), 999, 999, duty)
    known = [
        Edition("0a1b2c3d", "手" * 80, "draft" if number else "published", "pdf", 2000, 30_000, 999, _DAY, _DAY)
        for number in range(14)
    ]
    passages = [Passage("章" * 200, "ポイント12（３）", "1999", "文" * 600)] * 3
    return {
        editions.overview: [editions.overview(text, each) for each in ([], known)],
        editions.preview: [editions.preview(text, known[1], passages)],
        community.overview: [community.overview(text, each) for each in (busy, _QUIET)],
        community.months: [community.months(text, each) for each in ([], [_MONTH] * 12)],
    }
