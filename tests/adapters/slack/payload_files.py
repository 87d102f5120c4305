"""The payload files of payloads/, and what reads them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked
from bot.adapters.slack.decode import Decoder, Workspace
from bot.app.platforms import commands

FOLDER = Path(__file__).parent / "payloads"
FILES: dict[str, Any] = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}
"""By name: {"payload": as Slack sends it, "expected": what it means, or null, or "revoked", or "elsewhere"}."""

TEAM = "T0TEAM"
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
HERE = Workspace(TEAM, "U0BOT", "B0BOT", "E0OURS")

PASSING = {
    "trigger": "",
    "view": "",
    "response_url": "",
    "channel": "",
    "thread": "",
    "passing": False,
    "foreign": False,
}
"""What an expectation leaves out."""

Step = str | int


def decoder(now: datetime = NOW) -> Decoder:
    return Decoder(HERE, commands(), lambda: now)


def arrived(payload: object, now: datetime = NOW) -> Arrival:
    arrival = decoder(now).decode(payload)
    assert isinstance(arrival, Arrival)
    return arrival


def described(arrival: Arrival | Revoked | Elsewhere | None) -> object:
    """In the words of an expectation."""
    if not isinstance(arrival, Arrival):
        return None if arrival is None else type(arrival).__name__.lower()
    event, body = arrival.event, arrival.event.body
    address = event.address
    assert address.platform == "slack"
    parts = (getattr(body, name) for name in body.__dataclass_fields__ if name != "softened")
    return {
        "id": event.id,
        "sender": event.sender,
        "address": [address.space, address.channel, address.thread],
        "direct": event.direct,
        "modal": event.modal,
        "dialogs": event.dialogs,
        "at": "now" if event.at == NOW else event.at.isoformat(),
        "body": [type(body).__name__, *(dict(part) if isinstance(part, dict) else part for part in parts)],
        "way": arrival.way,
        **{name: getattr(arrival, name) for name in PASSING},
    }


def strings(value: object) -> Iterator[str]:
    """Every string inside, the names of fields among them."""
    match value:
        case str():
            yield value
        case dict():
            for name, each in value.items():
                yield from strings(name)
                yield from strings(each)
        case list():
            for each in value:
                yield from strings(each)


def paths(value: object, before: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to every value inside, the whole first."""
    yield before
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        yield from paths(each, (*before, step))


def replaced(value: Any, path: tuple[Step, ...], new: object) -> Any:
    """A copy with something else at the end of this way."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[step] = replaced(copy[step], rest, new)
    return copy


def without(value: Any, path: tuple[Step, ...]) -> Any:
    """A copy in which what stands at the end of this way is missing."""
    if not path:
        return {}
    step, rest = path[0], path[1:]
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[step] = without(copy[step], rest)
    else:
        del copy[step]
    return copy
