"""Numbers as a picture, for people who would rather see than read."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.views.months import COLUMNS, Month
from bot.views.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

SHOWN = ("shared", "answered", "answered_in_time")
COLOURS = {"shared": "#8fa9c4", "answered": "#5d8a66", "answered_in_time": "#c9a35b"}
WIDTH = 0.27
HEIGHT_OF_HIDDEN = 2.5
"""Where a number is too small to be told: half way, hatched."""


def months(text: Text, shown: Sequence[Month]) -> bytes:
    """A PNG as wide as a phone shows it. Takes about a second the first time: never on the event loop."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(7.2, 4.4), dpi=150, layout="constrained")
    axes = figure.subplots()
    for number, column in enumerate(SHOWN):
        _bars(axes, text, shown, column, (number - 1) * WIDTH)
    written = japanese_font()
    axes.set_title(text("community.picture_title"), fontproperties=written, fontsize=14)
    axes.set_xticks(range(len(shown)), [month.name for month in shown], fontproperties=written, rotation=30)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(prop=written, frameon=False, ncols=len(SHOWN), loc="upper left")
    axes.set_ylim(0, max(axes.get_ylim()[1] * 1.2, 10))
    figure.supxlabel(text("community.picture_note"), fontproperties=written, fontsize=9)
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _bars(axes: "Axes", text: Text, shown: Sequence[Month], column: str, beside: float) -> None:
    counts = [month.counts[COLUMNS.index(column)] for month in shown]
    told = [(place, count) for place, count in enumerate(counts) if count is not None]
    hidden = [place for place, count in enumerate(counts) if count is None]
    colour, label = COLOURS[column], text(f"community.column.{column}")
    axes.bar(
        [place + beside for place, _ in told], [count for _, count in told], WIDTH * 0.92, color=colour, label=label
    )
    heights = [HEIGHT_OF_HIDDEN] * len(hidden)
    axes.bar([place + beside for place in hidden], heights, WIDTH * 0.92, fill=False, edgecolor=colour, hatch="///")


def japanese_font() -> "FontProperties":
    """A machine may have no Japanese font of its own."""
    from matplotlib.font_manager import FontProperties
    from matplotlib_fontja import get_font_ttf_path

    return FontProperties(fname=get_font_ttf_path())
