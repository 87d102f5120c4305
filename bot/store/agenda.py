"""How the minutes of a meeting are shared out among its parts: numbers alone, and they always add up."""

from dataclasses import dataclass

SHORTEST, LONGEST = 15, 480
"""Minutes of a meeting that can be shared out; what lies beyond is taken for the nearest."""

LESSON_FROM = 40
"""A shorter meeting has no time to teach anything."""

BREAK_FROM = 120
"""So long nobody sits without a break; it takes a twelfth."""

ROUND_FROM = 40
"""From here on parts are as long as people say it: five minutes, ten, a quarter of an hour."""

_BREAK = 12


@dataclass(frozen=True, slots=True)
class Part:
    """begins: minutes after the beginning."""

    name: str
    begins: int
    minutes: int

    @property
    def ends(self) -> int:
        return self.begins + self.minutes


@dataclass(frozen=True, slots=True)
class _Share:
    """weight: minutes of a meeting of 90. least, most: minutes in any."""

    weight: int
    least: int
    most: int = LONGEST


_SHARES = {
    "opening": _Share(5, 2, 10),
    "lesson": _Share(10, 5, 30),
    "case": _Share(15, 3),
    "questions": _Share(15, 3),
    "break": _Share(0, 10),
    "ideas": _Share(30, 4),
    "closing": _Share(15, 2, 30),
}
"""After Project ECHO: a short lesson, a case, questions, ideas, and what comes next."""

NAMES = tuple(_SHARES)
_GROW = ("case", "questions", "lesson", "closing")
"""Nobody needs a longer beginning."""


def parts(minutes: int) -> tuple[Part, ...]:
    """In their order, without gaps."""
    whole = min(max(minutes, SHORTEST), LONGEST)
    lengths = _lengths(whole)
    found: list[Part] = []
    for name in NAMES:
        if name in lengths:
            found.append(Part(name, found[-1].ends if found else 0, lengths[name]))
    return tuple(found)


def _lengths(whole: int) -> dict[str, int]:
    """Each part gets its share, rounded down; what is left over goes, a step each, to those who lost most by that,
    as long as the ideas keep theirs: they are why people came."""
    step = 5 if whole >= ROUND_FROM else 1
    pause = _rounded(whole // _BREAK, step) if whole >= BREAK_FROM else 0
    weights = {name: share.weight for name, share in _SHARES.items() if name != "lesson" or whole >= LESSON_FROM}
    fair = {name: (whole - pause) * weight / sum(weights.values()) for name, weight in weights.items() if weight}
    lengths = {name: _within(name, _rounded(int(length), step)) for name, length in fair.items() if name != "ideas"}
    if pause:
        lengths["break"] = pause
    left = whole - sum(lengths.values())
    for name in sorted(_GROW, key=lambda each: lengths.get(each, 0) - fair.get(each, 0)):
        if name in lengths and left - step >= fair["ideas"]:
            longer = _within(name, lengths[name] + step)
            left -= longer - lengths[name]
            lengths[name] = longer
    return {**lengths, "ideas": left}


def _rounded(length: int, step: int) -> int:
    return max(length // step * step, step)


def _within(name: str, length: int) -> int:
    return min(max(length, _SHARES[name].least), _SHARES[name].most)


def now_in(minutes: int, passed: int) -> Part | None:
    """The part that so many whole minutes after the beginning lie in; nothing before it and after the end."""
    return next((part for part in parts(minutes) if part.begins <= passed < part.ends), None)
