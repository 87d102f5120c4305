"""What a line of the log may hold: names we know, and values of a modest shape."""

from collections.abc import MutableMapping
from typing import Any

from bot.app.repeats import CAUSE

EVENTS = frozenset(
    {
        "answer broken off",
        "answer not shown",
        "clock leapt: not followed before a restart",
        "clock stepped",
        "clock stopped",
        "commands not offered",
        "connection lost",
        "console turn failed",
        "danger not looked for",
        "details not looked for",
        "doubtful send",
        "edition answers",
        "election interrupted",
        "erased log not written",
        "event not resumed",
        "event not stored",
        "event not tried again",
        "event of another workspace",
        "guest of another organisation",
        "handbook being encoded",
        "handbook not asked",
        "hotlines not readable",
        "hotlines should be looked at again",
        "job failed",
        "key file behind the database",
        "key file not usable",
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
        "try not counted",
        "turn broken off",
        "turn failed",
        "update not understood",
        "updates of more than a day are lost",
    }
)
"""Every event that is logged anywhere; a test holds this list against the code."""

KEYS = CAUSE | {"at", "id", "seconds", "count", "silent_seconds", "done", "of"}
"""at: a place in the code. id: random, the same in all lines of one turn. count: how many there were. done, of: how far
something long is."""

UNKNOWN = "?"
LONGEST = 80

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
