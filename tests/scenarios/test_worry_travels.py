"""A worry goes out without a name, is answered across platforms, and is closed for good."""

from bot.chat.events import Press
from tests.world import World

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"


async def test_a_worry_travels_from_telegram_to_slack_and_back(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    ken.place = await world.group(world.slack, "広場")

    await hana.commands("worry")
    await hana.fills(WORRY)
    assert hana.sees("この内容で届ける")
    await hana.presses("この内容で届ける")
    assert ken.sees(WORRY)

    await ken.presses("返信する")
    await ken.fills("まず手紙を一通、置いてみませんか。")
    assert ken.sees("まず手紙を一通")
    notice = hana.letters[-1]
    assert "手紙" not in notice.body + notice.quote, "a notice carries no content"

    await hana.presses("ひらく")
    assert hana.sees("まず手紙を一通")
    await hana.presses("返事を書く")
    await hana.fills("書いてみます。")
    assert ken.sees("投稿者")
    assert ken.sees("書いてみます。")


async def test_ten_turns_and_a_close(world: World) -> None:
    hana = await world.person("hana", world.slack)
    ken = await world.person("ken", world.telegram)
    square = await world.group(world.slack, "広場")
    hana.place = square
    await hana.commands("worry")
    await hana.fills(WORRY)
    hana.place = ""
    await hana.presses("この内容で届ける")
    hana.place = square
    await hana.presses("返信する")
    hana.form = None
    hana.place = ""
    worry_id = next(button.argument for button in world.slack.posts[0].message.buttons)
    await ken.does(Press("worry.reply", worry_id))
    await ken.fills("1")
    for turn in range(2, 12):
        writer = hana if turn % 2 == 0 else ken
        await writer.presses("ひらく")
        await writer.presses("返事を書く")
        await writer.fills(str(turn))
    thread = [post.message.quote for post in world.slack.posts if post.address.thread]
    assert thread == [str(turn) for turn in range(1, 12)]

    await hana.presses("解決しました")
    await hana.presses("はい、閉じます")
    first = world.slack.posts[0].message
    assert not first.buttons
    assert "閉じられました" in first.note
    await ken.does(Press("worry.reply", worry_id))
    assert ken.sees("閉じられたか")


async def test_a_place_linked_after_the_preview_never_reads_it(world: World) -> None:
    """Who will read it was shown and confirmed; neither the worry nor what follows goes anywhere else."""
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    ken.place = await world.group(world.slack, "広場")
    await hana.commands("worry")
    await hana.fills(WORRY)
    later = await world.group(world.telegram, "あとの場")
    await hana.presses("この内容で届ける")
    await ken.presses("返信する")
    await ken.fills("返信です。")
    await hana.presses("ひらく")
    await hana.presses("返事を書く")
    await hana.fills("お礼です。")
    assert ken.sees("お礼です。")
    assert [post for post in world.telegram.posts if post.address.channel == later] == []


async def test_who_left_is_told_nothing_more(world: World) -> None:
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    ken.place = await world.group(world.slack, "広場")
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    await ken.presses("返信する")
    await ken.fills("返信です。")
    await hana.presses("ひらく")
    await hana.presses("返事を書く")
    ken.place = ""
    await ken.does(Press("mydata.erased"))
    told = len(ken.letters)
    await hana.fills("お礼です。")
    assert [post.message.quote for post in world.slack.posts][-1] == "お礼です。"
    assert len(ken.letters) == told
