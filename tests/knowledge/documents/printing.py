"""Prints PDFs in the layouts that handbooks have, with a font that carries Japanese."""

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import matplotlib_fontja
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
BODY = 10.5
LEADING = 1.6
LEFT, TOP = 70, HEIGHT - 100


@cache
def font() -> str:
    file = next(Path(matplotlib_fontja.__file__).parent.rglob("ipaexg.ttf"))
    pdfmetrics.registerFont(TTFont("ipaexg", str(file)))
    return "ipaexg"


class Sheet:
    """One page: words at places, as a printing program puts them. Further down is further on."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def put(self, x: float, y: float, words: str, size: float = BODY) -> None:
        """y: from the top edge of the page."""
        self._canvas.setFont(font(), size)
        self._canvas.drawString(x, HEIGHT - y, words)

    def lines(self, x: float, y: float, words: Sequence[str], size: float = BODY) -> float:
        """One below the other; returns where the next one would stand."""
        for each in words:
            self.put(x, y, each, size)
            y += size * LEADING
        return y

    def filled(self, x: float, y: float, words: str, letters: int, size: float = BODY) -> float:
        """Broken after so many letters, as Japanese is."""
        return self.lines(x, y, [words[start : start + letters] for start in range(0, len(words), letters)], size)

    def box(self, x: float, y: float, width: float, height: float) -> None:
        self._canvas.rect(x, HEIGHT - y - height, width, height)


def printed(
    *sheets: Callable[[Sheet], object],
) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for draw in sheets:
        draw(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return file.getvalue()
