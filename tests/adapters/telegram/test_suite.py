"""The common suite on Telegram: the real adapter and library, and a Telegram of our own on the loopback."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.adapters.telegram import Account, Telegram, open_telegram
from bot.app.platforms import commands
from bot.chat.events import Address
from bot.views.text import LANGUAGES
from tests.adapters.suite import JAPANESE, Application, EveryAdapter, Forgetful, Stage
from tests.telegram.server import FakeTelegram
from tests.telegram.server import open_telegram as open_fake


class TelegramStage(Stage):
    spaces = False

    def __init__(self, telegram: FakeTelegram, adapter: Telegram) -> None:
        self.telegram, self.adapter, self._settled = telegram, adapter, adapter.settled
        self.application = Application()
        self.person = telegram.person("hana")
        self.person.chat.started = True
        self.alone, self.nobody = Address("telegram", "", str(self.person.id)), Address("telegram", "", "999999999")

    async def presses(self, reference: str, number: int) -> None:
        shown = int(reference.split("/")[1])
        message = self.telegram.chats.find(self.person.chat, shown)
        assert message and message.markup
        if "keyboard" in message.markup:  # the menu stands under the chat, and a press types its words
            await self.person.says([each["text"] for row in message.markup["keyboard"] for each in row][number])
        else:
            data = [each["callback_data"] for row in message.markup["inline_keyboard"] for each in row]
            self.person.sends_press(message, data[number])
        await self._taken()

    async def says(self, text: str) -> None:
        await self.person.says(text)
        await self._taken()

    def sees(self, text: str) -> bool:
        return self.person.sees(text)

    async def _taken(self) -> None:
        await self.telegram.drained()
        await self._settled()


class TestTelegram(EveryAdapter):
    @pytest.fixture
    async def stage(self) -> AsyncIterator[Stage]:
        async with open_fake() as telegram:
            telegram.polling.at_once = telegram.polling.patience = 0
            account = Account(telegram.token, telegram.root, "")
            memory, words, zone = Forgetful(), JAPANESE.speaking, JAPANESE.timezone
            now = partial(datetime.now, UTC)
            async with open_telegram(account, memory, words, LANGUAGES, commands(), zone, now) as adapter:
                stage = TelegramStage(telegram, adapter)
                running = asyncio.create_task(adapter.run(stage.application))
                await asyncio.wait_for(adapter.ready.wait(), 10)
                yield stage
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
