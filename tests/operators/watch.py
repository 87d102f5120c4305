"""Whoever watches over a house: looks at its pages over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.app.house import House
from bot.app.vitals import Vitals
from bot.app.web import open_pages
from tests.adapters.slack.house import free_port
from tests.operators.grammar import Family, read


@dataclass(frozen=True)
class Watch:
    session: aiohttp.ClientSession
    address: str

    async def sees(self, page: str, *, method: str = "GET") -> tuple[int, str]:
        async with self.session.request(method, f"{self.address}{page}") as response:
            return response.status, await response.text()

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        status, body = await self.sees("/ready")
        shown = json.loads(body)
        assert status == (200 if shown["well"] else 503)
        return shown["well"], shown

    async def healthy(self) -> bool:
        status, _ = await self.sees("/health")
        assert status in (200, 503)
        return status == 200

    async def figures(self) -> dict[str, Family]:
        status, body = await self.sees("/metrics")
        assert status == 200
        return read(body)


@asynccontextmanager
async def looking_at(address: str) -> AsyncIterator[Watch]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:
        yield Watch(session, address)


@asynccontextmanager
async def watching(house: House, silence_seconds: float = 90) -> AsyncIterator[Watch]:
    port = free_port()
    pages = Vitals(house, silence_seconds).pages
    async with open_pages(pages, "127.0.0.1", port), looking_at(f"http://127.0.0.1:{port}") as watch:
        yield watch
