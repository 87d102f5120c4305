"""How the house is, for whoever watches over it: whether it lives, whether it serves, and figures; never a name."""

import asyncio
import json
import os
import resource
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.app.house import House
from bot.app.web import Page, Pages
from bot.chat.adapter import Adapter
from bot.chat.counts import COUNTED
from bot.chat.figures import Figure, exposition
from bot.scheduler.gaps import heard_elsewhere
from bot.scheduler.runner import SILENCE_SECONDS
from bot.store.condition import Condition, look

ANSWERED_WITHIN = 5.0
OK = "ok"
ELSEWHERE = "elsewhere"
STOPPED = "stopped"
"""Another process on the same database does it, and this one would take its place."""

LETTERS = Figure("yorisoi_letters", "Letters in each state.", "state")
EVENTS = Figure("yorisoi_events", "Events that are not done, in each state.", "state")
WAITING = Figure("yorisoi_letters_oldest_waiting_seconds", "How long the oldest letter that may go has waited.")
PUT_OFF = Figure("yorisoi_letters_put_off", "Letters that were tried and are tried again later.")
HEARING = Figure("yorisoi_platform_hearing", "1 where the platform reaches us.", "platform")
LAST_TICK = Figure("yorisoi_last_tick_seconds", "How long ago the clock last woke us.")
MEMORY = Figure("process_resident_memory_bytes", "Memory of this process.")
MEASURED = (LETTERS, EVENTS, WAITING, PUT_OFF, HEARING, LAST_TICK, MEMORY)

TO_THE_MINUTE = timedelta(minutes=1)
"""Marks of life in the rows say no more."""

_PLAIN = "text/plain; version=0.0.4; charset=utf-8"
_JSON = "application/json"


class Vitals:
    def __init__(self, house: House, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._house, self._silence_seconds = house, silence_seconds

    @property
    def pages(self) -> Pages:
        return {"/health": self.health, "/ready": self.ready, "/metrics": self.metrics}

    async def health(self) -> Page:
        """Red where only a restart helps. A loop that hangs cannot answer at all."""
        return _page({"clock": self._clock()}, well=self._clock() != STOPPED)

    async def ready(self) -> Page:
        """Red where people are not served as they should be."""
        condition = await self._look()
        platforms = {name: self._hears(adapter) for name, adapter in self._house.adapters.items()}
        parts = {
            "database": "silent" if condition is None else OK if condition.ours else "changed",
            "clock": self._clock() if condition is None or self._ticks(condition) else STOPPED,
            "jobs": "failing" if self._house.runner.failing else OK,
            "outbox": "stuck" if condition and self._stuck(condition) else OK,
        }
        well = set(parts.values()) <= {OK, ELSEWHERE} and bool(platforms) and "silent" not in platforms.values()
        letters = {"put off": condition.put_off, **_undelivered(condition.letters)} if condition else {}
        return _page({**parts, "platforms": platforms or "starting", "letters": letters}, well=well)

    async def metrics(self) -> Page:
        condition = await self._look()
        for figure in MEASURED:
            figure.clear()
        if condition:
            for state, count in condition.letters.items():
                LETTERS.set(count, state=state)
            for state, count in condition.events.items():
                EVENTS.set(count, state=state)
            WAITING.set(condition.waiting_seconds)
            PUT_OFF.set(condition.put_off)
        for name, adapter in self._house.adapters.items():
            HEARING.set(adapter.hearing, platform=name)
        LAST_TICK.set(self._house.runner.silent_seconds)
        MEMORY.set(_memory())
        return Page(200, _PLAIN, exposition((*COUNTED, *MEASURED)))

    def _hears(self, adapter: Adapter) -> str:
        if heard_elsewhere(adapter, self._house.database):
            return ELSEWHERE
        return "hearing" if adapter.hearing else "silent"

    def _clock(self) -> str:
        if self._house.database.waits_for("clock"):
            return ELSEWHERE
        return OK if self._house.runner.silent_seconds <= self._silence_seconds else STOPPED

    def _ticks(self, condition: Condition) -> bool:
        """Where another process should keep the time: whether any does."""
        if not self._house.database.waits_for("clock"):
            return True
        silent = self._house.clock() - condition.ticked if condition.ticked else None
        return silent is not None and silent <= timedelta(seconds=self._silence_seconds) + TO_THE_MINUTE

    def _stuck(self, condition: Condition) -> bool:
        """What waits for a platform that is away, or that nobody configured, waits rightly."""
        up = {name for name, adapter in self._house.adapters.items() if adapter.hearing}
        return bool(up & set(condition.stuck))

    async def _look(self) -> Condition | None:
        """None where the database does not answer."""
        now = self._house.clock()
        try:
            async with asyncio.timeout(ANSWERED_WITHIN):
                return await self._house.database.read(lambda session: look(session, now))
        except Exception:  # of whatever kind: to whoever watches it is all the same
            return None


def _undelivered(letters: Mapping[str, int]) -> dict[str, int]:
    return {state: count for state, count in sorted(letters.items()) if state not in ("delivered", "dropped")}


def _page(content: Mapping[str, object], *, well: bool) -> Page:
    return Page(200 if well else 503, _JSON, json.dumps({"well": well, **content}) + "\n")


def _memory() -> int:
    """Now, where the system tells; else the most there has been."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
