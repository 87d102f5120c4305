"""How often one person may: so that a flood by one never slows the others, and nobody can try codes until one opens.

Counted in memory, for this process alone, under a key that ends with it: no row could tell who wrote how much.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.errors import Refused
from bot.chat.events import Address, Event, News, Submit
from bot.store.seal import keyed_token

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

EVENTS_A_MINUTE = 30
"""Of one person. A form of ten questions filled in haste takes fifteen."""

WAITING = 50
"""Events of one person that wait in memory behind one another."""

AT_ONCE = 64
"""Events being handled at one time; of one person never more than one."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """times: in any hour, by one person. words: what is said beyond it; {minutes} until the next.
    everyone: in any hour, by all together; 0 where that does not matter.
    wrong: only what was refused in these words counts; empty where what was done counts.
    rests: whoever is asked to rest for a while (store/pauses.py) may not do it meanwhile."""

    name: str
    times: int
    words: str
    everyone: int = 0
    wrong: str = ""
    rests: bool = False


WORRIES = Allowance("worries", 6, "limits.worries", rests=True)
ANSWERS = Allowance("answers", 30, "limits.answers", rests=True)
REPORTS = Allowance("reports", 10, "limits.reports", rests=True)
LEARNINGS = Allowance("learnings", 6, "limits.learnings", rests=True)
PEER_NOTES = Allowance("peer notes", 6, "limits.peer_notes", rests=True)
REACTIONS = Allowance("reactions", 60, "limits.reactions", rests=True)
CALLS = Allowance("calls", 10, "danger.told_before")
QUESTIONS = Allowance("questions", 10, "limits.questions")
GUESSES = Allowance("guesses", 5, "join.wait", everyone=100, wrong="join.refused")
"""Codes have 59 bits: at a hundred an hour, the chance that ten years of guessing meet one of a thousand open codes
is one in ninety million."""


class Windows:
    """When each of many did something within the last while; who did nothing is forgotten."""

    def __init__(self, span: timedelta) -> None:
        self._span = span
        self._moments: dict[str, deque[datetime]] = {}
        self._swept: datetime | None = None

    def wait(self, who: str, times: int, now: datetime, at: datetime | None = None) -> timedelta:
        """Until it may be done once more; nothing where it may be done now. at: where it happened before now."""
        moments, moment = self._recent(who, now, at or now)
        return moments[-times] + self._span - moment if len(moments) >= times else timedelta()

    def count(self, who: str, now: datetime, at: datetime | None = None) -> None:
        moments, moment = self._recent(who, now, at or now)
        moments.append(moment)
        self._moments[who] = moments
        if self._swept is None or abs(now - self._swept) >= self._span:
            self._swept = now
            self._moments = {each: kept for each in [*self._moments] if (kept := self._recent(each, now, now)[0])}

    def __len__(self) -> int:
        return len(self._moments)

    def _recent(self, who: str, now: datetime, at: datetime) -> tuple[deque[datetime], datetime]:
        """What counts, in order, and the moment that is asked about: never before the last one, or an old date would
        begin a new window."""
        moments = self._moments.get(who, deque())
        if moments and moments[-1] > now + self._span:  # the clock was set back: nobody waits for the old time
            moments.clear()
        moment = max(at, moments[-1]) if moments else at
        while moments and moments[0] <= moment - self._span:
            moments.popleft()
        return moments, moment


class Limits:
    """One process's memory of who did how much."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._events, self._told, self._hour = Windows(MINUTE), Windows(MINUTE), Windows(HOUR)
        self.at_once = asyncio.Semaphore(AT_ONCE)

    def admits(self, event: Event, waiting: int) -> bool:
        """waiting: how many of this person wait already. It counts when something happened, not when it came: what a
        person wrote during an hour's outage was no flood. A filled dialog is always taken, because what stands in it
        stands nowhere else; opening it was counted."""
        if isinstance(event.body, News | Submit):
            return True
        who, now = self._who("events", event.private), self._clock()
        at = min(event.at, now)
        if waiting >= WAITING or self._events.wait(who, EVENTS_A_MINUTE, now, at):
            return False
        self._events.count(who, now, at)
        return True

    def tells(self, who: Address) -> bool:
        """Whether to say so: once a minute is kind, a thousand times would be a flood of our own."""
        key, now = self._who("told", who), self._clock()
        if self._told.wait(key, 1, now):
            return False
        self._told.count(key, now)
        return True

    def refusal(self, allowance: Allowance | None, who: Address) -> Refused | None:
        """Says in how many minutes, where it has been used up."""
        if allowance is None:
            return None
        now = self._clock()
        wait = self._hour.wait(self._who(allowance.name, who), allowance.times, now)
        if allowance.everyone:
            wait = max(wait, self._hour.wait(allowance.name, allowance.everyone, now))
        return Refused(allowance.words, minutes=-(-wait // MINUTE)) if wait else None

    def ended(self, allowance: Allowance | None, who: Address, *, done: bool = False, refused: str = "") -> None:
        """What came of it. done: something was written. refused: in which words."""
        if allowance is None or not (refused == allowance.wrong if refused else done and not allowance.wrong):
            return
        now = self._clock()
        self._hour.count(self._who(allowance.name, who), now)
        if allowance.everyone:
            self._hour.count(allowance.name, now)

    def _who(self, purpose: str, who: Address) -> str:
        return keyed_token(self._key, purpose, who.platform, who.space, who.channel)


class Unlimited(Limits):
    """Where nobody can send more than one person types."""

    def admits(self, event: Event, waiting: int) -> bool:  # noqa: ARG002
        return True

    def refusal(self, allowance: Allowance | None, who: Address) -> Refused | None:  # noqa: ARG002
        return None
