"""Coming in: by a code, by the button a coordinator put into a channel, and making a channel a place."""

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse


async def test_joining_with_a_code_in_a_dialog(town: SlackHouse) -> None:
    mori = await town.member("mori", None)
    await mori.slash()
    await mori.sees_soon("参加コードを入れる")
    await mori.presses("参加コードを入れる")
    await mori.sees_soon("これでよい")
    await mori.fills("wrong-code-here")
    assert "参加できませんでした" in mori.view_errors["code"]
    await mori.fills(await town.code())
    await mori.sees_soon("参加できました")
    yuki = await town.member("yuki", None)
    await yuki.slash(f"join {await town.code()}")
    await yuki.sees_soon("参加できました")


async def test_the_members_of_a_channel_join_by_one_button_while_the_coordinator_allows_it(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    sato = await town.member("sato", Role.COORDINATOR, square)
    mori, yuki = await town.member("mori", None, square), await town.member("yuki", None, square)
    await sato.slash("here 広場", channel=square)
    await sato.sees_soon("お届けする場にしました")
    await sato.presses("参加ボタンを置く")
    await sato.sees_soon("参加ボタンを置きました")
    mori.look(square)
    await mori.sees_soon("参加する")
    await mori.presses("参加する")
    await mori.sees_soon("参加できました")
    await sato.presses("参加の受付をやめる")
    await sato.sees_soon("参加の受付をやめました")
    yuki.look(square)
    await yuki.presses("参加する")
    await yuki.sees_soon("受け付けていません")


async def test_who_only_looks_into_the_channel_does_not_join_by_its_button(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    sato = await town.member("sato", Role.COORDINATOR, square)
    mori = await town.member("mori", None)
    await sato.slash("here 広場", channel=square)
    await sato.sees_soon("お届けする場にしました")
    await sato.presses("参加ボタンを置く")
    await sato.sees_soon("参加ボタンを置きました")
    mori.look(square)
    await mori.sees_soon("参加する")
    await mori.presses("参加する")
    await mori.sees_soon("このチャンネルに入ってから")
    assert not [row for row in await town.rows_of("member") if "supporter" in row]


async def test_here_is_for_coordinators_and_for_groups(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    sato = await town.member("sato", Role.COORDINATOR, square)
    await hana.slash("here", channel=square)
    await hana.sees_soon("調整役の方ができること")
    await sato.slash("here")
    await sato.sees_soon("/yorisoi here は、みんながいる場所で送ってください")


async def test_a_channel_without_the_bot_is_not_linked(town: SlackHouse) -> None:
    for private in (False, True):
        hall = town.slack.channel(f"hiroma-{private}", private, bot=False)
        sato = await town.member("sato", Role.COORDINATOR if not private else None, hall)
        await sato.slash("here", channel=hall)
        await sato.sees_soon("先に、この場へボットを招いて")
        await sato.closes(everything=True)
    assert not await town.rows_of("place")


async def test_a_wide_space_behind_the_command_is_a_space(town: SlackHouse) -> None:
    mori = await town.member("mori", None)
    await mori.slash(f"join\u3000{await town.code()}")
    await mori.sees_soon("参加できました")
