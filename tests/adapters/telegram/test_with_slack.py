"""One community on two platforms: a person on Telegram and one in Slack answer each other through two restarts."""

from pathlib import Path

from bot.chat.events import Address
from bot.store import places
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.slack.people import SlackPerson
from tests.slack.server import open_slack
from tests.slack.workspace import TEAM
from tests.telegram.people import TelegramPerson
from tests.telegram.server import open_telegram
from tests.world import HeldClock

TURNS = [f"{number}番めのことばです。" for number in range(1, 11)]


async def asks(hana: TelegramPerson, words: str) -> None:
    await hana.commands("worry")
    await hana.sees_soon("（1/2）")
    await hana.says(words)
    await hana.sees_soon("（2/2）")
    await hana.presses("つながっているすべての場")
    await hana.sees_soon("この内容で届ける")
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")


async def answers_in_slack(ken: SlackPerson, opens: str, says: str, heard: str, words: str) -> None:
    await ken.sees_soon(opens)
    await ken.presses(opens)
    if says:
        await ken.sees_soon(heard)
        await ken.presses(says)
    await ken.sees_soon("1,000文字まで")
    await ken.fills(words)
    await ken.sees_soon("お届けしています")


async def answers_on_telegram(hana: TelegramPerson, heard: str, words: str) -> None:
    await hana.presses("ひらく")
    await hana.sees_soon(heard)
    await hana.presses("返事を書く")
    await hana.sees_soon("（1/1）")
    await hana.says(words)
    await hana.sees_soon("お届けしています")


async def turn(town: TelegramHouse, number: int, hana: TelegramPerson, ken: SlackPerson, channel: str) -> None:
    """Even turns are hana's, odd ones ken's; each begins with what the other has just said."""
    words = TURNS[number]
    if number == 0:
        await asks(hana, words)
    elif number == 1:
        ken.look(channel)
        await answers_in_slack(ken, "返信する", "", "", words)
        await ken.closes(everything=True)
    elif number % 2:
        ken.look()
        await answers_in_slack(ken, "ひらく", "返事を書く", TURNS[number - 1], words)
        await ken.closes(everything=True)
    else:
        await answers_on_telegram(hana, TURNS[number - 1], words)
    await town.settled()


async def test_ten_turns_through_two_restarts(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_slack("socket") as slack, open_telegram(now=clock) as telegram:
        hana = telegram.person("hana")
        channel = slack.channel("hiroba")
        ken = slack.person("ken", [channel])
        numbers, group = iter(range(10)), Address("slack", TEAM, channel)
        for turns in (4, 3, 3):
            async with open_telegram_house(tmp_path, telegram, clock, slack) as town:
                await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
                if turns == 4:
                    await town.place()
                    await town.member("hana")
                    await town.enrolled(Address("slack", TEAM, ken.id), Role.SUPPORTER)
                    await town.house.database.write(lambda session: places.link(session, group, "詰所", "ja"))
                for _ in range(turns):
                    await turn(town, next(numbers), hana, ken, channel)
                town.nobody_is_named()
        square = telegram.group("広場")
        hana.look(square)
        assert all(hana.sees(words) for words in TURNS)
        ken.look(channel)
        assert all(ken.sees(words) for words in TURNS)
        posts = telegram.chats.by_bot(square.id)
        assert [sum(words in post.text for post in posts) for words in TURNS] == [1] * 10
        assert ken.errors == []
        assert not any("ken" in message.text.lower() for message in telegram.chats.by_bot())
