"""A reminder arrived, its process died before it knew, and the next one wakes when the conference has begun."""

from datetime import timedelta
from pathlib import Path

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store.members import Role
from tests.faults.storms.reminding import Reminded, member_of, plan
from tests.world import START, HeldClock, open_world


class Unheard(Reminded):
    """Takes what it is sent; the first time nobody hears that it did."""

    heard = False

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        reference = await super().send(address, message, key=key, replacing=replacing)
        if not self.heard and message.title == "事例検討会が近づきました":
            raise TimeoutError
        return reference


async def test_nobody_is_told_that_it_was_missed(tmp_path: Path) -> None:
    clock, platform = HeldClock(), Unheard()
    due = START + timedelta(hours=1)
    async with open_world(tmp_path, clock=clock) as world:
        await world.person("ken", world.slack)
        await world.person("sato", world.slack, Role.COORDINATOR)
        await plan(world, await member_of(world, "ken"), {"題": (due, due + timedelta(hours=5))})
        world.house.adapters["slack"] = platform
        clock.advance(timedelta(hours=1))
        await world.house.runner.tick()
        await world.house.settled()
    assert platform.reminded["題"] == 1
    platform.heard = True
    clock.advance(timedelta(days=1))
    async with open_world(tmp_path, clock=clock) as world:
        world.house.adapters["slack"] = platform
        await world.house.advance(timedelta(hours=2))
    assert (platform.reminded["題"], platform.told_missed["題"]) == (1, 0)
