"""Story 10 on the wires of both platforms: three hide, a coordinator decides, nobody is named."""

from pathlib import Path

from bot.chat.events import Address
from bot.store import places
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.test_with_slack import asks
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import TEAM
from tests.telegram.people import TelegramPerson
from tests.telegram.server import open_telegram
from tests.world import HeldClock

WORRY, HIDDEN = "3か月、お会いできていません。", "確認のため、いまは見えません。"
THANKS = "知らせてくださって"


async def report_from_both(town: TelegramHouse, people: list[TelegramPerson], ken: SlackPerson, channel: str) -> None:
    for person in people:
        person.look(town.telegram.group("広場"))
        await person.presses("気になる")
        await town.settled()
        person.look()
        await person.sees_soon("どんなところが気になりましたか")
        await person.presses("きつい言葉")
        await person.sees_soon(THANKS)
    ken.look(channel)
    await ken.presses("気になる")
    await ken.sees_soon("どんなところが気になりましたか")
    await ken.presses("だれのことかわかりそう")
    await ken.sees_soon(THANKS)
    await ken.closes(everything=True)
    await town.settled()


async def brings_back(town: TelegramHouse, sato: SlackPerson) -> None:
    sato.look()
    await sato.sees_soon("見てほしいものがあります")
    await sato.presses("見守り")
    await sato.sees_soon("気になるという声")
    await sato.presses(next(each for each in sato.buttons if each.endswith("さんの悩み")))
    await sato.sees_soon(WORRY)
    assert sato.sees("きつい言葉：2人")
    await sato.presses("もとに戻す")
    await sato.sees_soon("もとに戻しました")
    await sato.closes(everything=True)
    await town.settled()


async def says_why(town: TelegramHouse, sato: SlackPerson, hana: TelegramPerson, channel: str) -> None:
    sato.look(channel)
    await sato.presses("気になる")
    await sato.sees_soon("調整役として見る")
    await sato.presses("調整役として見る")
    await sato.sees_soon("いま見えています")
    await sato.presses("見えないようにする")
    await sato.sees_soon("書いた人に伝わります")
    await sato.fills("きつい言葉", "終わりだけ、やわらかくできますか。")
    await sato.sees_soon("見えないようにしました")
    await sato.closes(everything=True)
    await town.settled()
    hana.look()
    await hana.presses("ひらく")
    await hana.sees_soon("終わりだけ、やわらかくできますか。")
    assert hana.sees(WORRY)
    assert hana.sees("理由：きつい言葉")


async def test_three_hide_and_a_coordinator_decides(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_slack("socket") as slack, open_telegram(now=clock) as telegram:
        channel = slack.channel("hiroba")
        ken, sato = slack.person("ken", [channel]), slack.person("sato", [channel])
        async with open_telegram_house(tmp_path, telegram, clock, slack) as town:
            hana, *others = await moved_in(town, slack, ken, sato, channel)
            await asks(hana, WORRY)
            await town.settled()
            await report_from_both(town, others, ken, channel)
            assert stands(town, slack, channel) == [HIDDEN, HIDDEN]
            hana.look()
            await hana.presses("ひらく")
            await hana.sees_soon("調整役が確かめるまで")
            await brings_back(town, sato)
            assert HIDDEN not in stands(town, slack, channel)
            await says_why(town, sato, hana, channel)
            assert stands(town, slack, channel) == [HIDDEN, HIDDEN]
            assert ken.errors == sato.errors == []
            town.nobody_is_named()


def stands(town: TelegramHouse, slack: FakeSlack, channel: str) -> list[str]:
    """What of the worry can be read in the groups now."""
    telegram = [message.text for message in town.telegram.chats.by_bot(town.telegram.group("広場").id)]
    posts = [f"{post.text} {post.blocks}" for post in slack.workspace.by_bot(channel)]
    return [HIDDEN if HIDDEN in each else each for each in (*telegram, *posts) if HIDDEN in each or WORRY in each]


async def moved_in(
    town: TelegramHouse, slack: FakeSlack, ken: SlackPerson, sato: SlackPerson, channel: str
) -> list[TelegramPerson]:
    await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
    await town.place()
    for person, role in ((ken, Role.SUPPORTER), (sato, Role.COORDINATOR)):
        await town.enrolled(Address("slack", TEAM, person.id), role)
    group = Address("slack", TEAM, channel)
    await town.house.database.write(lambda session: places.link(session, group, "詰所", "ja"))
    return [await town.member(name) for name in ("hana", "mio", "abe")]
