"""Three months of conferences as a table, a picture and words.

The rule of small numbers (views/months.py) is not for these: how many came to a meeting was seen by everyone who was
there, and its coordinator counts the chairs. No row tells who, and what was said about a case is not in it.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.store.quarter import Held, Quarter
from bot.views.pictures import japanese_font
from bot.views.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLUMNS = ("date", "kind", "theme", "answered", "came", "roles", "minutes")
SHOWN = ("held", "came", "updates")
COLOURS = {"held": "#8fa9c4", "came": "#5d8a66", "updates": "#c9a35b"}
WIDTH = 0.27

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula; full-width signs too."""


def safe(cell: str) -> str:
    """Read as it is written: nothing in it is carried out."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def table(text: Text, quarter: Quarter) -> bytes:
    """A line for each conference; a theme only where it names nobody by its kind."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([safe(text(f"conference_overview.column.{column}")) for column in COLUMNS])
    for each in quarter.held:
        writer.writerow([safe(cell) for cell in _cells(text, each)])
    return file.getvalue().encode("utf-8-sig")


def _cells(text: Text, held: Held) -> Sequence[str]:
    found = held.conference
    return (
        text.day(found.chosen.starts_at) if found.chosen else "",
        text(f"conference.{found.kind}"),
        found.theme if found.kind == "case" else "",
        str(found.answered),
        text("conference_overview.not_counted") if held.came is None else str(held.came),
        text("conference_overview.filled", filled=held.roles, required=len(found.required)),
        text("conference_overview.yes" if held.minutes_taken else "conference_overview.no"),
    )


def by_month(text: Text, quarter: Quarter) -> dict[str, tuple[int, ...]]:
    """For each month: held, came, updates."""
    held, came = Counter[str](), Counter[str]()
    for each in quarter.held:
        month = text.day(each.conference.chosen.starts_at)[:7] if each.conference.chosen else ""
        held[month] += 1
        came[month] += each.came or 0
    return {month: (held[month], came[month], quarter.updates.get(month, 0)) for month in quarter.months}


def lines(text: Text, quarter: Quarter) -> str:
    """The same to read in a chat."""
    return "\n".join(
        text("conference_overview.month_line", month=month, **dict(zip(SHOWN, counts, strict=True)))
        for month, counts in by_month(text, quarter).items()
    )


def picture(text: Text, quarter: Quarter) -> bytes:
    """A PNG as wide as a phone shows it. Takes about a second the first time: never on the event loop."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    months = by_month(text, quarter)
    figure = Figure(figsize=(7.2, 4.4), dpi=150, layout="constrained")
    axes = figure.subplots()
    for number, name in enumerate(SHOWN):
        _bars(axes, text, [counts[number] for counts in months.values()], name, (number - 1) * WIDTH)
    written = japanese_font()
    axes.set_title(text("conference_overview.picture_title"), fontproperties=written, fontsize=14)
    axes.set_xticks(range(len(months)), list(months), fontproperties=written)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(prop=written, frameon=False, ncols=len(SHOWN), loc="upper left")
    axes.set_ylim(0, max(axes.get_ylim()[1] * 1.2, 5))
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _bars(axes: "Axes", text: Text, counts: Sequence[int], name: str, beside: float) -> None:
    places, label = [place + beside for place in range(len(counts))], text(f"conference_overview.count.{name}")
    for place, count in zip(
        places, axes.bar(places, counts, WIDTH * 0.92, color=COLOURS[name], label=label), strict=True
    ):
        axes.annotate(f"{count.get_height():.0f}", (place, count.get_height()), ha="center", va="bottom", fontsize=10)
