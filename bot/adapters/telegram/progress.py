"""How far Telegram has been heard: which bot, which epoch of its numbers, the next number, and when.

Telegram's numbers rise, but after a week of silence they start anew, perhaps lower. Marks of handled events are kept
for a week: a number that comes again within it is the same update, after it another one.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.adapters.telegram.arrival import PLATFORM
from bot.chat.adapter import Memory

log = structlog.get_logger()

NAME = "updates"
SILENCE = timedelta(days=6)
"""After so long without an update, lower numbers are new ones."""

KEPT_BY_TELEGRAM = timedelta(days=1)
BEAT = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Mark:
    """offset: the number after the last update that is safe. heard: when Telegram last answered. brought: when it last
    brought an update."""

    bot: int
    epoch: int
    offset: int
    heard: datetime
    brought: datetime

    def written(self) -> str:
        return f"{self.bot} {self.epoch} {self.offset} {self.heard.isoformat()} {self.brought.isoformat()}"


class Progress:
    def __init__(self, memory: Memory, now: Callable[[], datetime]) -> None:
        self._memory, self._now = memory, now
        self._mark = Mark(0, 0, 0, now(), now())
        self._kept = datetime.min.replace(tzinfo=UTC)
        self.listening = False
        """Telegram answers us, and what people do there can reach us."""

    @property
    def epoch(self) -> int:
        return self._mark.epoch

    @property
    def offset(self) -> int:
        return self._mark.offset

    def now(self) -> datetime:
        return self._now()

    def silent_since(self) -> datetime | None:
        """Since when nothing was heard, where that is so long that Telegram has thrown updates away."""
        heard = self._mark.heard
        return heard if self._now() - heard > KEPT_BY_TELEGRAM else None

    async def load(self, bot: int) -> None:
        now = self._now()
        before = _read(await self._memory.recall(NAME))
        if before is None or before.bot != bot:  # another bot has numbers of its own
            self._mark = Mark(bot, before.epoch + 1 if before else 1, 0, now, now)
            await self._keep()
        else:
            self._mark = before

    async def begin(self, numbers: Collection[int]) -> int:
        """The epoch these updates belong to, on the disk before any of them. Raises where it cannot be."""
        mark, now = self._mark, self._now()
        if numbers and min(numbers) < mark.offset and now - mark.brought > SILENCE:
            following = replace(mark, epoch=mark.epoch + 1, offset=min(numbers), heard=now, brought=now)
            await self._memory.keep(NAME, following.written())
            self._mark = following
        return self._mark.epoch

    async def safe(self, numbers: Collection[int]) -> None:
        """These are on the disk, and all before them: the next question starts behind them, even if it is lower."""
        now = self._now()
        self._mark = replace(self._mark, offset=max(numbers) + 1, heard=now, brought=now)
        await self._keep_now_and_then()

    async def step_over(self) -> None:
        if self._mark.offset:
            self._mark = replace(self._mark, offset=self._mark.offset + 1)

    async def heard(self) -> None:
        """Telegram answered, and had nothing."""
        self._mark = replace(self._mark, heard=self._now())
        await self._keep_now_and_then()

    async def close(self) -> None:
        await self._keep()

    async def _keep_now_and_then(self) -> None:
        """Not at every batch: what comes twice is known by its own mark."""
        if not self._kept <= self._now() < self._kept + BEAT:
            await self._keep()

    async def _keep(self) -> None:
        """A full disk ends nothing: with an older mark Telegram brings some again, and they are known."""
        try:
            await self._memory.keep(NAME, self._mark.written())
            self._kept = self._now()
        except Exception as error:
            log.error("not noted how far we heard", platform=PLATFORM, error=type(error).__name__)


def _read(written: str) -> Mark | None:
    try:
        bot, epoch, offset, heard, brought = written.split(" ")
        return Mark(int(bot), int(epoch), int(offset), datetime.fromisoformat(heard), datetime.fromisoformat(brought))
    except ValueError:
        return None
