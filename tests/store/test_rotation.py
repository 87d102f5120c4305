"""The key is replaced while the house is open, on SQLite."""

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.store import rotating


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return rotating.settings_of(tmp_path, "")


async def test_a_community_goes_on_while_its_key_is_replaced(settings: Settings) -> None:
    await rotating.a_community_goes_on_while_its_key_is_replaced(settings)


async def test_an_old_key_links_nobody_afterwards(settings: Settings) -> None:
    await rotating.an_old_key_links_nobody_afterwards(settings)


async def test_a_doubtful_letter_is_waited_for(settings: Settings) -> None:
    await rotating.a_doubtful_letter_is_waited_for(settings)


async def test_a_letter_in_the_air_is_waited_for(settings: Settings) -> None:
    await rotating.a_letter_in_the_air_is_waited_for(settings)
