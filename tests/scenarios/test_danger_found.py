"""The real detector in front of the card; how well it finds has figures of its own (docs/quality.md)."""

import pytest

from tests.scenarios.danger import CLIENT, SELF, VIOLENCE, is_card
from tests.world import World


@pytest.mark.parametrize("words", [SELF, CLIENT, VIOLENCE])
async def test_each_level_is_found(world: World, words: str) -> None:
    hana = await world.person("hana", world.telegram)
    assert is_card(await hana.says(words))
