"""The handbook: the nearest entries with their source, or an honest nothing."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.language.cleaning import shorten
from bot.views.text import Text

TITLE_ON_BUTTON = 40
"""Slack shows at most 75 characters on a button (Block Kit, button element)."""


def ask(text: Text, *, alone: bool) -> Message:
    """alone: nobody else reads what is typed here."""
    return Message(body=text("handbook.ask") if alone else text("handbook.ask_in_group"))


def nearest(text: Text, entries: Sequence[Entry]) -> Message:
    """At most three entries: title, two lines, where it comes from."""
    blocks = [
        text("handbook.hit", number=number, title=entry.title, summary=entry.summary)
        for number, entry in enumerate(entries, start=1)
    ]
    buttons = [_more(text, entry) for entry in entries]
    return Message(
        title=text("handbook.found"),
        body="\n\n".join(blocks),
        note=source(text, entries[0]),
        buttons=(*buttons, _as_worry(text)),
    )


def nothing(text: Text) -> Message:
    """No passage fits: say so, and offer people."""
    return Message(body=text("handbook.nothing"), note=text("handbook.nothing_note"), buttons=(_as_worry(text),))


def entry_card(text: Text, entry: Entry, related: Sequence[Entry]) -> Message:
    buttons = [_more(text, each) for each in related]
    return Message(
        title=f"{text(f'handbook.kind.{entry.kind}')} {entry.title}",
        body=f"{entry.summary}\n\n{entry.body}",
        note=source(text, entry),
        buttons=(*buttons, _as_worry(text)),
    )


def source(text: Text, entry: Entry) -> str:
    """Which frame it stands in, and that the words are ours."""
    return text("handbook.source", edition=entry.edition)


def _more(text: Text, entry: Entry) -> Button:
    return Button(text("handbook.more", title=shorten(entry.title, TITLE_ON_BUTTON)), "handbook.entry", entry.id)


def _as_worry(text: Text) -> Button:
    return Button(text("handbook.as_worry"), "worry.begin")
