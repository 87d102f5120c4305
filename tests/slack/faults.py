"""What can go wrong between the bot and Slack, one call at a time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.slack.blocks import Json


@dataclass
class Fault:
    """One call that goes wrong.

    error: this code instead of doing it. status: this HTTP status instead of doing it, with body if one is given.
    retry_after: the header of a 429; None leaves it out, words stand there as they are.
    reset_before: the connection is reset and nothing is done. reset_after: it is done, then the connection is reset.
    delay: it is done at once and answered so many seconds later. hold: it is done, and answered when this is set.
    hole: nothing is done, and no answer ever comes.
    """

    error: str = ""
    status: int = 0
    body: str = ""
    retry_after: int | str | None = None
    reset_before: bool = False
    reset_after: bool = False
    delay: float = 0.0
    hold: asyncio.Event | None = None
    hole: bool = False


TROUBLES: Mapping[str, Callable[[float], Fault]] = {
    "429": lambda seconds: Fault(status=429, retry_after=round(seconds)),
    "500": lambda _: Fault(status=500),
    "drop": lambda _: Fault(reset_before=True),
    "reset": lambda _: Fault(reset_after=True),
    "slow": lambda seconds: Fault(delay=seconds),
    "hole": lambda _: Fault(hole=True),
}


@dataclass
class _Waiting:
    method: str
    fault: Fault
    channel: str
    times: int


class Faults:
    """happened: every fault that came true, with the method it met.

    weather: asked for every call for which nothing is planned; None lets it go well.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self.weather: Callable[[str, Json], Fault | None] = lambda _method, _args: None
        self.happened: list[tuple[str, Fault]] = []
        self._waiting: list[_Waiting] = []
        self._tell = tell

    def next(self, method: str, fault: Fault, times: int = 1, channel: str = "") -> None:
        """The next calls of this method, in this channel if one is named, go wrong in this way."""
        self._waiting.append(_Waiting(method, fault, channel, times))

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, args: Json) -> Fault:
        """What is to happen to this call; an empty Fault when it shall go well."""
        for waiting in self._waiting:
            if waiting.method == method and waiting.channel in ("", args.get("channel")):
                waiting.times -= 1
                if waiting.times == 0:
                    self._waiting.remove(waiting)
                self.happened.append((method, waiting.fault))
                self._tell()
                return waiting.fault
        return self.weather(method, args) or Fault()
