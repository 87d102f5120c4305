"""Named points of the house's work; the process kills itself on the n-th pass of the one it was told."""

import os
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from types import ModuleType
from typing import Any, TypeVar

from bot.routing.turn import TurnStore
from bot.store import drafts, inbox, members, occurrences, outbox, polls, stranded, worries
from bot.store.database import Database
from bot.store.session import Session

T = TypeVar("T")

STEPS: dict[ModuleType, Sequence[str]] = {
    inbox: ("receive", "finish"),
    outbox: ("put", "claim", "delivered"),
    stranded: ("recover",),
    drafts: ("keep", "change", "discard"),
    worries: ("share", "answer", "close"),
    polls: ("propose", "vote", "decide"),
    occurrences: ("plan", "finish"),
    members: ("join",),
}
"""What runs inside a transaction. Each has three points: `before` it, `inside` (done, but not committed) and
`committed` (on the disk, and nobody told)."""

_done_here: ContextVar[list[str] | None] = ContextVar("done_here", default=None)


class Switch:
    """Counts every pass of every point, and ends the process at the chosen one."""

    def __init__(self) -> None:
        self.passes: Counter[str] = Counter()
        self.kill: tuple[str, int] = ("", 0)

    def passing(self, point: str) -> None:
        self.passes[point] += 1
        if self.kill == (point, self.passes[point]):
            os.kill(os.getpid(), signal.SIGKILL)


switch = Switch()


def install() -> None:
    """Wraps the house's own functions; what they do stays the same."""
    for room, names in STEPS.items():
        for name in names:
            setattr(room, name, _inside(f"{room.__name__.rpartition('.')[2]}.{name}", getattr(room, name)))
    _around_commit()
    _around_turn()
    _around_traces()


def _inside(step: str, real: Callable[..., T]) -> Callable[..., T]:
    def passed(*arguments: Any, **named: Any) -> T:
        switch.passing(f"{step}:before")
        result = real(*arguments, **named)
        switch.passing(f"{step}:inside")
        done = _done_here.get()
        if done is not None:
            done.append(step)
        return result

    return passed


def _around_commit() -> None:
    real = Database.write

    async def write(self: Database, work: Callable[[Session], T]) -> T:
        done: list[str] = []

        def noted(session: Session) -> T:
            token = _done_here.set(done)
            try:
                return work(session)
            finally:
                _done_here.reset(token)

        result = await real(self, noted)
        for step in done:
            switch.passing(f"{step}:committed")
        return result

    setattr(Database, "write", write)  # noqa: B010 - mypy forbids assigning to a method


def _around_turn() -> None:
    real = TurnStore.__init__

    def begun(self: TurnStore, *arguments: Any, **named: Any) -> None:
        real(self, *arguments, **named)
        switch.passing("turn:begun")

    setattr(TurnStore, "__init__", begun)  # noqa: B010


def _around_traces() -> None:
    real: Callable[[Database], Awaitable[None]] = Database.forget_traces

    async def forget_traces(self: Database) -> None:
        switch.passing("forget_traces:before")
        await real(self)
        switch.passing("forget_traces:after")

    setattr(Database, "forget_traces", forget_traces)  # noqa: B010
