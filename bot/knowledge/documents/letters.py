"""The letters of a PDF's page with their places, put together to stretches of a line as they were set."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from bot.language.printed import is_kana

_MOST_ON_PAGE = 200_000
_STACK = 3
_KANA = "\u3040"
_RUBY = 0.62
_ROOM = 0.35
"""Of a letter's height, where it is a space and no setting of the line."""


@dataclass(slots=True)
class Run:
    """A stretch of letters on one line. Places are counted in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)


def runs_of(page: "pdfium.FPDF_TEXTPAGE") -> list[Run]:
    """Without the readings of ruby."""
    return _without_ruby(list(_merged(_letters(page))))


def _letters(page: "pdfium.FPDF_TEXTPAGE") -> Iterator[tuple[str, float, float, float, float]]:
    """Each letter that is printed, with its left, right, bottom and top; upright ones only."""
    count = min(pdfium.FPDFText_CountChars(page), _MOST_ON_PAGE)
    box = pdfium.FS_RECTF()
    at = ctypes.byref(box)
    unicode, loose, generated = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_IsGenerated,
    )
    high = 0
    for number in range(count):
        code = unicode(page, number)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if code in (10, 13):
            continue
        if code == 32 and generated(page, number) == 1:
            continue
        if loose(page, number, at):
            yield chr(2 if code == 2 else code), box.left, box.right, box.bottom, box.top


def _merged(letters: Iterator[tuple[str, float, float, float, float]]) -> Iterator[Run]:
    run: Run | None = None
    for sign, left, right, bottom, top in letters:
        if sign == "\x02":
            sign = "-"
        height = top - bottom
        if height <= 0.5:
            continue
        if run and _goes_on(run, left, bottom, top, height):
            if left - run.right > _ROOM * height and not run.text.endswith((" ", "　")) and sign not in " 　":
                run.text += " "
            run.text += sign
            run.right = max(run.right, right)
            continue
        if run and run.text.strip():
            yield _trimmed(run)
        run = Run(sign, left, right, bottom, top, height)
    if run and run.text.strip():
        yield _trimmed(run)


def _goes_on(run: Run, left: float, bottom: float, top: float, height: float) -> bool:
    if not 0.75 < height / run.height < 1.33 or abs((top + bottom) / 2 - run.middle) > 0.25 * run.height:
        return False
    return -0.5 * height < left - run.right < 1.1 * height


def _trimmed(run: Run) -> Run:
    """Spaces at its end hold a place on paper and nothing in a text; those at its beginning may be an indent."""
    stripped = run.text.rstrip(" 　")
    run.right -= (len(run.text) - len(stripped)) * run.height * 0.5
    inner = stripped.lstrip(" 　")
    run.left += (len(stripped) - len(inner)) * run.height * 0.8
    run.text = inner
    run.right = max(run.right, run.left + 0.1)
    return run


def _without_ruby(runs: list[Run]) -> list[Run]:
    return [run for run in runs if not _is_ruby(run, runs)]


def _is_ruby(run: Run, runs: list[Run]) -> bool:
    """Small kana just above larger letters."""
    if not is_kana(run.text):
        return False
    for base in runs:
        if run.size > base.size * _RUBY:
            continue
        above = -0.4 * base.size < run.bottom - base.top < 0.5 * base.size
        if above and run.left > base.left - base.size and run.right < base.right + base.size:
            return True
    return False


def without_stacks(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The rest, and words that are written downwards, each as one stretch."""
    single = sorted((run for run in runs if len(run.text) == 1 and run.text > _KANA), key=lambda run: -run.top)
    stacks: list[list[Run]] = []
    for run in single:
        above = next((stack for stack in stacks if _stands_below(run, stack[-1])), None)
        if above is None:
            stacks.append([run])
        else:
            above.append(run)
    words = [stack for stack in stacks if len(stack) >= _STACK]
    taken = {id(run) for stack in words for run in stack}
    rest = [run for run in runs if id(run) not in taken]
    return rest, [_one(stack) for stack in words]


def _stands_below(run: Run, above: Run) -> bool:
    return abs(run.left - above.left) < 0.4 * run.size and 0 < above.middle - run.middle < 2.2 * run.size


def _one(stack: list[Run]) -> Run:
    first = stack[0]
    text = "".join(run.text for run in stack)
    return Run(text, first.left, first.right, stack[-1].bottom, first.top, 1.0)  # too small to be taken for a heading
