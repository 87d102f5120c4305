"""Stretches of letters on a page → lines in the order of reading: columns, boxes, rows of tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.knowledge.documents.letters import Run

_GUTTER = 0.9
"""Room between two columns, in heights of a letter."""

_ROW_SHARE = 0.6
"""Of the lines on the narrower side, how many have one beside them at the same height where they are rows."""

_COLUMN_LETTERS = 9
_DEEPEST = 12


@dataclass(slots=True)
class Row:
    """A line in its column. left, right: of the line; edge: where its column ends."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    start: float
    edge: float

    @property
    def full(self) -> bool:
        return self.right > self.edge - 1.6 * self.size and len(self.text) >= 8

    @property
    def indented(self) -> bool:
        return 0.7 * self.size < self.left - self.start < 1.6 * self.size


Band = list[Run]
"""What stands side by side, from left to right."""


def rows_of(runs: Sequence[Run]) -> list[Row]:
    return list(_read(_bands(runs), 0))


def _bands(runs: Sequence[Run]) -> list[Band]:
    bands: list[Band] = []
    lowest = 0.0
    for run in sorted(runs, key=lambda each: (-each.middle, each.left)):
        if bands and run.middle > lowest:
            bands[-1].append(run)
            lowest = max(lowest, run.middle - run.height * 0.4) if len(bands[-1]) > 1 else lowest
        else:
            bands.append([run])
            lowest = run.middle - run.height * 0.4
    return [_glued(sorted(band, key=lambda each: each.left)) for band in bands]


def _glued(band: Band) -> Band:
    """Stretches that touch are one: only their letters differ."""
    result: Band = []
    for run in band:
        last = result[-1] if result else None
        if last and run.left - last.right < _GUTTER * min(last.height, run.height):
            room = " " if run.left - last.right > 0.35 * last.height else ""
            size = last.size if len(last.text) >= len(run.text) else run.size
            result[-1] = Run(
                last.text + room + run.text,
                last.left,
                max(last.right, run.right),
                min(last.bottom, run.bottom),
                max(last.top, run.top),
                size,
            )
        else:
            result.append(run)
    return result


def _read(bands: Sequence[Band], depth: int) -> Iterator[Row]:
    """Stretches of bands that share a gutter are columns or rows; the others are lines of their own."""
    place = 0
    single: list[Band] = []
    while place < len(bands):
        end, gutter = _region(bands, place) if depth < _DEEPEST else (place + 1, None)
        if gutter is None:
            single.append(bands[place])
            place += 1
            continue
        first = _reach_up(single, gutter)
        taken = [*single[first:], *bands[place:end]]
        yield from _lines(single[:first])
        single = []
        yield from _side_by_side(taken, gutter, depth)
        place = end
    yield from _lines(single)


def _gaps(bands: Sequence[Band], start: int) -> list[tuple[float, float]]:
    """Beside what begins here; lines in two boxes need not stand at the same height."""
    band = list(bands[start])
    if start + 1 < len(bands) and bands[start + 1][0].top > min(run.bottom for run in band):
        band = sorted([*band, *bands[start + 1]], key=lambda each: each.left)
    return [
        (first.right, second.left)
        for first, second in pairwise(band)
        if second.left - first.right >= _GUTTER * min(first.height, second.height)
    ]


def _region(bands: Sequence[Band], start: int) -> tuple[int, tuple[float, float] | None]:
    """How far the gutter of this band goes on, and the gutter."""
    best: tuple[int, tuple[float, float] | None] = (start + 1, None)
    for low, high in _gaps(bands, start):
        end = start
        while end < len(bands) and (fit := _narrowed(bands[end], low, high)) is not None:
            if end > start and _new_part(bands[end - 1], bands[end], low, high):
                break
            low, high = fit
            end += 1
        if best[1] is None or end > best[0] or (end == best[0] and high - low > best[1][1] - best[1][0]):
            best = (end, (low, high))
    end, gutter = best
    while gutter and end > start + 1 and bands[end - 1][-1].right <= gutter[0] and not _goes_evenly(bands, end, gutter):
        end -= 1
    return (end, gutter) if gutter and any(band[-1].left >= gutter[0] for band in bands[start:end]) else (end, None)


