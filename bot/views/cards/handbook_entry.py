"""One entry of the handbook, whole, and the ways from it: to scenes like it, to what it stands under, and back."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.chat.pieces import pieces
from bot.knowledge.points import Entry
from bot.views.cards.handbook import FRAME_KINDS, hits, more, similar_button, source, sources, where
from bot.views.found import Found
from bot.views.text import Text

PAGE = 1_200
"""Characters that are read on a phone at one go; a longer body is turned page by page."""


def pages(entry: Entry) -> list[str]:
    """What there is to read. A summary that only repeats the beginning is left out."""
    repeated = entry.body.startswith(entry.summary.rstrip("… "))
    whole = entry.body if repeated else f"{entry.summary}\n\n{entry.body}"
    return [piece.strip() for piece in pieces(whole, PAGE, len)] or [""]


def entry_card(
    text: Text,
    found: Found,
    related: Sequence[Found] = (),
    *,
    number: int = 1,
    opinions: bool = False,
    answer: str = "",
    back: str = "",
) -> Message:
    """number: of the page. answer: the draft of the answer that leads back. back: the entry this was reached from."""
    entry, read = found.entry, pages(found.entry)
    follows = Button(
        text("handbook.go_on", page=number + 1, pages=len(read)), "handbook.page", f"{number + 1}.{entry.id}"
    )
    return Message(
        title=f"{text(f'handbook.kind.{entry.kind}')} {entry.title}",
        body=read[number - 1],
        note="\n".join(filter(None, [_stands(text, found), text("handbook.foreign") if found.foreign else ""])),
        buttons=(
            *([follows] if number < len(read) else ()),
            *(more(text, each.entry) for each in related),
            *([Button(text("handbook.above"), "handbook.above", entry.id)] if found.under else ()),
            similar_button(text, entry),
            *([Button(text("handbook.back"), "handbook.entry", back)] if back else ()),
            *([Button(text("handbook.back_to_answer"), "handbook.back", answer)] if answer else ()),
            Button(text("handbook.as_worry"), "worry.begin"),
            *(_opinions(text, entry) if opinions else ()),
        ),
    )


def similar(text: Text, entry: Entry, found: Sequence[Found]) -> Message:
    """What stands under the same part of the frame; an honest nothing where there is nothing."""
    back = Button(text("handbook.back_to", title=entry.title), "handbook.entry", entry.id)
    if not found:
        return Message(body=text("handbook.no_similar"), buttons=(back,))
    return Message(
        title=text("handbook.similar"),
        body=hits(text, found),
        note="\n".join(filter(None, [*sources(text, found), _some_foreign(text, found)])),
        buttons=(*(more(text, each.entry) for each in found), back),
    )


def _some_foreign(text: Text, found: Sequence[Found]) -> str:
    return text("handbook.foreign") if any(each.foreign for each in found) else ""


def _stands(text: Text, found: Found) -> str:
    """In full: what it stands under, and whose words they are."""
    if found.entry.kind in FRAME_KINDS:
        return source(text, found.entry.edition)
    return source(text, where(text, found))


def _opinions(text: Text, entry: Entry) -> tuple[Button, ...]:
    return (
        Button(text("handbook.useful"), "handbook.useful", entry.id),
        Button(text("handbook.different"), "handbook.different", entry.id),
    )
