"""What is kept of me, and erasing all of it."""

import pytest

from bot.chat.events import Press
from bot.store.members import Role
from tests.scenarios.ledger import counts, rows
from tests.world import Person, World

WORRY = "家族会に来られない親御さんのことが気がかりです。"


async def shares(world: World, person: Person, words: str = WORRY) -> str:
    """The worry's id, as everyone in the group could know it."""
    await person.commands("worry")
    await person.fills(words)
    await person.presses("この内容で届ける")
    posted = next(post.message for post in world.telegram.posts if post.message.quote == words)
    return posted.buttons[0].argument


async def test_it_says_what_is_kept_and_no_more(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await world.group(world.telegram, "広場")
    await hana.commands("worry")
    await hana.presses("あとで")
    kept = await hana.commands("mydata")
    assert kept
    assert "役割：支援者" in kept.body
    assert "参加した日：2026-11-24" in kept.body
    assert "書きかけ：1件" in kept.body
    assert "使うことば：日本語" in kept.body


async def test_a_coordinator_is_called_one(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("menu")
    await sato.presses("自分のデータ")
    assert sato.sees("役割：調整役")


async def test_own_worries_are_listed_only_when_asked_and_only_mine(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    await world.group(world.telegram, "広場")
    await hana.commands("mydata")
    await hana.presses("開いている悩みを見る")
    assert hana.sees("あなたの悩みはありません")
    await shares(world, hana)
    await shares(world, ken, "別の悩みです。")
    await hana.commands("mydata")
    mine = await hana.does(Press("worry.mine"))
    assert mine
    assert len(mine.buttons) == 1
    assert not mine.quote
    await hana.does(Press(mine.buttons[0].action, mine.buttons[0].argument))
    assert hana.screen[-1].quote == WORRY
    await hana.presses("解決しました")
    await hana.presses("はい、閉じます")
    assert (await counts(world))["itemkey"] == 1


@pytest.mark.parametrize("action", ["mydata.show", "mydata.erase", "mydata.erased", "worry.mine"])
async def test_none_of_it_where_others_read_along(world: World, action: str) -> None:
    hana = await world.person("hana", world.telegram)
    await world.group(world.telegram, "広場")
    await shares(world, hana)
    hana.place = "telegram-group-広場"
    before = await rows(world)
    answer = await hana.does(Press(action))
    assert answer
    assert "ふたりだけの場所で /mydata" in answer.body
    assert not answer.buttons
    assert await rows(world) == before


async def test_erasing_is_asked_twice_and_can_be_left(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    before = await rows(world)
    await hana.commands("mydata")
    await hana.presses("消して退会する")
    await hana.presses("やめておく")
    assert hana.screen[-1].title == "何をしましょうか"
    assert await rows(world) == before


async def test_erasing_leaves_no_row_of_mine_and_no_key_of_my_worries(world: World) -> None:
    await world.group(world.telegram, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    nobody_yet = await rows(world, "outbox", "place", "occurrence")
    hana = await world.person("hana", world.telegram)
    worry = await shares(world, hana)
    await sato.does(Press("conference.new"))
    await sato.fills("居場所づくり", "12/3 14:00\n12/4 14:00")
    await hana.does(Press("conference.vote", sato.screen[-1].buttons[0].argument))
    await hana.fills("◯ 行けます", "✕ 行けません")
    await hana.commands("worry")
    assert (await counts(world))["vote"] == 2

    await hana.commands("mydata")
    await hana.presses("消して退会する")
    await hana.presses("はい、消します")
    assert hana.sees("消しました")
    await world.later(days=1)
    after = await rows(world, "outbox", "place", "occurrence")
    for table in ("member", "draft", "vote", "itemkey", "answer"):
        assert after[table] == nobody_yet[table], table
    assert WORRY.encode() not in world.files()

    ken = await world.person("ken", world.telegram)
    gone = await ken.does(Press("worry.reply", worry))
    assert gone
    assert "閉じられたか" in gone.body
    stranger = await hana.commands("menu")
    assert stranger
    assert "招待コード" in stranger.body
