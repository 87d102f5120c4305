"""The common suite on the console: what is typed into one window, without a terminal."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.console import Console
from bot.adapters.console.render import Line, plain
from bot.chat.events import Address
from tests.adapters.suite import JAPANESE, Application, EveryAdapterWithDialogs, Stage


class Still:
    """A host whose clock stands, and where no letter waits."""

    timezone = ZoneInfo("Asia/Tokyo")

    def now(self) -> datetime:
        return datetime(2026, 11, 24, tzinfo=UTC)

    async def advance(self, by: timedelta) -> None:
        raise AssertionError(f"nobody asked to wait {by}")

    async def settled(self) -> None:
        return


class ConsoleStage(Stage):
    def __init__(self) -> None:
        self.adapter = self.console = Console(JAPANESE, Still(), {}, session="t", known=["hana"])
        self.application = Application()
        self.alone, self.nobody = Address("console", "demo", "hana"), Address("console", "demo", "nobody")
        self.shown: list[str] = []
        self.console.bind(self.application)
        self.console.screen.show = self._show

    def _show(self, lines: Sequence[Line]) -> None:
        self.shown += map(plain, lines)

    async def presses(self, reference: str, number: int) -> None:
        post = self.console.screen.places.find(reference)
        assert post
        button = post.message.buttons[number]
        offers = self.console.screen.person.offers.items()
        keys = [key for key, offer in offers if offer.post is post and offer.button is button]
        await self.console.desk.enter(str(keys[0]) if keys else button.label)

    async def fills(self, answers: Sequence[str | None]) -> None:
        for answer in answers:
            await self.console.desk.enter((answer or ":skip").replace("\n", "\\n"))

    async def says(self, text: str) -> None:
        await self.console.desk.enter(text)

    def sees(self, text: str) -> bool:
        return any(text in each for each in self.console.screen.visible_texts())


class TestConsole(EveryAdapterWithDialogs):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        stage = ConsoleStage()
        await stage.console.desk.sit()
        yield stage
