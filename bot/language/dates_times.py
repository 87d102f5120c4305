"""The times and lengths people name, and which minute of the day each means."""

from dataclasses import dataclass, replace

from bot.language.dates_days import Reason

DAY = 24 * 60
EVENING, EARLY = 18 * 60, 6 * 60
# The hours each word can mean: 夜10時 is 22:00, and 夜1時 or 朝2時 is nothing sure.
_HOURS_OF = {
    "午前": (0, 11), "午後": (12, 23), "a": (0, 11), "p": (12, 23),
    "朝": (4, 11), "昼": (11, 16), "夕方": (15, 19), "夜": (17, 23),
}  # fmt: skip
_AFTER_NOON = ("午後", "p", "昼", "夕方", "夜")


@dataclass(frozen=True, slots=True)
class Clock:
    """One written time; `padded` (09:00) says that the writer counts to 24."""

    hour: int
    minute: int = 0
    word: str = ""
    padded: bool = False

    def read(self) -> tuple[int, Reason | None]:
        """Minutes after midnight, and the doubt."""
        if self.minute > 59 or self.hour > 24 or (self.hour == 24 and (self.minute or self.word)):
            return 0, "impossible"
        if not self.word:
            unsure = 1 <= self.hour <= 6 and not self.padded
            return (self.hour + 12 * unsure) * 60 + self.minute, "no_time" if unsure else None
        first, last = _HOURS_OF[self.word]
        hour = self.hour % 12 if self.word in ("a", "p") and self.hour == 12 else self.hour
        hour = next((known for known in (hour, hour + 12) if first <= known <= last), -1)
        if hour < 0:
            return 0, "impossible"
        # 午後12時半 is noon to some and midnight to the law.
        return hour * 60 + self.minute, "no_time" if (self.word, self.hour) == ("午後", 12) else None


@dataclass(frozen=True, slots=True)
class Length:
    """90分; `for_all` when it is said of every time in the line (各90分)."""

    minutes: int
    for_all: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """A start in minutes after midnight, how long it takes, and the doubt."""

    start: int = 0
    minutes: int | None = None
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A start and perhaps an end; `rough` when the writer left it open (10時頃, 10時以降)."""

    start: Clock
    end: Clock | None = None
    rough: bool = False

    def read(self) -> Hours:
        first = self.start
        english = self.end is not None and self.end.word in ("a", "p")
        if self.end and english and not first.word and first.hour % 12 < self.end.hour % 12:
            first = replace(first, word=self.end.word)
        start, doubt = first.read()
        if doubt == "impossible":
            return Hours(doubt=doubt)
        hours = Hours(start, _minutes_until(start, first, self.end) if self.end else None, doubt)
        if self.end and hours.minutes is None:
            _, impossible = self.end.read()
            return replace(hours, doubt=impossible or "no_time")
        return replace(hours, doubt="no_time") if self.rough else hours


def _minutes_until(start: int, first: Clock, end: Clock) -> int | None:
    """None when the end cannot be told for sure."""
    stop, doubt = end.read()
    if not end.word and doubt != "impossible":
        stop, doubt = end.hour * 60 + end.minute, None
        if stop <= start < stop + DAY // 2 and end.hour < 12 and first.word in _AFTER_NOON:
            stop += DAY // 2
    if stop <= start and start >= EVENING and stop <= EARLY:
        stop += DAY
    return stop - start if stop > start and doubt is None else None
