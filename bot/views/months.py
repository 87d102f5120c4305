"""Monthly numbers as a table and a picture, with what is too small to be told left out.

The rule: no number from 1 to 4 is shown, nor two of which one is part of the other and that differ by so little; a
month that is not over is not shown at all, so that no two reports can be held against each other.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.rules import Rules
from bot.views.text import Text

SMALL = 5
COLUMNS = ("shared", "answered", "answered_in_time", "closed", "held", "reported")
NESTED = ("shared", "answered", "answered_in_time")
"""Each is a part of those before it."""

HIDDEN = None
Numbers = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Month:
    """counts: in the order of COLUMNS; None where it is too small, or would tell one that is."""

    name: str
    counts: tuple[int | None, ...]


def over(months: Numbers, now: datetime, rules: Rules, most: int = 12) -> list[Month]:
    """The last months that are over, the oldest first."""
    this = now.astimezone(rules.zone).strftime("%Y-%m")
    return [_masked(name, counts) for name, counts in sorted(months.items()) if name < this][-most:]


def _masked(name: str, counts: Mapping[str, int]) -> Month:
    shown: dict[str, int | None] = {}
    for column in COLUMNS:
        count = counts.get(column, 0)
        beside = [shown[each] for each in NESTED if each in shown] if column in NESTED else []
        tells = any(other is not None and 0 < abs(other - count) < SMALL for other in beside)
        shown[column] = HIDDEN if 0 < count < SMALL or tells else count
    return Month(name, tuple(shown[column] for column in COLUMNS))


def table(text: Text, months: list[Month]) -> bytes:
    """CSV that a spreadsheet opens in Japanese; no cell begins with a sign it would take for a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([text("community.column.month"), *(text(f"community.column.{column}") for column in COLUMNS)])
    for month in months:
        writer.writerow([month.name, *(_cell(text, count) for count in month.counts)])
    return file.getvalue().encode("utf-8-sig")


def lines(text: Text, months: list[Month]) -> str:
    """The same to read in a chat: shared and answered."""
    return "\n".join(
        text(
            "community.month_line",
            month=month.name,
            shared=_cell(text, month.counts[0]),
            answered=_cell(text, month.counts[1]),
        )
        for month in months
    )


def _cell(text: Text, count: int | None) -> str:
    return text("community.untold") if count is None else str(count)
