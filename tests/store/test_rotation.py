"""The key is replaced while the house is open, on SQLite."""

import asyncio
from pathlib import Path

import pytest

from bot.app.rotating import rotate
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store.keyfile import read_ring
from tests.store import rotating
from tests.world import spoken


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return rotating.settings_of(tmp_path, "")


async def test_a_community_goes_on_while_its_key_is_replaced(settings: Settings) -> None:
    await rotating.a_community_goes_on_while_its_key_is_replaced(settings)


async def test_two_operators_at_once_replace_it_once(settings: Settings) -> None:
    async with rotating.house_with_a_key_file(settings):
        ended = await asyncio.gather(*(rotate(settings, settling=0.1) for _ in range(2)), return_exceptions=True)
        refused = [each for each in ended if isinstance(each, Misconfigured)]
        assert (len(refused), refused[0].fix) == (1, "let it finish.")
        assert len(read_ring(settings.key).tokens) == 1


async def test_it_can_be_replaced_again_and_again(settings: Settings) -> None:
    async with rotating.house_with_a_key_file(settings) as world:
        ken = await world.person("kenjiro", world.slack)
        for turns in range(1, 4):
            await rotating.turn_key(settings)
            assert len(read_ring(settings.key).tokens) == turns
            menu = await ken.commands("menu")
            assert menu and "悩みを打ち明ける" in spoken(menu)


async def test_an_old_key_links_nobody_afterwards(settings: Settings) -> None:
    await rotating.an_old_key_links_nobody_afterwards(settings)


async def test_a_doubtful_letter_is_waited_for(settings: Settings) -> None:
    await rotating.a_doubtful_letter_is_waited_for(settings)


async def test_a_letter_in_the_air_is_waited_for(settings: Settings) -> None:
    await rotating.a_letter_in_the_air_is_waited_for(settings)
