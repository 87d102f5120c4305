"""F14: the machine's clock is set forward and back, and leaps; no reminder comes twice and none is lost."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.chat.errors import RetryLater
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.scheduler.clock import Clock
from bot.store import outbox
from bot.store.members import Role
from bot.store.outbox import Letter
from tests.faults.report import Figure
from tests.faults.storms.reminding import Reminded, member_of, plan
from tests.world import START, World, open_world

JUMPS = (
    timedelta(hours=1),
    timedelta(days=3653),
    -timedelta(days=1),
    -timedelta(hours=1),
    -timedelta(days=3653),
    timedelta(days=1),
)
STEP = timedelta(minutes=10)


@dataclass
class Machine:
    """off: by how much its clock is wrong."""

    true: datetime = START
    off: timedelta = timedelta()

    def clock(self) -> datetime:
        return self.true + self.off

    def steady(self) -> float:
        return (self.true - START).total_seconds()


async def clock_jumps(folder: Path, *, jumps: int, reminders: int, seed: int = 14) -> dict[str, Figure]:
    dice, machine, platform = random.Random(seed), Machine(), Reminded()
    steps = jumps * 12
    times = {}
    for number in range(reminders):
        due = START + timedelta(hours=2) + STEP * steps * dice.random()
        times[f"題{number}"] = (due, due + timedelta(days=4))
    async with open_world(folder, clock=Clock(machine.clock, machine.steady)) as world:
        world.house.adapters["slack"] = platform
        await world.person("ken", world.slack)
        await world.person("sato", world.slack, Role.COORDINATOR)
        await plan(world, await member_of(world, "ken"), times)
        with capture_logs() as lines:
            for number in range(jumps):
                machine.off = JUMPS[number // 2 % len(JUMPS)] if number % 2 == 0 else timedelta()
                for _ in range(12):
                    await _goes_on(world, machine, STEP)
            machine.off = timedelta()
            for _ in range(3):
                await _goes_on(world, machine, timedelta(days=1))
        waited = await _back_during_a_wait(world, machine, platform)
    missing = sum(platform.reminded[theme] == 0 for theme in times)
    twins = sum(count > 1 for count in platform.reminded.values())
    said = {line["event"].partition(":")[0] for line in lines}
    assert missing == 0, f"{missing} reminders lost"
    assert twins == 0, f"{twins} reminders twice"
    assert {"clock leapt", "clock stepped"} <= said, "nobody was told of the clock"
    assert waited <= 60, f"a letter waited {waited:.0f} s after the clock was set back"
    return {"jumps": jumps, "reminders": reminders, "lost": missing, "twins": twins, "seconds_of_a_wait_of_7": waited}


async def _goes_on(world: World, machine: Machine, by: timedelta) -> None:
    machine.true += by
    await world.house.runner.tick()
    await world.house.settled()


async def _back_during_a_wait(world: World, machine: Machine, platform: Reminded) -> float:
    """A platform asks for seven seconds; meanwhile the clock is set back by an hour."""
    platform.broken = [RetryLater("429", after=7)]
    letter = Letter("waits", Address("slack", "team", "room"), Message(body="待つ"), world.house.clock())
    await world.house.database.write(lambda session: outbox.put(session, letter))
    await world.house.settled()
    machine.off, began = -timedelta(hours=1), machine.true
    while not [post for post in platform.posts if post.message.body == "待つ"]:
        await _goes_on(world, machine, timedelta(seconds=30))
        if machine.true - began > timedelta(hours=2):
            pytest.fail("it waits for ever")
    return (machine.true - began).total_seconds()
