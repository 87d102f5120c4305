"""What can go wrong between the bot and Telegram, one call at a time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.telegram.shapes import Json


@dataclass
class Fault:
    """One call that goes wrong.

    code, description: this error instead of doing it, as the Bot API words it. retry_after: what a 429 says; None says
    nothing, words stand there as they are. html: this page with the status of the code, as a proxy in between gives it.
    reset_before: the connection is reset and nothing is done. reset_after: it is done, then the connection is reset.
    delay: it is done at once and answered so many seconds later. hold: it is done, and answered when this is set.
    hole: nothing is done, and no answer ever comes.
    """

    code: int = 0
    description: str = ""
    retry_after: int | str | None = None
    html: str = ""
    reset_before: bool = False
    reset_after: bool = False
    delay: float = 0.0
    hold: asyncio.Event | None = None
    hole: bool = False


def too_many(retry_after: int | str | None = 1) -> Fault:
    words = "Too Many Requests" if retry_after is None else f"Too Many Requests: retry after {retry_after}"
    return Fault(429, words, retry_after)


def bad_gateway() -> Fault:
    return Fault(502, html="<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>")


def server_error() -> Fault:
    return Fault(500, "Internal Server Error")


TROUBLES: Mapping[str, Callable[[float], Fault]] = {
    "429": lambda seconds: too_many(round(seconds)),
    "500": lambda _: server_error(),
    "drop": lambda _: Fault(reset_before=True),
    "reset": lambda _: Fault(reset_after=True),
    "slow": lambda seconds: Fault(delay=seconds),
    "hole": lambda _: Fault(hole=True),
}


@dataclass
class _Waiting:
    method: str
    fault: Fault
    chat: int
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

    def next(self, method: str, fault: Fault, times: int = 1, chat: int = 0) -> None:
        """The next calls of this method, in this chat if one is named, go wrong in this way; -1 times: all of them."""
        self._waiting.append(_Waiting(method, fault, chat, times))

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, args: Json) -> Fault:
        """What is to happen to this call; an empty Fault when it shall go well."""
        for waiting in self._waiting:
            if waiting.method == method and (not waiting.chat or str(waiting.chat) == str(args.get("chat_id"))):
                waiting.times -= 1
                if waiting.times == 0:
                    self._waiting.remove(waiting)
                self.happened.append((method, waiting.fault))
                self._tell()
                return waiting.fault
        return self.weather(method, args) or Fault()
