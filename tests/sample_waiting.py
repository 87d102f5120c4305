"""Samples of what is shown of days of duty, of worries that wait, and of asking how it went."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal

from bot.chat.messages import Message
from bot.handlers.unanswered import CALLED
from bot.store.rota import DutyDay, State
from bot.store.worries import PublicWorry
from bot.views.cards import duty, following_up, unanswered
from bot.views.text import Text

ROOMS = (duty, following_up, unanswered)


def samples(text: Text, posted: PublicWorry) -> dict[Callable[..., object], Iterable[Message]]:
    both = (True, False)
    return {
        duty.overview: [
            duty.overview(text, _days(), volunteer=takes, coordinator=coordinates)
            for takes in both
            for coordinates in both
        ],
        duty.day: [duty.day(text, each, volunteer=takes) for each in _days() for takes in both],
        duty.reminder: [duty.reminder(text)],
        duty.offered: [duty.offered(text, "2026-12-31")],
        duty.relieved: [duty.relieved(text, "2026-12-31")],
        duty.asked: [duty.asked(text)],
        following_up.notice: [following_up.notice(text, posted.id)],
        following_up.question: [following_up.question(text, posted)],
        following_up.better: [following_up.better(text, posted)],
        following_up.same: [following_up.same(text, posted)],
        following_up.offer: [
            following_up.offer(text, posted, newest, number)
            for newest in (posted.id, "")
            for number in range(len(following_up.OFFERS))
        ],
        following_up.preview: [following_up.preview(text, posted.id, posted.text)],
        unanswered.call: [unanswered.call(text, posted.id)],
        unanswered.opened: [unanswered.opened(text, posted)],
        unanswered.news: [unanswered.news(text, posted.id, called) for called in CALLED],
        unanswered.status: [unanswered.status(text, posted, called) for called in CALLED],
    }


def _days() -> list[DutyDay]:
    """Every way in which one member can see a day, and as many as two weeks can have."""
    states: list[State | Literal[""]] = ["", "on", "offered", "skipped"]
    days = [(mine, offered) for mine in states for offered in (False, True)] + [("", False)] * 2
    return [
        DutyDay(date(2026, 12, 14) + timedelta(number), 99 * offered + (mine == "on"), mine, offered)
        for number, (mine, offered) in enumerate(days)
    ]
