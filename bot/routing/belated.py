"""Answers that come when their moment has passed, after a restart or a failure: they are letters then."""

from datetime import datetime

from bot.chat.events import Command, Event
from bot.chat.messages import Reply
from bot.routing.glances import for_a_chat
from bot.routing.router import key_of
from bot.store.outbox import Letter
from bot.views.cards import noted, welcome
from bot.views.text import Text

OF_THE_MOMENT = (Command("home"),)
"""What was asked for by looking at a page; nobody looks at it any more."""

NEVER_A_LETTER = {("press", "mydata.export")}
"""Answers that hold so much of one person that no row may, not even sealed and for a moment; they ask again."""


def letter(event: Event, reply: Reply, in_dialog: bool, text: Text, now: datetime) -> Letter | None:
    """in_dialog: it was asked for in a dialog, so that nothing of it may stand in the chat."""
    message = reply.message
    if message is None or event.body in OF_THE_MOMENT:
        return None
    standing = event.dialogs and in_dialog and not for_a_chat(message)
    if standing or key_of(event.body) in NEVER_A_LETTER:
        message = welcome.waiting(text)
    if reply.clear and not event.dialogs:  # what was written stands there; a letter cannot take it away
        message = noted(message, text("chats.not_cleared"))
    key = f"reply:{event.address.platform}:{event.address.space}:{event.id}"
    return Letter(key, event.private, message, now, alone=True)  # two of one person must not be seen as such
