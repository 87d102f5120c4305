"""Notes when we heard, and tells coordinators once from when to when we did not, and what may be missing."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.chat.adapter import Adapter
from bot.chat.messages import Message
from bot.store import heartbeat, members, outbox
from bot.store.database import Database
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views.cards import gap
from bot.views.text import Text

log = structlog.get_logger()

REST = timedelta(minutes=10)
"""Longer without the house than an update takes."""

UNHEARD = timedelta(minutes=30)
KEPT_AT_LEAST = timedelta(days=1)
"""So long every platform keeps what nobody fetches (Telegram), or can be asked for it (Slack)."""

PATIENCE = timedelta(minutes=3)
"""Platforms that went together come back one after the other, and make one letter."""


LOOK_SECONDS = 30.0


class Gaps:
    """Of several processes on one database each watches what it hears itself, and they share the rows."""

    def __init__(self, database: Database, adapters: Mapping[str, Adapter], text: Text) -> None:
        self._database, self._adapters, self._text = database, adapters, text
        self._silent: set[str] = set()
        """Platforms that did not hear at an earlier look, and of which nothing is told yet."""
        self._back_at: datetime | None = None

    async def begin(self, platforms: Collection[str], now: datetime) -> None:
        """At a start: whether nobody was here for a while."""

        def look(session: Session) -> set[str]:
            lived = heartbeat.lived(session)
            heartbeat.live(session, now)
            if lived and now - lived > REST:
                self._tell(session, platforms, "house", lived, now, gap.rest)
                for platform in platforms:
                    heartbeat.hear(session, platform, now)
            return {each for each in platforms if _unheard(session, each, now)}

        self._silent |= await self._database.write(look)

    async def run(self, now: Callable[[], datetime]) -> None:
        """Until cancelled: while another process keeps the clock, whose ticks do it else."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self._database.waits_for("clock"):
                    await self.watch_platforms(now())
            except Exception as error:
                log.error("job failed", job="watch_platforms", error=type(error).__name__)

    async def watch_platforms(self, now: datetime) -> None:
        """At every tick."""
        adapters = self._adapters.items()
        ours = {name: each for name, each in adapters if not heard_elsewhere(each, self._database)}
        hearing = {name for name, each in ours.items() if each.hearing}
        self._silent |= ours.keys() - hearing
        back = self._silent & hearing
        until = (self._back_at or now) if back else now
        self._back_at = until if back else None
        if back and not (self._silent & ours.keys() <= hearing or now - until >= PATIENCE):
            hearing, back = hearing - back, set()
        await self._database.write(lambda session: self._note(session, hearing, back, until, now))
        self._silent -= back
        if back:
            self._back_at = None

    def _note(
        self, session: Session, hearing: Collection[str], back: Collection[str], until: datetime, now: datetime
    ) -> None:
        since = {name: moment for name in sorted(back) if (moment := _unheard(session, name, until))}
        new = {
            name: moment
            for name, moment in since.items()
            if not heartbeat.is_told(session, name, moment, loss=_loses(moment, until))
        }
        if new:
            self._tell(session, new, "+".join(new), min(new.values()), until, partial(gap.unheard, platforms=[*new]))
        heartbeat.live(session, now)
        for name in hearing:
            heartbeat.hear(session, name, now)

    def _tell(
        self,
        session: Session,
        platforms: Iterable[str],
        name: str,
        since: datetime,
        until: datetime,
        words: Callable[..., Message],
    ) -> None:
        """One letter to each coordinator, wherever they are."""
        loss = _loses(since, until)
        for number, recipient in outbox.shuffled(enumerate(members.coordinators(session))):
            message = words(self._text.speaking(recipient.language), since, until, loss=loss)
            key = f"gap:{name}:{since.isoformat()}:{number}"
            outbox.put(session, Letter(key, recipient.address, message, until))
        for platform in platforms:
            heartbeat.tell(session, platform, until, loss=loss)


def heard_elsewhere(adapter: Adapter, database: Database) -> bool:
    """Another process brings this platform's events, and this one waits to take its place."""
    return adapter.hears_alone and database.waits_for(f"hearing {adapter.name}")


def _loses(since: datetime, until: datetime) -> bool:
    return until - since > KEPT_AT_LEAST


def _unheard(session: Session, platform: str, now: datetime) -> datetime | None:
    """Since when, where that is long."""
    heard = heartbeat.heard(session, platform)
    return heard if heard and now - heard > UNHEARD else None
