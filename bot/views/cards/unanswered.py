"""A worry that waits for an answer: as who is called sees it, and as its author does."""

from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.store.worries import PublicWorry
from bot.views.cards import worry
from bot.views.text import Text


def call(text: Text, worry_id: str) -> Message:
    """Without content: it may light up on a phone that others see."""
    return Message(body=text("unanswered.call"), buttons=(Button(text("worry.open"), "unanswered.open", worry_id),))


def opened(text: Text, waiting: PublicWorry) -> Message:
    """As everyone sees it, for who was called; it stands in no place, so that nothing comes under it."""
    return replace(worry.post(text, waiting), note=text("unanswered.open_note"), opens=False)


def news(text: Text, worry_id: str, called: str) -> Message:
    """Like any other notice: nobody can see from it whose worry waits. called: a key of unanswered.status."""
    button = Button(text("worry.open"), "unanswered.status", f"{worry_id}.{called}")
    return Message(body=text("worry.notice"), buttons=(button,))


def status(text: Text, own: PublicWorry, called: str) -> Message:
    """One's own worry, and who was called to it."""
    return replace(worry.thread(text, own, 0, ""), body=text(f"unanswered.status.{called}"))
