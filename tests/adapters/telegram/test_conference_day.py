"""A case conference from its first words to how it went, through the whole wire: most are on Telegram, two are not."""

from collections.abc import AsyncIterator
from pathlib import Path

import icalendar
import pytest

from bot.chat.events import Press
from bot.store import conferences
from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.scenarios.following import go_to
from tests.telegram.groups import TelegramGroup
from tests.telegram.server import open_telegram
from tests.world import HeldClock

THEME = "長く会えていない方への手紙"
ASKED = "本人に会えないとき、手紙はどう書けばいいですか"
SHEET = (
    "20代",
    "10年以上",
    "親と",
    "家族とだけ",
    "親御さんとしか話せていません。",
    "手紙を置きました。",
    ASKED,
    "関わり方",
)
PLACE = "市民会館 2階"
IDEA = "返事を求めない手紙にする"
LINE = "玄関まで出てきてくれました。"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    clock = HeldClock()
    async with open_telegram("polling", clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as opened:
        yield opened


class Guest:
    """Somebody on Telegram, whose every act is counted and followed until nothing moves any more."""

    def __init__(self, town: TelegramHouse, name: str) -> None:
        self.town, self.person, self.acts = town, town.telegram.person(name), 0

    async def joins(self, role: Role = Role.SUPPORTER) -> None:
        await self.person.starts(await self.town.invited(role))
        await self._settled()

    async def says(self, words: str) -> None:
        await self.person.says(words)
        await self._settled()

    async def presses(self, label: str, group: TelegramGroup | None = None) -> None:
        self.person.look(group)
        await self.person.presses(label)
        await self._settled()
        self.person.look()

    async def _settled(self) -> None:
        self.acts += 1
        await self.town.settled()

    async def proposes(self, theme: str, times: str) -> None:
        """From 「事例検討会をやりたい」 to a poll that stands in every place."""
        await self.says("事例検討会をやりたい")
        await self.presses("事例検討会")
        await self.says(theme)
        await self.says(times)

    async def decides(self) -> None:
        await self.presses("日程を決める")
        assert self.sees("◯がいちばん多い日です")
        await self.presses("この日に決める")

    async def opens(self, label: str) -> None:
        """A button of the conference's card, or of what did not fit it."""
        await self.says("/conference")
        await self.presses("1番をひらく")
        if label not in self.labels:
            await self.presses("ほかのこと")
        await self.presses(label)

    async def answers(self, *answers: str) -> None:
        """Question by question, with the button where there is one."""
        for answer in answers:
            await (self.presses(answer) if answer in self.labels else self.says(answer))

    async def file(self) -> tuple[str, int, str]:
        """What the file says that the conference's card brings: its method, its sequence, and the local time."""
        await self.opens("予定表に入れる")
        return self.last_file()

    def last_file(self) -> tuple[str, int, str]:
        found = icalendar.Calendar.from_ical(self.person.letters[-1].file)
        (event,) = found.events
        assert THEME not in str(found) and "ATTENDEE" not in event
        return str(found["METHOD"]), int(str(event["SEQUENCE"])), f"{event.start:%m/%d %H:%M}"

    def sees(self, words: str) -> bool:
        return self.person.sees(words)

    @property
    def labels(self) -> list[str]:
        """Under the newest message, and on the keyboard where it set one."""
        markup = self.person.letters[-1].markup or {}
        rows = [*markup.get("inline_keyboard", []), *markup.get("keyboard", [])]
        return [button["text"] for row in rows for button in row]


async def nearest(town: TelegramHouse) -> str:
    return await town.house.database.read(lambda session: conferences.coming(session, town.house.clock())[0].id)


async def at(town: TelegramHouse, moment: str) -> None:
    await go_to(town.world, moment)
    await town.settled()


async def test_from_an_idea_to_how_it_went(town: TelegramHouse) -> None:
    square, here = await town.place(), await town.world.group(town.world.slack, "詰所")
    hana, sato = Guest(town, "hana"), Guest(town, "sato")
    await hana.joins()
    await sato.joins(Role.COORDINATOR)
    ken, yui = await town.beside("ken"), await town.beside("yui")

    # 1. sato proposes dates in plain words; they stand in both places.
    sato.acts = 0
    await sato.proposes(THEME, "12/14 14時、12/15 10:00-11:00")

    # 2. One press on the card is a vote, in either place; the table stands live in both.
    await hana.presses("① ◯", square)
    assert hana.sees("「◯」でお答えを預かりました")
    await hana.presses("② ◯", square)
    ken.place = here
    await ken.presses("① ◯")
    await ken.does(Press("conference.mark", ken.screen[-1].buttons[-1].argument))
    await town.world.later(seconds=3)
    await town.settled()
    (card,) = town.telegram.chats.by_bot(square.id)
    assert "① 12月14日(月) 14:00　◯2 △0 ✕0" in card.text
    assert ken.sees("① 12月14日(月) 14:00　◯2 △0 ✕0")
    ken.place = ""

    # 3. Only who has not answered is asked once more.
    await at(town, "2026-11-30 09:00")
    assert yui.sees("お返事をお願いできますか")
    assert not hana.sees("お返事をお願いできますか") and not ken.sees("お返事をお願いできますか")

    # 4. The date is proposed with its reason, and fixed.
    await sato.decides()
    assert sato.acts == 6
    assert hana.sees("事例検討会の日が決まりました") and ken.sees("事例検討会の日が決まりました")
    conference = await nearest(town)

    # 5. Roles are taken: hana brings the case and writes the minutes, ken is chair.
    await hana.opens("役割（空きがあります）")
    await hana.presses("事例提供を引き受ける")
    await hana.presses("記録を引き受ける")
    assert hana.sees("記録をお願いします")
    await ken.does(Press("conference.roles", conference))
    assert ken.sees("事例提供（必要）：決まっています")
    await ken.presses("司会を引き受ける")

    # 6. The place is for those who come.
    await sato.opens("場所・リンクを決める")
    await sato.answers(PLACE)
    assert hana.sees(PLACE) and ken.sees(PLACE) and not yui.sees(PLACE)

    # 7. It goes into one's calendar as a file, and where none is carried in words.
    assert await hana.file() == ("REQUEST", 0, "12/14 14:00")
    await ken.does(Press("conference.calendar", conference))
    assert ken.sees("12月14日(月) 14:00〜15:30") and ken.sees("上の日時を書き写して")

    # 8. It moves twice: shown beside the old date first, and the files follow.
    for number, when, change in (
        (1, "12/16 14:00", "12月14日(月) 14:00 → 12月16日(水) 14:00"),
        (2, "12/17 15:00", "12月16日(水) 14:00 → 12月17日(木) 15:00"),
    ):
        await sato.opens("日を変える")
        await sato.answers(when)
        assert sato.sees(change) and not hana.sees(change)
        await sato.presses("この日に変える")
        assert hana.sees(change)
        await hana.presses("行けます")
        await ken.presses("行けます")
        assert await hana.file() == ("REQUEST", number, when)

    # 9. hana fills the sheet question by question; who comes opens it, nobody else.
    await hana.opens("資料をつくる")
    await hana.answers(*SHEET)
    assert hana.sees("資料をお預かりしました")
    await ken.presses("資料をひらく")
    assert ken.sees(ASKED)
    await yui.does(Press("conference.sheet", conference))
    assert yui.sees("資料は、参加する方と担当の調整役だけが開けます") and not yui.sees(ASKED)

    # 10. It begins; an idea is noted without a name, and the minutes reach both platforms.
    await at(town, "2026-12-17 15:00")
    await hana.presses("います")
    assert hana.sees("参加を受けとりました")
    await ken.presses("います")
    await ken.presses("はじめる")
    assert ken.sees("はじめましょう")
    await hana.opens("話し合いのメモ")
    await hana.presses("アイデアを書く")
    await hana.answers(IDEA)
    assert hana.sees("書きとめました")
    await at(town, "2026-12-17 16:35")
    await hana.presses("記録をまとめる")
    await hana.presses("この内容で送る")
    assert ken.sees(IDEA) and not yui.sees(IDEA)

    # 11. Two weeks later hana is asked, answers by one button, and the others hear of it once she confirms.
    await at(town, "2027-01-04 09:00")
    assert hana.sees("その後どうですか")
    await hana.presses("すこし進んだ")
    await hana.presses("ひとこと添える")
    await hana.answers(LINE)
    assert hana.sees("まだ、どなたにも届いていません") and not ken.sees(LINE)
    await hana.presses("参加した方に伝える")
    assert ken.sees("「すこし進んだ」とのことです") and ken.sees(LINE) and not yui.sees(LINE)

    # 12. Another one is called off, and goes from the calendars.
    await sato.proposes("春からの居場所", "1/20 14時、1/21 10時")
    await hana.presses("① ◯", square)
    await sato.decides()
    assert await hana.file() == ("REQUEST", 0, "01/20 14:00")
    await sato.opens("取りやめる")
    await sato.presses("取りやめる")
    assert hana.sees("取りやめになりました")
    await hana.presses("予定表から消す")
    assert hana.last_file() == ("CANCEL", 1, "01/20 14:00")
    assert hana.person.unanswered == 0
    town.nobody_is_named()
