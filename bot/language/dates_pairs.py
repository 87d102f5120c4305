"""Puts the days of a line together with its times: dates may share a time, and a date may have several."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from bot.language.dates_days import Day
from bot.language.dates_times import Length, Span
from bot.language.dates_writing import Token

_FROM_TO = re.compile(r" ?(?:[-~→ー]|から|to|until|through) ?", re.IGNORECASE)
_AND = re.compile(r"[ ()]*(?:(?:[、,・/&と;]|and|or|または|もしくは|か|及び|および)[ ()]*){1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """One day, its time and length if they were written, and the words of both."""

    day: Day
    span: Span | None
    minutes: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a line proposes; `doubt` when its days and times can be put together in more than one way."""

    pairs: list[Pair] = field(default_factory=list)
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    days: list[tuple[Day, str]]
    spans: list[tuple[Span, Token]]


def pairs(line: str, found: list[Token], most: int) -> Pairs:
    """At most so many pairs, in the order of writing."""
    order = [token for token in found if not isinstance(token.meaning, Length)]
    lengths, doubt = _lengths(found)
    for earlier, later in pairwise(order):
        from_to = _FROM_TO.fullmatch(line[earlier.end : later.start])
        doubt = doubt or (from_to is not None and not isinstance(later.meaning, Span))
    order = _lend(order)
    time_first = order and isinstance(order[0].meaning, Span) and not isinstance(order[-1].meaning, Span)
    groups, unsure = _groups(line, order[::-1] if time_first else order)
    if time_first:
        groups.reverse()
    every = (pair for group in groups for pair in _group_pairs(group, lengths))
    return Pairs(list(islice(every, most)), doubt or unsure)


def _groups(line: str, order: list[Token]) -> tuple[list[_Group], bool]:
    """Days followed by the times they share, and whether a time stands where it may belong elsewhere."""
    groups: list[_Group] = []
    unsure = False
    previous: Token | None = None
    for token in order:
        gap = _between(line, previous, token)
        meaning = token.meaning
        if isinstance(meaning, Span):
            if not groups:
                return [], True
            unsure = unsure or bool(groups[-1].spans and not _AND.fullmatch(gap))
            groups[-1].spans.append((meaning, token))
        elif not isinstance(meaning, Length):
            if groups and not groups[-1].spans and (gap == " " or _AND.fullmatch(gap)):
                groups[-1].days.append((meaning, token.text))
            else:
                groups.append(_Group([(meaning, token.text)], []))
        previous = token
    return groups, unsure


def _group_pairs(group: _Group, lengths: dict[int, int]) -> Iterator[Pair]:
    for day, words in group.days:
        if not group.spans:
            yield Pair(day, None, None, words)
        for span, token in group.spans:
            yield Pair(day, span, lengths.get(token.start), f"{words} {token.text}")


def _lengths(found: list[Token]) -> tuple[dict[int, int], bool]:
    """The length said of each time, by where the time stands, and whether one could not be placed."""
    starts = [token.start for token in found if isinstance(token.meaning, Span)]
    lengths: dict[int, int] = {}
    before: int | None = starts[0] if len(starts) == 1 else None
    for token in found:
        if isinstance(token.meaning, Span):
            before = token.start
        elif isinstance(token.meaning, Length):
            if token.meaning.for_all:
                lengths.update(dict.fromkeys(starts, token.meaning.minutes))
            elif before is None or before in lengths:
                return lengths, True
            else:
                lengths[before] = token.meaning.minutes
    return lengths, False


def _lend(order: list[Token]) -> list[Token]:
    """12月3日・4日: a day that lacks its month or week takes that of the day before it."""
    lent = []
    earlier: Day | None = None
    for token in order:
        if isinstance(token.meaning, Span | Length):
            lent.append(token)
            continue
        earlier = token.meaning.after(earlier)
        lent.append(replace(token, meaning=earlier))
    return lent


def _between(line: str, one: Token | None, other: Token) -> str:
    if one is None:
        return ""
    return line[one.end : other.start] if one.end <= other.start else line[other.end : one.start]
