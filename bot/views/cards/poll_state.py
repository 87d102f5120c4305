"""What a poll says of its own end, wherever it is shown."""

from dataclasses import replace

from bot.chat.messages import Message
from bot.store.conferences import PublicConference
from bot.views.text import Text


def line(text: Text, conference: PublicConference) -> str:
    """Until when it can be answered, or that it cannot any more; nothing once the date is fixed."""
    if conference.open:
        return text("conference_polls.until", when=text.when(conference.closes_at)) if conference.closes_at else ""
    return text("conference_polls.closed") if conference.asking else ""


def told(text: Text, card: Message, conference: PublicConference) -> Message:
    """The card of a poll, with that under it."""
    return replace(card, note="\n".join(words for words in (card.note, line(text, conference)) if words))
