"""A case conference from its first words to how it went, through the whole wire: most are in Slack, two are not."""

from collections.abc import AsyncIterator
from pathlib import Path

import icalendar
import pytest

from bot.chat.events import Press
from bot.store import conferences
from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.scenarios.following import go_to
from tests.slack.people import SlackPerson
from tests.slack.server import open_slack
from tests.world import HeldClock, Person

THEME = "長く会えていない方への手紙"
WORRIES = "親御さんとしか話せていません。"
ASKED = "本人に会えないとき、手紙はどう書けばいいですか"
SHEET = ("20代", "10年以上", "親と", "家族とだけ", WORRIES, "手紙を置いて帰りました。", ASKED, "関わり方")
PLACE = "市民会館 2階"
IDEA = "返事を求めない手紙にする"
LINE = "玄関まで出てきてくれました。"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack("socket") as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened:
        yield opened


class Counted:
    """A coordinator whose every interaction on the way to a date is counted."""

    def __init__(self, person: SlackPerson) -> None:
        self.person, self.interactions = person, 0

    async def says(self, words: str) -> None:
        self.interactions += 1
        await self.person.says(words)

    async def presses(self, label: str) -> None:
        self.interactions += 1
        await self.person.presses(label)

    async def fills(self, *answers: str) -> None:
        self.interactions += 1
        await self.person.fills(*answers)

    async def proposes(self, theme: str, times: str) -> None:
        """From 「事例検討会をやりたい」 to a poll that stands in every place."""
        await self.says("事例検討会をやりたい")
        await self.person.sees_soon("どの集まりの日程ですか")
        await self.presses("事例検討会")
        await self.person.sees_soon("テーマ")
        await self.fills(theme, times)
        await self.person.sees_soon("日程を決める")

    async def decides(self, why: str) -> None:
        await self.presses("日程を決める")
        await self.person.sees_soon(why)
        await self.presses("この日に決める")
        await self.person.sees_soon("決まりました")


async def puts_away(person: SlackPerson) -> None:
    """Whatever dialog is open."""
    if person.modal:
        await person.closes(everything=True)


async def opens(person: SlackPerson) -> None:
    """The card of the conference, from the list."""
    await puts_away(person)
    await person.slash("conference")
    await person.sees_soon("1番をひらく")
    await person.presses("1番をひらく")
    await person.workspace.until(lambda: "1番をひらく" not in person.buttons, 5, "the card")


async def goes_on(person: SlackPerson, label: str, sought: str) -> None:
    """A button of the card, or of what did not fit it."""
    if label not in person.buttons:
        await person.presses("ほかのこと")
        await person.workspace.until(lambda: label in person.buttons, 5, f"{label} among {person.buttons}")
    await person.presses(label)
    await person.sees_soon(sought)


async def file_of(person: Person, conference: str) -> tuple[str, int, str]:
    """What the calendar file says: its method, its sequence, and the local time."""
    await person.does(Press("conference.show", conference))
    await person.presses("予定表に入れる")
    return last_file(person)


def last_file(person: Person) -> tuple[str, int, str]:
    found = icalendar.Calendar.from_ical(person.files.pop().content)
    (event,) = found.events
    assert THEME not in str(found) and "ATTENDEE" not in event
    return str(found["METHOD"]), int(str(event["SEQUENCE"])), f"{event.start:%m/%d %H:%M}"


