"""F16: the house sleeps through reminders, again and again, and its clock may jump meanwhile; each comes once, late ones
say so, missed ones are told."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bot.store.members import Role
from tests.faults.report import Figure
from tests.faults.storms.reminding import Reminded, member_of, plan
from tests.world import START, HeldClock, World, open_world

LONG, SHORT = timedelta(hours=29), timedelta(minutes=40)
"""From a reminder to its conference; every tenth begins so soon that a sleep may miss it."""


JUMPS = (timedelta(hours=1), timedelta(days=1), -timedelta(hours=1), -timedelta(days=1))


async def downtime(
    folder: Path, *, reminders: int, restarts: int, jumps: bool = False, seed: int = 16
) -> dict[str, Figure]:
    """jumps: at every third restart the machine comes up with a clock that is wrong, and is set right at the next."""
    dice, clock, platform, jumped = random.Random(seed), HeldClock(), Reminded(), Counter[timedelta]()
    span = timedelta(days=3)
    due = {f"題{number}": START + timedelta(days=1) + span * dice.random() for number in range(reminders)}
    times = {theme: (at, at + (SHORT if theme.endswith("7") else LONG)) for theme, at in due.items()}
    async with open_world(folder, clock=clock) as world:
        await world.person("ken", world.slack)
        await world.person("sato", world.slack, Role.COORDINATOR)
        await plan(world, await member_of(world, "ken"), times)
    clock.advance(timedelta(hours=23))
    for number in range(restarts):
        clock.advance(2 * (span + timedelta(hours=2)) * dice.random() / restarts)
        wrong = dice.choice(JUMPS) if jumps and number % 3 == 1 else timedelta()
        jumped[wrong] += 1
        clock.advance(wrong)
        async with open_world(folder, clock=clock) as world:
            world.house.adapters["slack"] = platform
            with suppress(TimeoutError):
                async with asyncio.timeout(dice.choice((0.005, 0.01, 0.02, 5))):
                    await _lives(world)
        clock.advance(-wrong)
    async with open_world(folder, clock=clock) as world:
        world.house.adapters["slack"] = platform
        for _ in range(40):
            await _lives(world)
            clock.advance(timedelta(hours=4))
    missing = sum(not platform.reminded[theme] and not platform.told_missed[theme] for theme in times)
    twins = sum(count > 1 for count in (*platform.reminded.values(), *platform.told_missed.values()))
    late = sum(platform.late.values())
    assert missing == 0, f"{missing} reminders missing"
    assert twins == 0, f"{twins} reminders twice"
    assert not [theme for theme in platform.told_missed if platform.reminded[theme]], "told as missed, and sent"
    return {
        "reminders": reminders,
        "restarts": restarts,
        "clock_jumps": sum(times for by, times in jumped.items() if by),
        "missing": missing,
        "twins": twins,
        "said_to_be_late": late,
        "told_as_missed": len(platform.told_missed),
        "letters_about_missed": platform.digests,
    }


async def _lives(world: World) -> None:
    await world.house.runner.tick()
    await world.house.settled()
