"""Nothing that one member does, and no moment at which they do it, keeps what waits from being published."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Address, Press
from bot.store import worries
from bot.store.models import Worry
from bot.store.session import Session
from tests.scenarios.test_publishing import TIMES, posted, town, writes
from tests.world import START, World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, publish_times=TIMES) as opened:
        yield opened


async def test_a_forged_press_on_what_still_waits_stops_no_batch(world: World) -> None:
    """No card offers it yet; the row it leaves holds on to the worry."""
    people, _ = await town(world)
    await writes(people[0], "悩み0")

    def waiting(session: Session) -> str:
        return str(session.scalar(select(col(Worry.id))))

    await people[0].does(Press("mute.on", await world.house.database.read(waiting)))
    for number, person in enumerate(people[1:], start=1):
        await writes(person, f"悩み{number}")
    await world.later(hours=3)
    assert sorted(posted(world.slack)) == ["悩み0", "悩み1", "悩み2"]


async def test_what_is_confirmed_on_another_process_while_a_batch_goes_waits_for_the_next(world: World) -> None:
    """Its occurrence was planned already when it looked, and gone when it was written."""
    people, square = await town(world)
    for number, person in enumerate(people):
        await writes(person, f"悩み{number}")
    await world.later(hours=3)

    def confirm(session: Session) -> None:
        place = worries.find(session, str(session.scalar(select(col(Worry.id))))).places
        worries.share(session, "同じとき", place, Address("slack", "team", "mio"), START, release_at=START)

    await world.house.database.write(confirm)
    await world.later(days=1)
    assert "同じとき" in posted(world.slack), square
