"""Which parts of a long letter stand already, also after a restart: what stands is never sent again."""

import asyncio
import json

from bot.chat.adapter import Memory

NAME = "parts"
MOST_LETTERS = 200


class Parts:
    """Message ids by the opaque key of the letter, first part first; a letter that stands whole is forgotten.

    Nothing is remembered in between: another process may go on with a letter that this one began."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._changing = asyncio.Lock()

    async def of(self, key: str) -> list[int]:
        return (await self._all()).get(key, [])

    async def add(self, key: str, message: int) -> None:
        async with self._changing:
            standing = await self._all()
            standing.setdefault(key, []).append(message)
            while len(standing) > MOST_LETTERS:  # given up long ago
                del standing[next(iter(standing))]
            await self._keep(standing)

    async def whole(self, key: str) -> None:
        async with self._changing:
            standing = await self._all()
            if standing.pop(key, None):
                await self._keep(standing)

    async def _all(self) -> dict[str, list[int]]:
        kept = await self._memory.recall(NAME)
        return dict(json.loads(kept)) if kept else {}

    async def _keep(self, standing: dict[str, list[int]]) -> None:
        await self._memory.keep(NAME, json.dumps(standing))
