"""The home page of the bot, where a platform has one."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.store.conference_overview import Entry
from bot.views.cards.conference_overview import lines
from bot.views.cards.welcome import doors
from bot.views.text import Text

MOST_SHOWN = 5


def page(text: Text, entries: Sequence[Entry]) -> Message:
    shown = entries[:MOST_SHOWN]
    asking = [
        Button(text("home.answer", number=number), "conference.pad", each.conference.id)
        for number, each in enumerate(shown, start=1)
        if each.group == "answer"
    ]
    return Message(
        title=text("home.title"),
        body=text("home.conferences" if shown else "home.quiet"),
        quote=lines(text, shown),
        note=text("home.note"),
        buttons=(*asking, *doors(text)),
    )
