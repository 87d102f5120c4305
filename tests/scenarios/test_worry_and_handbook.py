"""ハンドブックでは: what the handbook says to a worry, shown to whoever asks and to nobody else."""

from bot.chat.events import Press
from tests.scenarios.community import community
from tests.scenarios.test_handbook import KNOWN, OUTSIDE
from tests.world import Person, World


async def posted(world: World, author: Person, words: str) -> Press:
    await author.commands("worry")
    await author.fills(words)
    await author.presses("この内容で届ける")
    post = next(post.message for post in world.slack.posts if post.message.quote == words)
    (button,) = [button for button in post.buttons if button.label == "ハンドブックでは"]
    return Press(button.action, button.argument)


async def test_whoever_presses_sees_what_is_near_and_nobody_else_learns_of_it(world: World) -> None:
    hana, ken, _ = await community(world)
    press = await posted(world, hana, KNOWN)
    stands = len(world.slack.posts) + len(world.telegram.posts)
    ken.place = "slack-group-広場"
    found = await ken.does(press)
    assert found
    assert found.body.startswith("1. 人間観")
    assert "3. " not in found.body
    assert "厚生労働省の文章ではありません" in found.note
    assert len(world.slack.posts) + len(world.telegram.posts) == stands


async def test_where_nothing_fits_it_says_so(world: World) -> None:
    hana, ken, _ = await community(world)
    found = await ken.does(await posted(world, hana, OUTSIDE))
    assert found
    assert "見つかりませんでした" in found.body


async def test_its_author_is_shown_what_is_near_where_something_truly_fits(world: World) -> None:
    hana, ken, _ = await community(world)
    await world.house.handbook.warm()
    for words, near in ((KNOWN, True), (OUTSIDE, False)):
        await posted(world, hana, words)
        shared = hana.screen[-1]
        assert ("ハンドブックの、近いところ" in shared.body) is near
        assert any(button.action == "handbook.entry" for button in shared.buttons) is near
    assert not ken.letters
