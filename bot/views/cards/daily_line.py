"""今日の一行: one entry a day, at a time that was chosen, and stopped by one press."""

from datetime import datetime

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.store.daily_lines import TIMES
from bot.views.text import Text


def today(text: Text, entry: Entry) -> Message:
    """Title, two lines and where they come from."""
    return Message(
        title=text("daily.today", title=entry.title),
        body=entry.summary,
        note=text("handbook.source", edition=entry.edition),
        buttons=(Button(text("daily.more"), "handbook.entry", entry.id), _stop(text)),
    )


def choose(text: Text, at: str) -> Message:
    """at: the time that stands now; empty where there is none."""
    times = [Button(text("daily.at", at=each), "line.at", each) for each in TIMES if each != at]
    return Message(
        title=text("daily.title"),
        body=text("daily.chosen", at=at) if at else text("daily.offer"),
        note=text("daily.note"),
        buttons=(*times, *((_stop(text),) if at else ())),
    )


def begun(text: Text, at: str, first: datetime) -> Message:
    buttons = (Button(text("daily.other"), "line.show"), _stop(text))
    return Message(body=text("daily.begun", at=at, first=text.when(first)), buttons=buttons)


def _stop(text: Text) -> Button:
    return Button(text("daily.stop"), "line.stop")
