"""The times and lengths people name, and which minute of the day each means."""

from dataclasses import dataclass, replace

from bot.language.dates_days import Day, Question

DAY, HALF = 24 * 60, 12 * 60
LONGEST_GUESSED = 9 * 60
MORNING = ("午前", "朝")
# From which hour on each word means the afternoon: 昼11時 stays, 夜9時 is 21:00.
_AFTERNOON = {"午後": (0, 11), "昼": (1, 9), "夕方": (1, 11), "夜": (5, 11)}


@dataclass(frozen=True, slots=True)
class Clock:
    """One written time; `padded` (09:00) says that the writer counts to 24."""

    hour: int
    minute: int = 0
    part: str = ""
    padded: bool = False

    @property
    def open(self) -> bool:
        """3時 by itself may be either half of the day."""
        return not self.part and 1 <= self.hour <= 6 and not self.padded

    def read(self) -> tuple[int | None, Question | None]:
        """Minutes after midnight, and the doubt."""
        at = self.hour * 60 + self.minute
        if self.minute > 59 or self.hour > 29:
            return None, "impossible"
        if self.hour > 24 or (self.hour == 24 and self.minute):
            return at, "impossible"
        if self.hour == 12 and self.part in (*MORNING, "午後"):
            return HALF, "unclear"
        if self.part in MORNING:
            return at, "contradiction" if 12 < self.hour < 24 else None
        if self.part == "夜" and 1 <= self.hour <= 4:
            return at + DAY, "unclear"
        if self.part == "夜" and self.hour == 12:
            return DAY, "unclear"
        first, last = _AFTERNOON.get(self.part, (0, -1))
        if first <= self.hour <= last:
            return at + HALF, None
        return (at + HALF, "unclear") if self.open else (at, None)


@dataclass(frozen=True, slots=True)
class Length:
    """90分; `each` when it is said of every time (各90分)."""

    minutes: int
    each: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Start and end in minutes after midnight, and the doubt; no start where no clock shows it."""

    start: int | None = None
    end: int | None = None
    doubt: Question | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A start and perhaps an end or a length; `until` for an end that has no start (17時まで)."""

    start: Clock
    end: Clock | None = None
    end_day: Day | None = None
    minutes: int | None = None
    within: bool = False
    until: bool = False

    def lent(self, part: str) -> "Span":
        """午後(2時〜4時), 午後2時か3時: the half of the day said before is meant here too."""
        fits = not self.start.part and (self.start.open or (part not in MORNING and self.start.hour <= 11))
        return replace(self, start=replace(self.start, part=part)) if part and fits else self

    def read(self) -> Hours:
        first = self.start
        if self.end and self.end.part and self.start.open:
            first = _half_of_end(first, self.end)
        start, doubt = first.read()
        if start is None or self.until:
            return Hours(None, None, doubt or "unclear")
        end, unsure = self._end(start)
        if doubt == "impossible":
            return Hours(start, end, doubt)
        return Hours(start, end, unsure if unsure == "contradiction" else doubt or unsure)

    def _end(self, start: int) -> tuple[int | None, Question | None]:
        if self.end is None or self.end_day is not None:
            return (start + self.minutes if self.minutes else None), None
        end, doubt = _end_after(start, self.end)
        if doubt is None and self.minutes is not None and end is not None:
            if self.within:
                return end, "unclear"
            doubt = "contradiction" if end - start != self.minutes else None
        return end, doubt


def _half_of_end(first: Clock, end: Clock) -> Clock:
    """2-4pm: both in the afternoon."""
    if end.part in MORNING:
        return replace(first, part=end.part)
    return replace(first, part="午後") if first.hour % 12 <= end.hour % 12 else first


def _end_after(start: int, end: Clock) -> tuple[int | None, Question | None]:
    """The first such clock time after the start, unless that is too far to have been meant."""
    at = end.hour * 60 + end.minute
    if end.minute > 59 or end.hour > 29:
        return None, "impossible"
    if end.part:
        read, _ = replace(end, part=end.part).read()
        at = at if read is None else read
        if end.hour == 12:
            at = DAY if start >= HALF and end.part in ("夜", "午前", "午後") else HALF
    if at > start:
        return at, None
    steps = (HALF, DAY) if end.hour <= 12 and not end.part else (DAY,)
    at = next((at + step for step in steps if at + step > start), at)
    return (at, None) if start < at <= start + LONGEST_GUESSED else (None, "contradiction")
