"""The promises and their limits are one button away, before joining and after, word for word those of the page."""

import pytest

from bot.chat.events import Press
from tests.promises.page import written
from tests.world import World


@pytest.mark.parametrize("joined", [False, True])
async def test_whoever_wants_to_know_is_told_what_cannot_be_promised(world: World, joined: bool) -> None:
    mio = await world.person("mio", world.telegram) if joined else await world.person("mio", world.telegram, None)
    await mio.commands("help")
    told = await mio.presses("約束と、できないこと")
    assert told and "チャットの会社、職場のチャットの管理者" in told.body
    page = written("ja")
    for line in told.body.splitlines()[1:]:
        words = line.removeprefix("■ ").removeprefix("できないこと：")
        assert words in page


async def test_in_english_too(world: World) -> None:
    ken = await world.person("ken", world.slack)
    await ken.does(Press("language.set", "en"))
    told = await ken.commands("promises")
    assert told and "What it cannot do: The chat company" in told.body
