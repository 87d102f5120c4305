"""The home page of the bot, where a platform has one."""

from collections.abc import Collection, Sequence

from bot.chat.messages import Button, Message
from bot.store.conferences import PublicConference
from bot.views.cards.conference import overview
from bot.views.cards.welcome import doors
from bot.views.text import Text

MOST_SHOWN = 5


def page(text: Text, coming: Sequence[PublicConference], answered: Collection[str]) -> Message:
    """answered: the conferences whose dates this person has answered."""
    shown = coming[:MOST_SHOWN]
    asking = [
        Button(text("home.answer", number=number), "conference.vote", conference.id)
        for number, conference in enumerate(shown, start=1)
        if conference.open and conference.id not in answered
    ]
    return Message(
        title=text("home.title"),
        body=text("home.conferences" if shown else "home.quiet"),
        quote=overview(text, shown, coordinator=False).quote,
        note=text("home.note"),
        buttons=(*asking, *doors(text)),
    )
