"""Somebody leaves, and within the day the key is replaced: their posts are replaced all the same."""

from pathlib import Path

from tests.scenarios.test_erasing import CLOSED, MINE, leaves, shares, standing
from tests.store.rotating import house_with_a_key_file, settings_of, turn_key


async def test_what_was_planned_under_the_old_key_happens_under_the_new_one(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "")
    async with house_with_a_key_file(settings) as world:
        await world.group(world.slack, "広場")
        hana = await world.person("hana", world.telegram)
        await shares(hana, MINE[0])
        await leaves(hana)
        await turn_key(settings)
        assert list(standing(world).values()) != [CLOSED]
        await world.later(days=1)
        assert list(standing(world).values()) == [CLOSED]
