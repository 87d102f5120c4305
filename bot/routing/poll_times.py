"""What people write of times, as candidates of a poll, or a question back with the nearest reading in the field."""

from collections.abc import Iterable
from datetime import datetime

from bot.chat.errors import Refused
from bot.language import dates, dates_lines
from bot.language.dates import Parsed, Slot
from bot.routing.turn import Turn
from bot.store.polls import FEWEST_SLOTS, MOST_SLOTS, Candidate

DOUBT_SHOWN = 40


def read_times(turn: Turn, lines: str, fewest: int = FEWEST_SLOTS) -> list[Candidate]:
    """Different times ahead; otherwise the form comes back, asking what was meant in its field `times`.

    Times that overlap are all kept: one of them will be chosen, and 14:00 or 14:30 is a fair question. What begins at
    the same moment is one time, as long as the longest that was written: who can stay longer can stay shorter.
    """
    now = turn.now.astimezone(turn.text.timezone)
    parsed = dates.parse(lines, now)
    found = _by_start(parsed.slots)
    if parsed.cut or len(found) > MOST_SLOTS:
        raise Refused("conference.many", field="times")
    _ask_back(turn, parsed, now)
    if len(found) < fewest:
        raise Refused("conference.few", field="times")
    return [Candidate(start, minutes) for start, minutes in sorted(found.items())]


def _by_start(slots: Iterable[Slot]) -> dict[datetime, int]:
    """How many minutes each is to take; 0 where nobody said it."""
    found: dict[datetime, int] = {}
    for slot in slots:
        minutes = int((slot.end - slot.start).total_seconds() // 60) if slot.end else 0
        found[slot.start] = max(minutes, found.get(slot.start, 0))
    return found


def _ask_back(turn: Turn, parsed: Parsed, now: datetime) -> None:
    for doubt in parsed.doubts:
        words = doubt.text[:DOUBT_SHOWN]
        if doubt.nearest is None:
            raise Refused(f"conference.unclear.{doubt.question}", field="times", text=words)
        nearest = turn.text.when(doubt.nearest.start)
        if offer := _offer(turn, parsed, now):
            raise Refused(
                f"conference_polls.offered.{doubt.question}", field="times", offer=offer, text=words, nearest=nearest
            )
        raise Refused(f"conference.meant.{doubt.question}", field="times", text=words, nearest=nearest)


def _offer(turn: Turn, parsed: Parsed, now: datetime) -> str:
    """Everything as it would be read; nothing where some of it has no reading."""
    if any(doubt.nearest is None for doubt in parsed.doubts):
        return ""
    return dates_lines.readable(parsed.slots, now, turn.text.language)