def _goes_evenly(bands: Sequence[Band], end: int, gutter: tuple[float, float]) -> bool:
    """A left column may be longer than the right one."""
    below = bands[end - 1][0]
    above = next((band[0] for band in reversed(bands[: end - 1]) if band[0].left < gutter[0]), below)
    return above.bottom - below.top < 1.2 * below.height and abs(above.size - below.size) < 0.12 * above.size


def _narrowed(band: Band, low: float, high: float) -> tuple[float, float] | None:
    """What is left of a gutter beside this band."""
    for run in band:
        if run.right <= low or run.left >= high:
            continue
        low, high = max((low, run.left), (run.right, high), key=lambda gap: gap[1] - gap[0])
    least = _GUTTER * 0.8 * min(run.height for run in band)
    return (low, high) if high - low >= least else None


def _new_part(above: Band, below: Band, low: float, high: float) -> bool:
    """A heading over both columns that is short enough to stand in the left one."""
    if len(below) != 1 or below[0].left > (low + high) / 2:
        return False
    largest = max(run.size for run in above)
    return below[0].size > largest * 1.12 and min(run.bottom for run in above) - below[0].top > 0.3 * largest


def _reach_up(single: Sequence[Band], gutter: tuple[float, float]) -> int:
    """Lines just above that stand beside the gutter belong to its columns."""
    place = len(single)
    while place and _narrowed(single[place - 1], *gutter) and single[place - 1][0].left >= gutter[1] - 1:
        place -= 1
    return place


def _side_by_side(bands: Sequence[Band], gutter: tuple[float, float], depth: int) -> Iterator[Row]:
    middle = sum(gutter) / 2
    left = [part for band in bands if (part := [run for run in band if run.left < middle])]
    right = [part for band in bands if (part := [run for run in band if run.left >= middle])]
    if _is_table(bands, left, right, middle):
        yield from _lines(_table_rows(bands, middle))
    else:
        yield from _read(left, depth + 1)
        yield from _read(right, depth + 1)


def _is_table(bands: Sequence[Band], left: Sequence[Band], right: Sequence[Band], middle: float) -> bool:
    beside = sum(1 for band in bands if band[0].left < middle <= band[-1].left)
    if beside < _ROW_SHARE * min(len(left), len(right)):
        return False
    if beside == 1 and len(bands) == 1:
        return True
    return min(_letters_a_line(left), _letters_a_line(right)) < _COLUMN_LETTERS or len(bands) < 3


def _letters_a_line(bands: Sequence[Band]) -> float:
    return float(median(sum(len(run.text) for run in band) for band in bands))


def _table_rows(bands: Sequence[Band], middle: float) -> list[Band]:
    """What stands in the first column begins a row; what follows only further right goes on in it."""
    rows: list[Band] = []
    for band in bands:
        goes_on = rows and band[0].left >= middle and rows[-1][-1].bottom - band[0].top < 0.9 * band[0].height
        if goes_on:
            rows[-1] = _in_cells(rows[-1], band)
        else:
            rows.append(list(band))
    return rows


def _in_cells(row: Band, more: Band) -> Band:
    result = list(row)
    for run in more:
        nearest = min(range(len(result)), key=lambda place: abs(result[place].left - run.left))
        cell = result[nearest]
        result[nearest] = Run(
            cell.text + run.text, cell.left, max(cell.right, run.right), run.bottom, cell.top, cell.size
        )
    return result


def _lines(bands: Sequence[Band]) -> Iterator[Row]:
    if not bands:
        return
    start = min(band[0].left for band in bands)
    edge = max(band[-1].right for band in bands)
    for band in bands:
        size = max(band, key=lambda run: len(run.text)).size
        text = "　".join(run.text for run in band)
        top, bottom = max(run.top for run in band), min(run.bottom for run in band)
        yield Row(text, band[0].left, band[-1].right, top, bottom, size, start, edge)
