"""The row first, the file soon after; and a database that was taken back to an older state forgets again."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from bot.app.mirror import NAME
from bot.chat.errors import Misconfigured
from bot.chat.events import Press
from bot.store import worries
from tests.scenarios.ledger import counts
from tests.scenarios.test_erasing import CLOSED, MINE, leaves, shares, standing
from tests.world import World, open_world


def written(folder: Path) -> list[str]:
    file = folder / NAME
    return sorted(json.loads(line)["kind"] for line in file.read_text().splitlines()) if file.exists() else []


async def test_the_tick_writes_down_what_was_erased(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    await shares(hana, MINE[0])
    await world.house.runner.tick()
    assert written(world.folder) == []
    await leaves(hana)
    await world.house.runner.tick()
    assert written(world.folder) == ["member", "worry"]
    for name in ("hana", MINE[0][:5]):
        assert name.encode() not in (world.folder / NAME).read_bytes()


async def test_it_is_written_at_once_while_the_house_works(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    running = asyncio.create_task(world.house.mirror.run())
    await asyncio.sleep(0)
    await leaves(hana)
    async with asyncio.timeout(5):
        while not written(world.folder):
            await world.house.database.read(lambda _: None)
    running.cancel()


async def test_a_file_that_was_lost_is_written_anew_from_the_rows(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    await shares(hana, MINE[0])
    await leaves(hana)
    await world.later(days=30)
    (world.folder / NAME).unlink()
    await world.house.runner.tick()
    assert written(world.folder) == ["member", "worry"]


async def test_a_disk_that_is_full_costs_no_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    await leaves(hana)

    def full(_: int) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr("bot.store.erased_log.os.fsync", full)
        await world.house.runner.tick()
    await world.house.runner.tick()
    assert written(world.folder) == ["member"]


async def test_a_database_taken_back_to_yesterday_forgets_again_before_anyone_is_served(tmp_path: Path) -> None:
    folder, yesterday = tmp_path / "data", tmp_path / "yesterday"
    folder.mkdir()
    async with open_world(folder) as world:
        await world.group(world.slack, "広場")
        hana = await world.person("hana", world.telegram)
        await shares(hana, MINE[0])
        posts = list(world.slack.posts)
        address = world.event(hana, Press("x")).private
    shutil.copytree(folder, yesterday)
    async with open_world(folder) as world:
        hana = await world.person("hana", world.telegram, role=None)
        await hana.does(Press("mydata.erased"), event_id="leaving")
        await world.house.runner.tick()
    shutil.copy(folder / NAME, yesterday)
    async with open_world(yesterday) as world:
        world.slack.posts += posts
        assert await world.house.database.read(lambda session: worries.own(session, address)), "it is back"
        async with world.house.working():
            assert not await world.house.database.read(lambda session: worries.own(session, address))
        left = await counts(world)
        assert (left["itemkey"], left["member"]) == (0, 0)
        await world.later(days=1)
        assert list(standing(world).values()) == [CLOSED], "what stands there is replaced once more"


async def test_a_file_that_cannot_be_read_says_so_and_nothing_starts(world: World) -> None:
    (world.folder / NAME).mkdir()
    with pytest.raises(Misconfigured, match=r"YORISOI_DATA_DIR.*erased\.log"):
        async with world.house.working():
            pass
