"""The dates of a conference as one table to look at, for when it is larger than the lines of a phone."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.store.ballots import Voter
from bot.store.conferences import ANSWERS, PublicConference, PublicSlot
from bot.views.cards import conference_votes
from bot.views.pictures import japanese_font
from bot.views.text import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

MOST_PEOPLE = 40
"""Columns that can still be read on a phone that is turned and zoomed."""

SHAPES = {"yes": "o", "maybe": "^", "no": "x"}
COLOURS = {"yes": "#3f7a4a", "maybe": "#b3862f", "no": "#a05a5a"}
LEFT, COUNT, COLUMN, ROW, HEAD = 3.0, 0.55, 0.34, 0.42, 2.1
"""Inches: the times, one count, one person, one slot, and the names above."""

MISSING = "□"


def table(text: Text, conference: PublicConference, voters: Sequence[Voter]) -> bytes:
    """A PNG: the slots below each other with their counts, and beside them everybody's answers where names are shown.
    Takes up to a second: never on the event loop."""
    from matplotlib.figure import Figure

    shown = voters[:MOST_PEOPLE]
    head = HEAD if shown else 0.8
    width = LEFT + COUNT * len(ANSWERS) + COLUMN * len(shown) + 0.3
    height = head + ROW * len(conference.slots) + 0.4
    figure = Figure(figsize=(width, height), dpi=150)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    writing = japanese_font()
    _say(axes, writing, 0.15, 0.35, text("conference_votes.picture_title"), fontsize=14)
    for place, value in enumerate(ANSWERS):
        _draw(axes, value, LEFT + COUNT * (place + 0.5), head - 0.15)
    for place, voter in enumerate(shown):
        name = readable(writing, voter.name) or conference_votes.nobody(text)
        _say(axes, writing, _beside(place), head - 0.05, name, rotation=90, fontsize=9, ha="center", va="bottom")
    for line, slot in enumerate(conference.slots):
        _line(axes, writing, text, slot, shown, head + ROW * (line + 0.5))
    if more := len(voters) - len(shown):
        _say(axes, writing, 0.15, height - 0.2, text("conference_votes.picture_more", count=more), fontsize=9)
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _line(
    axes: "Axes", writing: "FontProperties", text: Text, slot: PublicSlot, shown: Sequence[Voter], height: float
) -> None:
    axes.axhline(height + ROW / 2, color="#dddddd", linewidth=0.6)
    _say(
        axes,
        writing,
        0.15,
        height,
        f"{slot.place or slot.number}.  {text.when(slot.starts_at)}",
        fontsize=11,
        va="center",
    )
    for place, count in enumerate((slot.yes, slot.maybe, slot.no)):
        _say(axes, writing, LEFT + COUNT * (place + 0.5), height, str(count), fontsize=11, ha="center", va="center")
    for place, voter in enumerate(shown):
        if value := voter.marks.get(slot.number):
            _draw(axes, value, _beside(place), height)


def _beside(place: int) -> float:
    return LEFT + COUNT * len(ANSWERS) + COLUMN * (place + 0.5)


def _draw(axes: "Axes", value: str, across: float, down: float) -> None:
    """A shape, not a letter: no font has to know it."""
    colour = COLOURS[value]
    (shape,) = axes.plot([across], [down], SHAPES[value], color=colour, markersize=8, markeredgewidth=1.6)
    shape.set_markerfacecolor("none")


def _say(axes: "Axes", writing: "FontProperties", across: float, down: float, words: str, **look: Any) -> None:
    """People's words are no formulas."""
    axes.text(across, down, words, fontproperties=writing, parse_math=False, **look)


def readable(writing: "FontProperties", words: str) -> str:
    """What the font cannot write stands as a box."""
    from matplotlib.font_manager import get_font

    known = get_font(str(writing.get_file())).get_charmap()
    return "".join(letter if ord(letter) in known else MISSING for letter in words)
