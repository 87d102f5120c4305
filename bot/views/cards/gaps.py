"""What the handbook lacks, and what is said of its entries; in numbers that tell of nobody."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.language.cleaning import shorten
from bot.store.gaps import Unanswered
from bot.store.opinions import Counts
from bot.views.cards.community import few
from bot.views.text import Text

AT_ONCE = 5
TITLE_ON_BUTTON = 40
SHOWN = 300
"""Characters of one question."""


def unanswered(text: Text, every: Sequence[Unanswered], first: int = 0) -> Message:
    shown = every[first : first + AT_ONCE]
    if not shown:
        return Message(title=text("gaps.title"), body=text("gaps.none"), note=text("gaps.note"))
    numbered = list(enumerate(shown, start=first + 1))
    more = len(every) > first + AT_ONCE
    return Message(
        title=text("gaps.title"),
        body=text("gaps.body", count=len(every)),
        quote="\n\n".join(
            text("gaps.one", number=number, month=gap.month, text=shorten(gap.text, SHOWN)) for number, gap in numbered
        ),
        note=text("gaps.note"),
        buttons=(
            *(Button(text("gaps.settle", number=number), "gaps.settle", gap.id) for number, gap in numbered),
            *((Button(text("gaps.more"), "gaps.show", str(first + AT_ONCE)),) if more else ()),
        ),
    )


def voices(text: Text, found: Sequence[tuple[Entry, Counts]]) -> Message:
    lines = [
        text(
            "gaps.voices_line",
            title=entry.title,
            useful=few(text, heard.useful),
            different=few(text, heard.different),
        )
        for entry, heard in found
    ]
    buttons = (
        Button(text("handbook.more", title=shorten(entry.title, TITLE_ON_BUTTON)), "handbook.entry", entry.id)
        for entry, _ in found[:AT_ONCE]
    )
    return Message(
        title=text("gaps.voices"),
        body="\n".join(lines) or text("gaps.no_voices"),
        note=text("gaps.voices_note"),
        buttons=tuple(buttons),
    )