async def test_from_an_idea_to_how_it_went(town: SlackHouse) -> None:
    square, here = await town.place("hiroba"), await town.world.group(town.world.telegram, "広場")
    hana = await town.member("hana", Role.SUPPORTER, square)
    sato = await town.member("sato", Role.COORDINATOR, square)
    ken, yui = await town.beside("ken"), await town.beside("yui")
    lead = Counted(sato)

    # 1. sato proposes dates in plain words; they stand in both places.
    await lead.proposes(THEME, "12/14 14時、12/15 10:00-11:00")
    await town.settled()

    # 2. One press on the card is a vote, in either place; the table stands live in both.
    hana.look(square)
    await hana.presses("① ◯")
    await hana.sees_soon("「◯」でお答えを預かりました")
    await hana.presses("② ◯")
    await hana.sees_soon("すべての日に答えました")
    ken.place = here
    await ken.presses("① ◯")
    await ken.does(Press("conference.mark", ken.screen[-1].buttons[-1].argument))
    ken.place = ""
    await town.world.later(seconds=3)
    await town.settled()
    (card,) = [post.message for post in town.world.telegram.posts if post.address.channel == here]
    assert "① 12月14日(月) 14:00　◯2 △0 ✕0" in card.body + card.note
    assert hana.sees("① 12月14日(月) 14:00　◯2 △0 ✕0")

    # 3. Only who has not answered is asked once more.
    await go_to(town.world, "2026-11-30 09:00")
    await town.settled()
    assert yui.sees("お返事をお願いできますか")
    assert not hana.sees("お返事をお願いできますか") and not ken.sees("お返事をお願いできますか")

    # 4. The date is proposed with its reason, and fixed.
    await lead.decides("◯がいちばん多い日です")
    await town.settled()
    assert lead.interactions == 5
    hana.look()
    assert hana.sees("事例検討会の日が決まりました") and ken.sees("事例検討会の日が決まりました")
    (conference,) = [
        each.id
        for each in await town.house.database.read(lambda session: conferences.coming(session, town.house.clock()))
    ]

    # 5. Roles are taken: hana brings the case and writes the minutes, ken is chair.
    await opens(hana)
    await goes_on(hana, "役割（空きがあります）", "事例提供（必要）：空いています")
    await hana.presses("事例提供を引き受ける")
    await hana.sees_soon("事例提供をお願いします")
    await hana.presses("記録を引き受ける")
    await hana.sees_soon("記録をお願いします")
    await ken.does(Press("conference.roles", conference))
    assert ken.sees("事例提供（必要）：決まっています")
    await ken.presses("司会を引き受ける")

    # 6. The place is for those who come.
    await opens(sato)
    await goes_on(sato, "場所・リンクを決める", "場所かリンク")
    await sato.fills(PLACE)
    await sato.sees_soon("場所・リンクを預かりました")
    await town.settled()
    assert ken.sees(PLACE) and not yui.sees(PLACE)

    # 7. It goes into one's calendar: as a file, and in Slack in words.
    assert await file_of(ken, conference) == ("REQUEST", 0, "12/14 14:00")
    await opens(hana)
    await goes_on(hana, "予定表に入れる", "上の日時を書き写して")
    assert hana.sees("12月14日(月) 14:00〜15:30")

    # 8. It moves twice: shown beside the old date first, and the files follow.
    for number, old, when, new in (
        (1, "12月14日(月) 14:00", "12/16 14:00", "12月16日(水) 14:00"),
        (2, "12月16日(水) 14:00", "12/17 15:00", "12月17日(木) 15:00"),
    ):
        await opens(sato)
        await goes_on(sato, "日を変える", "新しい日時")
        await sato.fills(when)
        await sato.sees_soon(f"{old} → {new}")
        await sato.presses("この日に変える")
        await sato.sees_soon("日を変えました")
        await town.settled()
        await puts_away(hana)
        await hana.presses("行けます")
        await hana.sees_soon("行けます、とお預かりしました")
        await ken.presses("行けます")
        assert await file_of(ken, conference) == ("REQUEST", number, when)

    # 9. hana fills the sheet in one dialog; who comes opens it, nobody else.
    await opens(hana)
    await goes_on(hana, "資料をつくる", "ご本人の年代")
    await hana.fills(*SHEET)
    await hana.sees_soon("資料をお預かりしました")
    await town.settled()
    await ken.presses("資料をひらく")
    assert ken.sees(ASKED)
    await yui.does(Press("conference.sheet", conference))
    assert yui.sees("資料は、参加する方と担当の調整役だけが開けます") and not yui.sees(ASKED)

    # 10. It begins; an idea is noted without a name, and the minutes reach both platforms.
    await go_to(town.world, "2026-12-17 15:00")
    await town.settled()
    await hana.closes(everything=True)
    await hana.presses("います")
    await hana.sees_soon("参加を受けとりました")
    await ken.presses("います")
    await ken.presses("はじめる")
    assert ken.sees("はじめましょう")
    await opens(hana)
    await goes_on(hana, "話し合いのメモ", "アイデアを書く")
    await hana.presses("アイデアを書く")
    await hana.sees_soon("アイデアをひとことで")
    await hana.fills(IDEA)
    await hana.sees_soon("書きとめました")
    await hana.closes(everything=True)
    await go_to(town.world, "2026-12-17 16:35")
    await town.settled()
    await hana.presses("記録をまとめる")
    await hana.sees_soon("この内容で送る")
    assert hana.sees(IDEA)
    await hana.presses("この内容で送る")
    await hana.sees_soon("記録を送りました")
    await town.settled()
    assert ken.sees(IDEA) and not yui.sees(IDEA)

    # 11. Two weeks later hana is asked, answers by one button, and the others hear of it once she confirms.
    await go_to(town.world, "2027-01-04 09:00")
    await town.settled()
    await hana.closes(everything=True)
    assert hana.sees("その後どうですか")
    await hana.presses("すこし進んだ")
    await hana.sees_soon("まだ、どなたにも届いていません")
    await hana.presses("ひとこと添える")
    await hana.sees_soon("ひとこと（誰のことか")
    await hana.fills(LINE)
    await hana.sees_soon(LINE)
    assert not ken.sees(LINE)
    await hana.presses("参加した方に伝える")
    await hana.sees_soon("参加した方にお伝えします")
    await town.settled()
    assert ken.sees("「すこし進んだ」とのことです") and ken.sees(LINE) and not yui.sees(LINE)

    # 12. Another one is called off, and goes from the calendars.
    await sato.closes(everything=True)
    await lead.proposes("春からの居場所", "1/20 14時、1/21 10時")
    await town.settled()
    ken.place = here
    await ken.presses("① ◯")
    ken.place = ""
    await lead.decides("いちばん")
    await town.settled()
    other = next(
        each.id
        for each in await town.house.database.read(lambda session: conferences.coming(session, town.house.clock()))
    )
    assert await file_of(ken, other) == ("REQUEST", 0, "01/20 14:00")
    await opens(sato)
    await goes_on(sato, "取りやめる", "取りやめますか")
    await sato.presses("取りやめる")
    await sato.sees_soon("取りやめました")
    await town.settled()
    assert ken.sees("取りやめになりました")
    await ken.presses("予定表から消す")
    assert last_file(ken) == ("CANCEL", 1, "01/20 14:00")
    assert hana.errors == sato.errors == []
