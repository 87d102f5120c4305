"""A start with much left to do: whoever comes is served at once, and behind their own backlog if they have one."""

from pathlib import Path

from bot.chat.events import Command
from bot.store import inbox
from tests.world import Person, open_world

WAITING = 300


async def waits(person: Person, number: int) -> None:
    """So many of this person's commands are stored, and the process ended."""
    house = person.world.house
    events = [person.world.event(person, Command("language", "en")) for _ in range(number)]
    await house.database.write(lambda session: [inbox.receive(session, each, house.clock()) for each in events])


async def test_nobody_waits_for_another_persons_backlog(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        hana, ken = await world.person("hana", world.slack), await world.person("ken", world.slack)
        await waits(hana, WAITING)
        async with world.house.working():
            reply = await world.house.pipeline.dispatch(world.event(ken, Command("menu")))
            assert reply and reply.message
            left = await world.house.database.read(lambda session: inbox.waiting(session, world.house.clock()))
            assert left, "hers are still being handled"


async def test_what_a_person_did_before_the_end_is_done_before_what_they_do_now(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        hana = await world.person("hana", world.slack)
        await waits(hana, WAITING)
        async with world.house.working():
            reply = await world.house.pipeline.dispatch(world.event(hana, Command("language", "ja")))
            assert reply and reply.message
            left = await world.house.database.read(lambda session: inbox.waiting(session, world.house.clock()))
            assert left == []
        menu = await hana.commands("menu")
        assert menu and menu.title == "何をしましょうか", "the last word is hers"
