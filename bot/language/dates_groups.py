"""Puts days together with their times: days may share a time, and a day may have several."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.language.dates_clocks import InMinutes, Part, Same
from bot.language.dates_days import Day, InDays, Vague
from bot.language.dates_times import Length, Span
from bot.language.dates_tokens import RANGE, Token
from bot.language.dates_verdicts import Judged

_ATTACHED = re.compile(
    r"[ (・の]*(?:頃|ごろ)?(?:から|より|スタート|開始|で|に|~|-)*[ (]*(?:約|だいたい|およそ|の)?[ ]*"
)
_AMONG = re.compile(r"[^。\n]*(?:うち|どこか|間で|中で)")


@dataclass(frozen=True, slots=True)
class Pair:
    """One day with one time; `lent` when the time was said for another day and is only the nearest reading."""

    day: Day
    span: Span | None
    text: str
    lent: bool = False
    moment: InMinutes | None = None


@dataclass(slots=True)
class _Group:
    days: list[Judged]
    spans: list[tuple[Span, Token]] = field(default_factory=list)
    part: str = ""
    vague_part: bool = False
    split: bool = False


def pairs(text: str, found: list[Judged], most: int) -> list[Pair]:
    """At most so many, in the order of writing; a day nobody gave an hour comes without one."""
    return list(islice(_pairs(text, _spanning(text, found)), most))


def _pairs(text: str, found: list[Judged]) -> Iterator[Pair]:
    for one in found:
        if isinstance(one.token.meaning, InMinutes) and not one.dropped:
            yield Pair(InDays(0), None, one.token.text, moment=one.token.meaning)
    groups, leading = _groups(text, found)
    if not groups:
        yield from (Pair(Vague(), span, token.text) for span, token in leading)
        return
    if leading and not any(group.spans for group in groups):
        for group in groups:
            group.spans = leading
    before: _Group | None = None
    for group in groups:
        yield from _group_pairs(group, before)
        before = group if group.spans else before


def _group_pairs(group: _Group, before: _Group | None) -> Iterator[Pair]:
    for one in group.days:
        day, token = one.token.day, one.token
        if one.dropped or day is None:
            continue
        for span, clock in group.spans:
            part = day.part if isinstance(day, InDays) else ""
            yield Pair(day, span.lent(part), f"{token.text} {clock.text}")
        if not group.spans:
            lends = before and before.spans and not group.vague_part and not isinstance(day, Vague)
            if lends and before:
                yield from (Pair(day, span, token.text, lent=True) for span, _ in before.spans)
            elif not one.talk:
                yield Pair(day, None, token.text)


def _groups(text: str, found: list[Judged]) -> tuple[list[_Group], list[tuple[Span, Token]]]:
    """Days followed by the times they share, and the times said before any day."""
    kept = [one for one in found if not (one.dropped and one.token.day is None)]
    groups: list[_Group] = []
    leading = _Group([])
    backwards = _time_first(kept)
    previous: Token | None = None
    lengths: list[Length] = []
    for one in kept if not backwards else _turned(kept):
        meaning, token = one.token.meaning, one.token
        group = groups[-1] if groups else leading
        if token.day is not None:
            if groups and not group.spans and not group.vague_part:
                group.days.append(one)
            else:
                groups.append(_Group([one]))
        elif isinstance(meaning, Span):
            if not (one.talk and group is leading):
                _add_span(group, meaning, token)
        elif isinstance(meaning, Length):
            if not any(each.spans for each in (*groups, leading)):
                lengths.append(meaning)
            else:
                _add_length(text, groups or [leading], meaning, token, previous)
        elif isinstance(meaning, Part):
            group.part = meaning.name
            group.vague_part = True
            if group is leading and not one.talk:
                groups.append(_Group([Judged(replace(token, meaning=Vague()))]))
                groups[-1].part = meaning.name
        elif isinstance(meaning, Same) and len(groups) > 1:
            group.spans = list(groups[-2].spans)
        previous = token
    for length in lengths[:1]:
        _lengthen([*groups, leading], length)
    return [group for group in groups if not _empty_part(group, groups)], leading.spans


def _empty_part(group: _Group, groups: list[_Group]) -> bool:
    """A part of the day said before the day that it belongs to (夕方、12/3の17時)."""
    return len(groups) > 1 and isinstance(group.days[0].token.meaning, Vague) and bool(group.part) and not group.spans


def _time_first(found: list[Judged]) -> bool:
    """10:00 12/3, 14:00 12/4: each time stands before its day."""
    kinds = ["D" if one.token.day else "T" for one in found if one.token.day or isinstance(one.token.meaning, Span)]
    return len(kinds) > 2 and "".join(kinds) == "TD" * (len(kinds) // 2)


def _turned(found: list[Judged]) -> list[Judged]:
    turned: list[Judged] = []
    waiting: Judged | None = None
    for one in found:
        if isinstance(one.token.meaning, Span):
            waiting = one
            continue
        turned.append(one)
        if one.token.day is not None and waiting is not None:
            turned.append(waiting)
            waiting = None
    return turned


def _add_span(group: _Group, span: Span, token: Token) -> None:
    if span.until and group.spans and group.spans[-1][0].end is None and not group.spans[-1][0].until:
        last, clock = group.spans[-1]
        group.spans[-1] = (replace(last, end=span.start), clock)
        return
    part = group.part
    if group.spans and not part:
        earlier = group.spans[-1][0].start
        part = earlier.part if span.start.open or span.start.hour > earlier.hour else ""
    group.spans.append((span.lent(part), token))


def _add_length(text: str, groups: list[_Group], length: Length, token: Token, previous: Token | None) -> None:
    group = groups[-1]
    gap = text[previous.end : token.start] if previous else ""
    if group.spans and previous is group.spans[-1][1] and not length.each:
        within = group.spans[-1][0].end is not None and _AMONG.match(gap) is not None
        if within or _ATTACHED.fullmatch(gap):
            span, clock = group.spans[-1]
            group.spans[-1] = (replace(span, minutes=length.minutes, within=within), clock)
            return
    _lengthen(groups, length)


def _lengthen(groups: list[_Group], length: Length) -> None:
    """A length in a phrase of its own is said of every time that has no end."""
    for each in groups:
        each.spans = [
            (span if span.end or span.minutes else replace(span, minutes=length.minutes), clock)
            for span, clock in each.spans
        ]


def _spanning(text: str, found: list[Judged]) -> list[Judged]:
    """12/3 14時から12/4 12時まで: one time that ends on another day."""
    joined = list(found)
    for index in range(len(found) - 3, 0, -1):
        first, day, last = (one.token for one in joined[index : index + 3])
        if not isinstance(first.meaning, Span) or day.day is None or not isinstance(last.meaning, Span):
            continue
        if joined[index].dropped != joined[index + 1].dropped:
            continue
        if first.meaning.end is None and RANGE.fullmatch(text[first.end : day.start]) and last.meaning.end is None:
            span = Span(first.meaning.start, last.meaning.start, day.day)
            token = Token(span, text[first.start : last.end], first.start, last.end)
            joined[index : index + 3] = [Judged(token, joined[index].dropped)]
    return joined
