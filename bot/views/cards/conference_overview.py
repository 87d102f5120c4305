"""/conference: what waits for me, where I come, what else there is; a line of a phone and a button each."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.chat.messages import Button, Message
from bot.store.conference_overview import Entry
from bot.views.cards.conference_roles import names
from bot.views.text import Text

MOST = 8
"""Conferences on one screen."""

THEME_SHOWN = 16
"""Signs of a theme that fit a line beside its date."""


def overview(
    text: Text,
    entries: Sequence[Entry],
    *,
    coordinator: bool,
    first: int = 0,
    series: bool = False,
    subscribing: bool = True,
) -> Message:
    """first: how many are on the screens before. series: whether there are any. subscribing: whether there is
    an address to subscribe to."""
    shown = entries[first : first + MOST]
    left = len(entries) - first - len(shown)
    buttons = [
        Button(text("conference.show", number=number), "conference.show", each.conference.id)
        for number, each in enumerate(shown, start=first + 1)
    ]
    if left:
        buttons.append(Button(text("conference_overview.more", left=left), "conference.list", str(first + MOST)))
    if subscribing:
        buttons.append(Button(text("conference_calendar.subscribe"), "calendar.show"))
    if coordinator:
        buttons += _ways(text, series=series)
    return Message(
        title=text("conference.list_title"),
        body="" if shown else text("conference.none"),
        quote=lines(text, shown, first),
        buttons=tuple(buttons),
    )


def _ways(text: Text, *, series: bool) -> Iterator[Button]:
    yield Button(text("conference.propose"), "conference.begin")
    yield Button(text("cases.wished"), "cases.show")
    if series:
        yield Button(text("conference_series.list_title"), "series.list")
    yield Button(text("conference_overview.quarter"), "conference.quarter")


def quarter(text: Text, held: int, months: str) -> Message:
    """It says enough where the files cannot be carried."""
    if not held:
        return Message(title=text("conference_overview.quarter"), body=text("conference_overview.quarter_none"))
    return Message(
        title=text("conference_overview.quarter"), body=months, note=text("conference_overview.quarter_note")
    )


def lines(text: Text, entries: Sequence[Entry], first: int = 0) -> str:
    """Numbered, under a heading for each group."""
    numbered = list(enumerate(entries, start=first + 1))
    found: list[str] = []
    for group, members in groupby(numbered, key=lambda each: each[1].group):
        found.append(text("conference_overview.heading", group=text(f"conference_overview.group.{group}")))
        found += [_line(text, number, entry) for number, entry in members]
    return "\n".join(found)


def _line(text: Text, number: int, entry: Entry) -> str:
    found = entry.conference
    theme = found.theme if len(found.theme) <= THEME_SHOWN else f"{found.theme[: THEME_SHOWN - 1]}…"
    if not found.chosen:
        return text("conference.line_open", number=number, answered=found.answered, theme=theme)
    when = text.when(found.chosen.starts_at)
    if entry.missing:
        roles = names(text, entry.missing)
        return text("conference_overview.line_roles", number=number, when=when, roles=roles)
    return text("conference.line_fixed", number=number, when=when, theme=theme)
