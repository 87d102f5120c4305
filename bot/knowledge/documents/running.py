"""What stands on page after page: running heads and footers, which go, and page numbers, which are kept as data."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.knowledge.documents.shape import Line
from bot.language.headings import differs_by_number, page_number

_DIGITS = re.compile(r"[0-9０-９]+")
_EVERY = 3
"""A line on as many pages, at the same edge, runs along."""


def without_running(
    pages: Sequence[Sequence[Line]], edges: Sequence[tuple[int, int]]
) -> tuple[list[Line], dict[int, str]]:
    """edges: how many of a page's first and last lines stand at its edge. Also returns the printed number of each page
    whose number runs on like those of its neighbours."""
    heads, feet = _edge_lines(pages, edges)
    runs = _repeated(heads) | _repeated(feet)
    numbers = _numbers(pages, edges)
    first_of_title: set[str] = set()
    kept: list[Line] = []
    for lines, (top, bottom) in zip(pages, edges, strict=True):
        for place, line in enumerate(lines):
            at_edge = place < top or place >= len(lines) - bottom
            if not at_edge:
                kept.append(line)
                continue
            key = _key(line.text)
            if page_number(line.text) and (line.page in numbers or place in (0, len(lines) - 1)):
                continue
            if key not in runs:
                kept.append(line)
            elif line.size and line.size >= _largest(lines) and key not in first_of_title:
                first_of_title.add(key)  # a title repeated on every slide is a heading once
                kept.append(line)
    return kept, numbers


def _edge_lines(
    pages: Sequence[Sequence[Line]], edges: Sequence[tuple[int, int]]
) -> tuple[list[set[str]], list[set[str]]]:
    heads = [{_key(line.text) for line in lines[:top]} for lines, (top, _) in zip(pages, edges, strict=True)]
    feet = [
        {_key(line.text) for line in lines[len(lines) - bottom :]}
        for lines, (_, bottom) in zip(pages, edges, strict=True)
    ]
    return heads, feet


def _key(text: str) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", "", text))


def _repeated(edges: Sequence[set[str]]) -> set[str]:
    """Numbers alone do not make two lines alike: 「ポイント1」 and 「ポイント2」 are two headings."""
    counts = Counter(key for keys in edges for key in keys)
    return {key for key, count in counts.items() if count >= _EVERY and not differs_by_number(key)}


def _largest(lines: Sequence[Line]) -> float:
    return max(line.size for line in lines) * 0.98


def _numbers(pages: Sequence[Sequence[Line]], edges: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The printed numbers, where most of them run with the pages."""
    found: dict[int, list[int]] = {}
    for number, (lines, (top, bottom)) in enumerate(zip(pages, edges, strict=True)):
        edge = [*lines[:top], *lines[max(top, len(lines) - bottom) :]]
        values = [int(number_) for line in edge if (number_ := page_number(line.text)).isdecimal()]
        if values:
            found[number] = values
    by_offset: Mapping[int, list[int]] = _by_offset(found)
    if not by_offset:
        return {}
    offset, running = max(by_offset.items(), key=lambda each: len(each[1]))
    if len(running) < max(2, len(pages) // 4):
        return {}
    return {number: str(number + offset) for number in range(len(pages)) if number + offset > 0}


def _by_offset(found: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    offsets: dict[int, list[int]] = defaultdict(list)
    for number, values in found.items():
        for value in values:
            offsets[value - number].append(number)
    return offsets
