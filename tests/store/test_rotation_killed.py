"""kill -9 at every step of replacing the key: the house is whole at once, and the same command goes on."""

import asyncio
import shutil
from itertools import count
from pathlib import Path

import pytest

from bot.app.rotating import rotate
from bot.chat.events import Command
from bot.settings import Settings
from bot.store.keyfile import read_ring
from tests.store import community, rotating, rotating_child
from tests.store.community import Community
from tests.world import spoken

POINTS = [
    ("before replace_ring", 1, "nothing is written"),
    ("after _write", 1, "the fresh ring stands beside the file"),
    ("after replace_ring", 1, "the file holds both keys"),
    ("after turn_table", 1, "inside the commit"),
    ("after turn_table", 8, "at the end of it"),
    ("after turn", 1, "the tokens are turned"),
    ("after reseal", 1, "one table is sealed anew"),
    ("after reseal", 4, "nearly all are"),
    ("before replace_ring", 2, "the old key is not needed any more"),
    ("after _write", 2, "and about to go"),
]

_ids = count(1)


async def lived(settings: Settings) -> Community:
    async with rotating.house_with_a_key_file(settings) as world:
        return await community.live(world)


async def is_whole(settings: Settings, past: Community) -> None:
    rotating.everything_opens(settings)
    async with rotating.house_with_a_key_file(settings) as world:
        here = past.moved_to(world)
        for name, person in here.people.items():
            menu = await person.does(Command("menu"), event_id=f"look {next(_ids)}")
            assert menu and "悩みを打ち明ける" in spoken(menu), name
            mine = {worry for worry, author in past.authors.items() if author == name}
            assert await community.own_worries(here, name) == mine


def ends_well(settings: Settings) -> None:
    ring = read_ring(settings.key)
    assert (ring.old, len(ring.tokens)) == (None, 1), "turned once"
    assert not list(settings.data_dir.glob("*.new"))


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Community:
    folder = tmp_path_factory.mktemp("past")
    return asyncio.run(lived(rotating.settings_of(folder, "")))


@pytest.mark.parametrize(("point", "nth"), [each[:2] for each in POINTS], ids=[each[2] for each in POINTS])
async def test_the_same_command_goes_on(past: Community, tmp_path: Path, point: str, nth: int) -> None:
    shutil.copytree(past.world.folder, tmp_path, dirs_exist_ok=True)
    settings = rotating.settings_of(tmp_path, "")
    assert rotating_child.dies(settings, point, nth)
    await is_whole(settings, past)
    assert not rotating_child.dies(settings, "", 0)
    ends_well(settings)
    await is_whole(settings, past)


async def test_the_same_command_goes_on_however_often_it_is_killed(postgres_url: str, tmp_path: Path) -> None:
    on_a_server = rotating.settings_of(tmp_path, postgres_url)
    past = await lived(on_a_server)
    await rotate(on_a_server, prepare=True)
    for point, nth in (("after turn_table", 8), ("after turn", 1), ("after reseal", 3), ("before replace_ring", 1)):
        assert rotating_child.dies(on_a_server, point, nth), point
        await is_whole(on_a_server, past)
    assert await rotate(on_a_server) == 0
    ends_well(on_a_server)
    await is_whole(on_a_server, past)
