"""The case as one page of A4, to print; without names, and with whatever fonts a machine has or has not."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from bot.language.cleaning import shorten
from bot.store.conferences import PublicConference
from bot.store.learnings import Learning
from bot.store.sheets import BANDS, WRITTEN, CaseSheet
from bot.views.found import Found
from bot.views.text import Text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph

FONT = "yorisoi-sheet"
MARGIN = 56.0
FOOT = 40.0
SIZES = (11.5, 9.5, 8.0)
"""In points: long words are printed smaller; below the smallest what stands beside them goes, and then they are cut."""

LEADING = 1.55
GAP = 9.0
LEARNED = 160
"""Characters of what a peer learned."""

NO_GLYPH = "\u3013"
"""Printed for what the font does not have."""


@dataclass(frozen=True, slots=True)
class Page:
    """gone_at: when the sheet is erased; None while no date is fixed. kept_days: after the conference."""

    conference: PublicConference
    sheet: CaseSheet
    gone_at: datetime | None
    kept_days: int
    found: tuple[Found, ...] = ()
    learned: tuple[Learning, ...] = ()


def bands(text: Text, page: Page) -> list[tuple[str, str]]:
    """What was answered by a press, with what was asked."""
    return [
        (text(f"conference_sheet.head.{name}"), text(f"conference_sheet.of.{name}.{value}"))
        for name, values in BANDS.items()
        if (value := page.sheet.said(name)) in values
    ]


def words(text: Text, page: Page) -> list[tuple[str, str]]:
    """What was written, the question to everybody first."""
    return [(text(f"conference_sheet.head.{name}"), said) for name in WRITTEN if (said := page.sheet.said(name))]


def learned(text: Text, page: Page) -> str:
    return "\n".join(
        text("conference_sheet.learned_one", words=shorten(each.text, LEARNED), month=each.month)
        for each in page.learned
    )


def footer(text: Text, page: Page) -> str:
    if page.gone_at is None:
        return text("conference_sheet.footer_later", days=page.kept_days)
    return text("conference_sheet.footer", date=text.date(page.gone_at.astimezone(text.timezone).date()))


def printed(text: Text, page: Page) -> bytes:
    """A PDF of one page. Takes a moment the first time: never on the event loop."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    width, height = A4
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    canvas.setTitle(text("conference_sheet.title"))
    canvas.setAuthor("")
    canvas.setCreator("")
    for size in SIZES:
        head, sections = _head(text, page, size), [*_said(text, page, size), *_beside(text, page, size)]
        room = height - 2 * MARGIN - FOOT - sum(_height(each) for each in head)
        if sum(_height(each) for each in sections) <= room:
            break
    else:
        sections = _cut(text, _said(text, page, size), room)
    top = height - MARGIN
    for each in (*head, *sections):
        tall = _height(each)
        each.drawOn(canvas, MARGIN, top - tall + GAP)
        top -= tall
    _foot(canvas, footer(text, page), width)
    canvas.save()
    return file.getvalue()


def shares(wanted: Sequence[float], room: float) -> list[float]:
    """What each gets: who wants less than an equal share leaves the rest to the others."""
    got, left = [0.0] * len(wanted), room
    for served, place in enumerate(sorted(range(len(wanted)), key=lambda each: wanted[each])):
        got[place] = min(wanted[place], left / (len(wanted) - served))
        left -= got[place]
    return got


def _head(text: Text, page: Page, size: float) -> "list[Paragraph]":
    chosen = page.conference.chosen
    when = text.when(chosen.starts_at) if chosen else ""
    lines = [page.conference.theme, when]
    facts = [text("conference_sheet.fact", head=head, said=said) for head, said in bands(text, page)]
    return [
        _paragraph(text, text("conference_sheet.title"), size + 5),
        *(_paragraph(text, each, size) for each in ("\n".join(filter(None, lines)), "\n".join(facts)) if each),
    ]


def _said(text: Text, page: Page, size: float) -> "list[Paragraph]":
    return [_paragraph(text, said, size, head) for head, said in words(text, page)]


def _beside(text: Text, page: Page, size: float) -> "list[Paragraph]":
    near = "\n".join(text("conference_sheet.near_one", title=each.entry.title) for each in page.found)
    beside = [(text("conference_sheet.near"), near), (text("conference_sheet.learned"), learned(text, page))]
    return [_paragraph(text, said, size, head) for head, said in beside if said]


def _cut(text: Text, sections: "Sequence[Paragraph]", room: float) -> "list[Paragraph]":
    """What is left over goes, and the page says so."""
    if sum(_height(each) for each in sections) <= room:
        return [*sections]
    kept: list[Paragraph] = []
    note = _paragraph(text, text("conference_sheet.cut"), SIZES[-1])
    cut = room - _height(note)
    for each, share in zip(sections, shares([_height(each) for each in sections], cut), strict=True):
        kept += each.split(_width(), share - GAP)[:1] if _height(each) > share else [each]
    return [*kept, note]


def _paragraph(text: Text, said: str, size: float, head: str = "") -> "Paragraph":
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    breaks = "CJK" if text.language == "ja" else None  # between any two signs, or between words
    style = ParagraphStyle("words", fontName=_font(), fontSize=size, leading=size * LEADING, wordWrap=breaks)
    title = f'<font color="#5d8a66">{_marked(head)}</font><br/>' if head else ""
    return Paragraph(f"{title}{_marked(said)}", style)


def _marked(said: str) -> str:
    """Nothing that people write is markup; paper has no room for empty lines."""
    return escape(_printable(re.sub("\n+", "\n", said))).replace("\n", "<br/>")


def _printable(said: str) -> str:
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(_font()).face.charToGlyph
    return "".join(each if each == "\n" or ord(each) in known else NO_GLYPH for each in said)


def _height(each: "Paragraph") -> float:
    return float(each.wrap(_width(), 1e6)[1]) + GAP


def _width() -> float:
    from reportlab.lib.pagesizes import A4

    return float(A4[0]) - 2 * MARGIN


def _foot(canvas: "Canvas", said: str, width: float) -> None:
    canvas.setFont(_font(), SIZES[-1])
    canvas.drawCentredString(width / 2, FOOT, _printable(said))


@cache
def _font() -> str:
    """Embedded: a machine may have no Japanese font of its own."""
    from matplotlib_fontja import get_font_ttf_path
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(FONT, get_font_ttf_path()))
    return FONT
