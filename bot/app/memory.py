"""The little an adapter may keep between two runs, in the house's own rows."""

from collections.abc import Callable
from datetime import datetime

from bot.store import cursors, inbox
from bot.store.database import Database


class HouseMemory:
    """bot.chat.adapter.Memory for one platform."""

    def __init__(self, database: Database, platform: str, clock: Callable[[], datetime]) -> None:
        self._database, self._platform, self._clock = database, platform, clock

    async def first(self, mark: str) -> bool:
        now = self._clock()
        return await self._database.write(lambda session: inbox.note(session, self._platform, mark, now))

    async def recall(self, name: str) -> str:
        return await self._database.read(lambda session: cursors.recall(session, self._platform, name))

    async def keep(self, name: str, value: str) -> None:
        await self._database.write(lambda session: cursors.keep(session, self._platform, name, value))
