"""One platform stands still; the others serve on, and it is tried again."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.app import house as houses
from bot.chat.adapter import Dispatch
from bot.chat.errors import Misconfigured
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.scheduler.delivery import Delivery
from bot.store import outbox
from bot.store.outbox import Letter
from tests.world import FakePlatform, World


class Steady(FakePlatform):
    """Serves until it is told to stop."""

    def __init__(self) -> None:
        super().__init__("telegram", dialogs=False)
        self.stopped = False

    async def run(self, dispatch: object) -> None:  # noqa: ARG002
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped = True


class Refused(FakePlatform):
    """Its token is refused as often as told; then it serves."""

    def __init__(self, times: int) -> None:
        super().__init__("slack", dialogs=True)
        self.times, self.serves = times, asyncio.Event()

    async def run(self, dispatch: Dispatch | object) -> None:  # noqa: ARG002
        if self.times:
            self.times -= 1
            raise Misconfigured("YORISOI_SLACK_BOT_TOKEN", "Slack refuses it.", "use another.")
        self.serves.set()
        await asyncio.Event().wait()


async def test_a_refused_token_of_one_does_not_end_the_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(houses, "AGAIN_SECONDS", 0.0)
    steady, refused = Steady(), Refused(2)
    with capture_logs() as logs:
        serving = asyncio.create_task(world.house.run([refused, steady]))
        await asyncio.wait_for(refused.serves.wait(), 5)
        assert not steady.stopped
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert steady.stopped
    told = [entry for entry in logs if entry["event"] == "platform stands still"]
    assert [entry["platform"] for entry in told] == ["slack", "slack"]
    assert "YORISOI_SLACK_BOT_TOKEN" in told[0]["error"]


async def test_the_last_one_that_cannot_go_on_ends_the_house(world: World) -> None:
    with pytest.raises(Misconfigured):
        await asyncio.wait_for(world.house.run([Refused(9)]), 5)


class Stumbling(Delivery):
    """As one that met what nobody thought of: once."""

    stumbled = False

    async def run(self) -> None:
        if not self.stumbled:
            self.stumbled = True
            raise LookupError
        await super().run()


async def test_a_task_of_the_house_that_breaks_is_said_and_begun_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(houses, "AGAIN_SECONDS", 0.0)
    house, steady, settled = world.house, Steady(), asyncio.Event()
    house.delivery = Stumbling(house.database, house.adapters, house.text, house.clock)
    letter = Letter("reply:x", Address("telegram", "", "5"), Message(body="こんにちは"), house.clock())
    await house.database.write(lambda session: outbox.put(session, letter))
    house.database.listen(outbox.SETTLED, settled.set)
    with capture_logs() as logs:
        serving = asyncio.create_task(house.run([steady]))
        await asyncio.wait_for(settled.wait(), 5)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert [post.message.body for post in steady.posts] == ["こんにちは"]
    assert [entry["job"] for entry in logs if entry["event"] == "job failed"] == ["delivery"]
