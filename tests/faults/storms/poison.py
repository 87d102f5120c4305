"""F20: events that no handler can bear, of every kind; parked within seconds, unheard by their neighbours, unquoted."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Never

from bot.chat.events import Body, Command, Edit, Event, News, Press, Text
from bot.handlers import every_route
from bot.routing.pipeline import Pipeline
from bot.routing.router import Router
from bot.routing.turn import Turn
from tests.faults.report import Figure
from tests.faults.storms.written import written
from tests.scenarios.ledger import inbox
from tests.world import Person, World, open_world

SECRET = "ひみつの毒"
POISONS: tuple[Body, ...] = (
    Text(SECRET),
    Command("poison", SECRET),
    Press("poison", "argument"),
    Edit(SECRET, f"{SECRET}2"),
    News("poison", SECRET),
)
PARKED_SECONDS, LATER_MS = 10, 200


class Unbearable(Exception):
    pass


async def fails(turn: Turn, body: object) -> Never:
    await turn.db.read(lambda _: None)
    raise Unbearable(f"{turn.event.sender} {body}")


async def poison(folder: Path, *, rounds: int) -> dict[str, Figure]:
    with written(folder / "log") as log:
        async with open_world(folder) as world:
            quiet = await _neighbour_ms(world, await world.person("hana", world.telegram), 10 * rounds)
            async with _poisoned(world):
                ken = await world.person("ken", world.slack)
                began = time.monotonic()
                for number in range(rounds):
                    for kind, body in enumerate(POISONS):
                        await world.house.pipeline.dispatch(_event(world, ken, body, f"{number}-{kind}"))
                beside = await _neighbour_ms(world, world.people[0], 10 * rounds)
                await asyncio.wait_for(_until_parked(world, rounds * len(POISONS)), 30)
                took = time.monotonic() - began
            left = [state for state, _ in await inbox(world)].count("new")
    assert took <= PARKED_SECONDS, f"parked after {took:.1f} s"
    assert left == 0
    assert beside - quiet <= LATER_MS, f"neighbours waited {beside - quiet:.0f} ms longer"
    assert log.events()["turn failed"] > 0, "it was logged"
    for words in (SECRET, "slack-user-ken"):
        assert words not in log.text, "somebody's words are in the log"
    return {
        "poisoned": rounds * len(POISONS),
        "parked_seconds": round(took, 1),
        "neighbours_slower_ms": round(beside - quiet),
        "words_in_logs": 0,
    }


@asynccontextmanager
async def _poisoned(world: World) -> AsyncIterator[None]:
    """No dish of the real house is poisoned: the words and changes of this one's guests are."""
    mine = Router()
    for register in (mine.command("poison"), mine.press("poison"), mine.news("poison")):
        register(fails)
    real = Router().include([every_route()])
    for key in (("words", ""), ("edit", "")):
        real.routes.pop(key, None)
    mine.words()(fails)
    mine.edit()(fails)
    house = world.house
    before = house.pipeline
    house.pipeline = Pipeline(house.database, Router().include([real, mine]), house.handbook, house.text, house.clock)
    trying = asyncio.create_task(house.pipeline.tries.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        trying.cancel()
        await asyncio.gather(trying, return_exceptions=True)
        house.pipeline = before


def _event(world: World, person: Person, body: Body, name: str) -> Event:
    return world.event(person, body, event_id=f"poison-{name}")


async def _until_parked(world: World, so_many: int) -> None:
    while True:
        if [state for state, _ in await inbox(world)].count("parked") == so_many:
            return
        await asyncio.sleep(0.05)


async def _neighbour_ms(world: World, person: Person, times: int) -> float:
    """The slowest answers somebody else gets, in a twentieth of all."""
    took = []
    for _ in range(times):
        began = time.monotonic()
        assert await world.house.pipeline.dispatch(world.event(person, Command("menu")))
        took.append(time.monotonic() - began)
    return sorted(took)[int(times * 0.95)] * 1000
