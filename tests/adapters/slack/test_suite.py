"""The common suite on Slack: the real adapter, Bolt and SDK, and a Slack of our own on the loopback."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.adapters.slack import Slack, Tokens, open_slack
from bot.app.platforms import commands
from bot.chat.events import Address
from tests.adapters.suite import JAPANESE, Application, EveryAdapterWithDialogs, Forgetful, Stage
from tests.slack.blocks import buttons
from tests.slack.server import FakeSlack
from tests.slack.workspace import TEAM


class SlackStage(Stage):
    def __init__(self, slack: FakeSlack, adapter: Slack) -> None:
        self.slack, self.adapter, self._settled = slack, adapter, adapter.settled
        self.application = Application()
        self.person = slack.person("hana")
        self.alone, self.nobody = Address("slack", TEAM, self.person.id), Address("slack", TEAM, "U0NOBODY")

    async def presses(self, reference: str, number: int) -> None:
        channel, _, stamp = reference.partition("/")
        post = self.slack.workspace.find(channel, stamp)
        assert post
        block, element = buttons(post.blocks)[number]
        payload = self.slack.interactions.block_actions(self.person.id, post, block, element)
        assert await self.slack.deliver("interactive", payload) is not None
        await self._settled()

    async def fills(self, answers: Sequence[str | None]) -> None:
        await self.person.fills(*answers)
        assert self.person.view_errors == {}

    async def says(self, text: str) -> None:
        await self.person.says(text)

    def sees(self, text: str) -> bool:
        return self.person.sees(text)


class TestSlack(EveryAdapterWithDialogs):
    @pytest.fixture
    async def stage(self, slack: FakeSlack) -> AsyncIterator[Stage]:
        slack.echoes = False
        tokens = Tokens(slack.bot_token, slack.app_token, "", slack.api_url)
        async with open_slack(tokens, Forgetful(), JAPANESE.speaking, commands()) as adapter:
            stage = SlackStage(slack, adapter)
            running = asyncio.create_task(adapter.run(stage.application))
            await asyncio.wait_for(adapter.ready.wait(), 10)
            await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
            yield stage
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
