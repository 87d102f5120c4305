"""The community as its coordinators see it: numbers, what waits, who is on duty; never who wrote what."""

from datetime import date, timedelta

from bot.chat.messages import Button, Message
from bot.store.overview import Overview
from bot.views.months import SMALL, Month, lines
from bot.views.text import Text


def overview(text: Text, seen: Overview) -> Message:
    waiting = [
        text("community.waiting_line", name=text.pseudonym(worry.pseudonym), hours=_hours(worry.waited))
        for worry in seen.unanswered
    ]
    duty = [text("community.duty_line", day=_day(text, day), count=count) for day, count in seen.duty if count]
    body = [
        text("community.open", count=few(text, seen.open)),
        text("community.held", count=few(text, seen.held)),
        text("community.reviews", count=few(text, seen.reviews)),
        text("community.first_answer", hours=_hours(seen.first_answer))
        if seen.first_answer is not None
        else text("community.first_answer_few"),
        "",
        text("community.waiting") if waiting else text("community.nobody_waits"),
        *waiting,
        "",
        text("community.duty") if duty else text("community.nobody_on_duty"),
        *duty,
    ]
    return Message(
        title=text("community.title"),
        body="\n".join(body),
        note=text("community.note"),
        buttons=(
            Button(text("moderation.title"), "moderation.queue"),
            Button(text("community.months"), "community.months"),
            Button(text("gaps.title"), "gaps.show"),
            Button(text("gaps.voices"), "gaps.voices"),
        ),
    )


def months(text: Text, shown: list[Month]) -> Message:
    if not shown:
        return Message(body=text("community.no_months"))
    return Message(title=text("community.months"), body=lines(text, shown), note=text("community.months_note"))


def few(text: Text, count: int) -> str:
    return text("community.few") if 0 < count < SMALL else str(count)


def _hours(time: timedelta) -> int:
    return int(time / timedelta(hours=1))


def _day(text: Text, day: str) -> str:
    return text.date(date.fromisoformat(day))
