"""Two ways on the wires of both platforms: understood by both, thanked, and two people who go on alone."""

from datetime import timedelta
from pathlib import Path

from bot.chat.events import Address
from bot.store import places
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.adapters.telegram.test_with_slack import answers_in_slack, asks
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import TEAM
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram, open_telegram
from tests.world import HeldClock

_MINUTE = timedelta(minutes=1)
WORRY, SAID, ALONE = "3か月、お会いできていません。", "手紙を置いてみませんか。", "わたしも休んだことがあります。"


async def understood_by_both(town: TelegramHouse, hana: TelegramPerson, ken: SlackPerson, channel: str) -> None:
    """The author, who wrote on Telegram, presses in her group like the others; three people are two platforms."""
    square = town.telegram.group("広場")
    mio = await town.member("mio")
    for person in (hana, mio):
        person.look(square)
        await person.presses("わかります")
        await town.settled()
        person.look()
        await person.sees_soon("そっと受けとりました")
    ken.look(channel)
    await ken.presses("わかります")
    await ken.sees_soon("そっと受けとりました")
    await ken.closes(everything=True)
    await town.house.advance(_MINUTE)
    await town.settled()
    mio.look(square)
    await mio.sees_soon("「わかります」が3件あります")
    ken.look(channel)
    await ken.sees_soon("「わかります」が3件あります")


async def go_on_alone(town: TelegramHouse, hana: TelegramPerson, ken: SlackPerson) -> None:
    hana.look()
    await hana.presses("ひらく")
    await hana.sees_soon(SAID)
    await hana.presses("ありがとう")
    await hana.sees_soon("書いた方にだけ")
    await hana.presses("ほかにできること")
    await hana.sees_soon("お知らせを止める")
    await hana.presses("ふたりで続ける")
    await hana.sees_soon("お気持ちを受けとりました")
    await town.settled()
    ken.look()
    await ken.sees_soon("ふたりで話したいという方がいます")
    await ken.presses("はい")
    await ken.sees_soon("おふたりにだけ届きます")
    await town.settled()  # notices stand in no order with one another: this one first
    await ken.presses("ふたりだけに書く")
    await ken.sees_soon("お相手だけに届きます")
    await ken.fills(ALONE)
    await ken.sees_soon("お相手にだけお届けしています")
    await ken.closes(everything=True)
    await town.settled()
    hana.look()
    await hana.presses("ひらく")
    await hana.sees_soon(ALONE)


async def names(town: TelegramHouse, hana: TelegramPerson, ken: SlackPerson) -> None:
    await hana.presses("ほかにできること")
    await town.settled()
    await hana.presses("ふたりのやりとり")
    await hana.sees_soon("名前を伝え合う")
    await hana.presses("名前を伝え合う")
    await hana.sees_soon("お相手に伝えるお名前")
    await hana.says("花子")
    await hana.sees_soon("あなた：花子")
    await town.settled()
    ken.look()
    await ken.presses("どの悩みのことか見る")
    await ken.sees_soon("名前を伝え合う")
    assert not ken.sees("花子")
    await ken.presses("名前を伝え合う")
    await ken.sees_soon("お相手に伝えるお名前")
    await ken.fills("健太")
    await ken.sees_soon("お相手：花子")
    await ken.closes(everything=True)
    await town.settled()
    hana.look()
    await hana.presses("ひらく")
    await hana.sees_soon("お相手：健太")


async def test_two_ways_between_slack_and_telegram(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_slack("socket") as slack, open_telegram(now=clock) as telegram:
        channel = slack.channel("hiroba")
        ken = slack.person("ken", [channel])
        async with open_telegram_house(tmp_path, telegram, clock, slack) as town:
            hana = await _moved_in(town, slack, ken, channel)
            await asks(hana, WORRY)
            await town.settled()
            ken.look(channel)
            await answers_in_slack(ken, "返信する", "", "", SAID)
            await ken.closes(everything=True)
            await town.settled()
            await understood_by_both(town, hana, ken, channel)
            await go_on_alone(town, hana, ken)
            await names(town, hana, ken)
            _told_to_nobody_else(telegram, slack, channel)
            assert ken.errors == []
            town.nobody_is_named()


async def _moved_in(town: TelegramHouse, slack: FakeSlack, ken: SlackPerson, channel: str) -> TelegramPerson:
    await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
    await town.place()
    hana = await town.member("hana")
    group = Address("slack", TEAM, channel)
    await town.enrolled(Address("slack", TEAM, ken.id), Role.SUPPORTER)
    await town.house.database.write(lambda session: places.link(session, group, "詰所", "ja"))
    return hana


def _told_to_nobody_else(telegram: FakeTelegram, slack: FakeSlack, channel: str) -> None:
    square = telegram.group("広場")
    there = [message.text for message in telegram.chats.by_bot(square.id)]
    assert not [text for text in there for words in (ALONE, "花子", "健太") if words in text]
    posts = [f"{post.text} {post.blocks}" for post in slack.workspace.by_bot(channel)]
    assert posts and not [words for words in (ALONE, "花子", "健太") if words in str(posts)]
