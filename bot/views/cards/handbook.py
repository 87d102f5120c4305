"""The handbook: the nearest entries with their source, or an honest nothing."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.language.cleaning import shorten
from bot.store.learnings import Learning
from bot.views.text import Text

TITLE_ON_BUTTON = 40
"""Slack shows at most 75 characters on a button (Block Kit, button element)."""


def ask(text: Text, *, alone: bool) -> Message:
    """alone: nobody else reads what is typed here."""
    return Message(body=text("handbook.ask") if alone else text("handbook.ask_in_group"))


def nearest(
    text: Text, entries: Sequence[Entry], learned: Sequence[Learning] = (), *, shown: str = "", in_dialog: bool = False
) -> Message:
    """At most three entries: title, two lines, where it comes from.

    learned: what peers left for others, in their words. shown: the draft by which they can be shown to the group.
    in_dialog: worries are written in a dialog here.
    """
    show = [Button(text("handbook.share"), "handbook.share", shown)] if shown else []
    return Message(
        title=text("handbook.found"),
        body="\n\n".join([_hits(text, entries), *_peers(text, learned)]),
        quote=_words(text, learned),
        note=_with_way(text, source(text, entries[0]), in_dialog=in_dialog),
        buttons=(*(_more(text, entry) for entry in entries), *show, _as_worry(text)),
    )


def nothing(text: Text, learned: Sequence[Learning] = (), *, in_dialog: bool = False) -> Message:
    """No passage fits: say so, and offer people."""
    note = _with_way(text, text("handbook.nothing_note"), in_dialog=in_dialog)
    body = "\n\n".join([text("handbook.nothing"), *_peers(text, learned)])
    return Message(body=body, quote=_words(text, learned), note=note, buttons=(_as_worry(text),))


def beside(text: Text, entries: Sequence[Entry]) -> Message:
    """The same beside a worry that somebody else may have written."""
    return Message(
        title=text("handbook.found"),
        body=_hits(text, entries),
        note=source(text, entries[0]),
        buttons=tuple(_more(text, entry) for entry in entries),
    )


def with_nearest(text: Text, message: Message, entries: Sequence[Entry]) -> Message:
    """What is said to somebody about their own worry, and where the handbook may help them."""
    near = f"{text('handbook.near')}\n{_hits(text, entries)}\n{source(text, entries[0])}"
    buttons = (*message.buttons, *(_more(text, entry) for entry in entries))
    return replace(message, body=f"{message.body}\n\n{near}", buttons=buttons)


def nothing_beside(text: Text) -> Message:
    return Message(body=text("handbook.nothing"))


def _with_way(text: Text, note: str, *, in_dialog: bool) -> str:
    """Whoever wrote a worry instead of a question is told where it does not stay in the chat."""
    return f"{note}\n{text('handbook.worry_in_dialog')}" if in_dialog else note


def entry_card(text: Text, entry: Entry, related: Sequence[Entry]) -> Message:
    buttons = [_more(text, each) for each in related]
    return Message(
        title=f"{text(f'handbook.kind.{entry.kind}')} {entry.title}",
        body=f"{entry.summary}\n\n{entry.body}",
        note=source(text, entry),
        buttons=(*buttons, _as_worry(text)),
    )


def _hits(text: Text, entries: Sequence[Entry]) -> str:
    return "\n\n".join(
        text("handbook.hit", number=number, title=entry.title, summary=entry.summary)
        for number, entry in enumerate(entries, start=1)
    )


def _peers(text: Text, learned: Sequence[Learning]) -> list[str]:
    return [text("handbook.learned")] if learned else []


def _words(text: Text, learned: Sequence[Learning]) -> str:
    return "\n\n".join(text("handbook.learned_one", text=each.text, month=each.month) for each in learned)


def source(text: Text, entry: Entry) -> str:
    """Which frame it stands in, and that the words are ours."""
    return text("handbook.source", edition=entry.edition)


def _more(text: Text, entry: Entry) -> Button:
    return Button(text("handbook.more", title=shorten(entry.title, TITLE_ON_BUTTON)), "handbook.entry", entry.id)


def _as_worry(text: Text) -> Button:
    return Button(text("handbook.as_worry"), "worry.begin")
