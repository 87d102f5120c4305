"""What a line of the log may hold: names we know, values of a modest shape, and each cause once a minute."""

import time
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any

import structlog

EVENTS = frozenset(
    {
        "answer broken off",
        "answer not shown",
        "clock stopped",
        "commands not offered",
        "connection lost",
        "console turn failed",
        "doubtful send",
        "election interrupted",
        "event not stored",
        "event of another workspace",
        "guest of another organisation",
        "job failed",
        "letter given up",
        "letter not settled",
        "letter set aside",
        "letter taken over",
        "not known whether we are there",
        "not known who is there",
        "not noted how far we heard",
        "nothing could be brought after",
        "occurrence failed",
        "operators' pages not opened",
        "outbox out of reach",
        "payload not understood",
        "platform stands still",
        "request failed",
        "request not genuine",
        "request not noted",
        "request not understood",
        "request outside its time: is the clock right?",
        "request replayed",
        "scopes missing",
        "slack connected",
        "slack does not let us",
        "slack not reached",
        "slack refused a letter",
        "somebody else takes our updates",
        "telegram connected",
        "telegram does not answer our question for updates",
        "telegram does not take our token",
        "telegram not reached",
        "telegram refused a message",
        "the workspace removed the app or its token",
        "topic not made",
        "turn broken off",
        "turn failed",
        "update not understood",
        "updates of more than a day are lost",
    }
)
"""Every event that is logged anywhere; a test holds this list against the code."""

CAUSE = frozenset({"event", "platform", "kind", "name", "job", "setting", "state", "error"})
"""What makes two lines the same: only one of them is written in a minute."""

KEYS = CAUSE | {"at", "id", "seconds", "count", "silent_seconds"}
"""at: a place in the code. id: random, the same in all lines of one turn. count: how many there were."""

UNKNOWN = "?"
LONGEST = 80
PAUSE_SECONDS = 60.0
MOST_CAUSES = 500

Line = MutableMapping[str, Any]


def known_only(_logger: object, _method: str, line: Line) -> Line:
    """What is not on the list does not get in, whoever logs it."""
    shown = {name: _modest(value) for name, value in line.items() if name in KEYS}
    return {**shown, "event": line["event"] if line.get("event") in EVENTS else UNKNOWN}


def _modest(value: object) -> object:
    """Numbers, and words that are short and plain: nobody's sentence in Japanese is."""
    if isinstance(value, bool | int | float):
        return value
    plain = isinstance(value, str) and len(value) <= LONGEST and value.isascii() and value.isprintable()
    return value if plain else UNKNOWN


class Sparing:
    """An outage that fails a thousand times is one line a minute, which says how many there were since the last."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._said: dict[Hashable, tuple[float, int]] = {}

    def __call__(self, _logger: object, _method: str, line: Line) -> Line:
        swallowed = self.may_say(frozenset((name, value) for name, value in line.items() if name in CAUSE))
        if swallowed is None:
            raise structlog.DropEvent
        return {**line, "count": swallowed + 1} if swallowed else line

    def may_say(self, cause: Hashable) -> int | None:
        """None where the same was said within the minute; else how often it was kept back since."""
        moment = self._now()
        last, swallowed = self._said.get(cause, (-PAUSE_SECONDS, 0))
        if moment - last < PAUSE_SECONDS:
            self._said[cause] = last, swallowed + 1
            return None
        if len(self._said) >= MOST_CAUSES:
            self._said = {each: kept for each, kept in self._said.items() if moment - kept[0] < PAUSE_SECONDS}
        self._said[cause] = moment, 0
        return swallowed
