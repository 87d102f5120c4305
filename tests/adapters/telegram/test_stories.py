"""Stories 1, 3 and 4 of the community on the wires of both platforms, with people of both in one thread."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.telegram.house import TelegramHouse
from tests.adapters.telegram.neighbours import (
    CONFIRM,
    Neighbours,
    fills,
    goes_on_until,
    neighbours,
    opens_newest,
    writes,
)
from tests.scenarios.lives import CALL, tokyo
from tests.slack.people import SlackPerson
from tests.slack.workspace import Post
from tests.telegram.faults import Fault
from tests.telegram.people import TelegramPerson
from tests.telegram.shapes import Message
from tests.world import TOKYO

TOGETHER = "まとめて届ける（次は 12:30 ごろ）"
SOON = "2時間以内に届ける"
LEFT = "残っているかもしれません"
HANA, KEN, EMI = "3か月、お会いできていません。", "記録の書きかたに迷っています。", "夜の電話が続いています。"
AGAIN = "あしたの会議が気がかりです。"


@pytest.fixture
def published_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YORISOI_PUBLISH_TIMES", "09:00,12:30,16:00,19:30")


@pytest.mark.usefixtures("published_together")
async def test_story_1_worries_that_no_one_can_trace(tmp_path: Path) -> None:
    """Three people of two platforms in one batch, then one within two hours; a restart while each of them waits."""
    async with neighbours(tmp_path) as here:
        async with here.house() as town:
            await here.settle(town)
            hana, ken, emi = await town.member("hana"), await here.in_slack(town, "ken"), await town.member("emi")
            said = await writes(hana, HANA, TOGETHER)
            assert hana.sees("12:30 ごろ") and hana.sees("おそくとも あす 09:00")
            await fills(ken, KEN, TOGETHER)
            await writes(emi, EMI, TOGETHER)
            await town.settled()
            assert said.deleted and not hana.sees(HANA), "taken out of the chat once it is kept"
            await town.house.advance(timedelta(hours=2, minutes=29))
        assert [here.stands(words) for words in (HANA, KEN, EMI)] == [(0, 0)] * 3
        async with here.house() as town:
            await town.house.advance(timedelta(minutes=1))
            await town.settled()
            assert [here.stands(words) for words in (HANA, KEN, EMI)] == [(1, 1)] * 3
            here.telegram.faults.next("deleteMessage", Fault(400, "Bad Request: message can't be deleted"))
            await writes(hana, AGAIN, SOON)
            await hana.sees_soon(LEFT)
            told = _told_at_the_latest(hana)
            assert "12:30" < told < "14:30"
            await town.settled()
            assert here.stands(AGAIN) == (0, 0)
        async with here.house() as town:
            await goes_on_until(town, f"2026-11-24 {told}")
            assert here.stands(AGAIN) == (1, 1)
            await town.house.advance(timedelta(days=2))
            await town.settled()
            assert [here.stands(words) for words in (HANA, KEN, EMI, AGAIN)] == [(1, 1)] * 4
            town.nobody_is_named()
        assert len(_pseudonyms(here)) == 4, "a fresh one each time, also for the same person"
        _no_author_in_what_was_sent(here, hana, ken, emi)
        assert ken.errors == []


def _told_at_the_latest(person: TelegramPerson) -> str:
    *_, newest = re.finditer(r"おそくとも (\d\d:\d\d) には届きます", person.screen)
    return newest[1]


def _pseudonyms(here: Neighbours) -> set[str]:
    there = {found for each in here.read_in_square for found in re.findall(r"悩み：(\S+?)さん", each)}
    assert there == {found for each in here.read_in_channel for found in re.findall(r"悩み：(\S+?)さん", each)}
    return there


def _no_author_in_what_was_sent(here: Neighbours, *people: TelegramPerson | SlackPerson) -> None:
    sent = here.sent()
    assert HANA in sent
    for person in people:
        assert str(person.id) not in sent


GOLDEN_WEEK = [
    "05-07 08:30 ken",  # he took this day, and is reminded of it
    "05-07 15:00 hana",
    "05-07 15:00 ken",
    "05-08 08:30 hana",  # その後どうですか
    "05-08 15:00 hana",
    "05-08 15:00 sato",
]
"""Shared on Friday 1 May 2026 at 15:00; the 2nd is a Saturday, and up to the 6th nobody works."""
UNASKED = ("お知らせがひとつ", "きょうの当番をお願い", CALL)


async def test_story_3_never_ignored_over_golden_week(tmp_path: Path) -> None:
    """hana on Telegram; in Slack ken, on duty on the first day of work, and sato, who coordinates."""
    async with neighbours(tmp_path, tokyo("2026-05-01 15:00")) as here, here.house() as town:
        await here.settle(town)
        hana, ken = await town.member("hana"), await here.in_slack(town, "ken")
        sato = await here.in_slack(town, "sato", Role.COORDINATOR)
        await _takes_duty(ken, "5月7日(木)")
        await writes(hana, HANA, CONFIRM)
        await town.settled()
        await goes_on_until(town, "2026-05-07 14:59")
        assert not ken.sees(CALL)
        await goes_on_until(town, "2026-05-07 15:00")
        assert ken.sees(CALL) and not ken.sees(HANA)
        await opens_newest(hana, "まだ返信がありません。当番に声をかけました。")
        await goes_on_until(town, "2026-05-08 14:59")
        assert not sato.sees(CALL)
        await goes_on_until(town, "2026-05-08 15:00")
        await opens_newest(hana, "まだ返信がありません。調整役に声をかけました。")
        told = _told(hana=hana, ken=ken, sato=sato)
        await sato.presses("ひらく")
        await sato.sees_soon(HANA)
        await sato.presses("返信する")
        await sato.sees_soon("1,000文字まで")
        await sato.fills("お返事が遅くなりました。")
        await sato.sees_soon("お届けしています")
        await town.settled()
        await opens_newest(hana, "お返事が遅くなりました。")
        await goes_on_until(town, "2026-05-13 00:00")
        assert told == GOLDEN_WEEK
        assert sum(CALL in post.text for post in (*ken.letters, *sato.letters)) == 2, "each once, and never again"
        assert ken.errors == sato.errors == []
        town.nobody_is_named()


async def _takes_duty(person: SlackPerson, day: str) -> None:
    await person.slash("menu")
    for button in ("当番", "当番に加わる", f"{day} を引き受ける"):
        await person.sees_soon(button)
        await person.presses(button)
    await person.sees_soon("（あなた）")
    await person.closes(everything=True)


def _told(**people: TelegramPerson | SlackPerson) -> list[str]:
    """ "MONTH-DAY HOUR:MINUTE NAME" of everything that came unasked."""
    return sorted(
        f"{_came(letter).astimezone(TOKYO):%m-%d %H:%M} {name}"
        for name, person in people.items()
        for letter in person.letters
        if any(words in letter.text for words in UNASKED)
    )


def _came(letter: Post | Message) -> datetime:
    return letter.date if isinstance(letter, Message) else datetime.fromtimestamp(float(letter.ts), UTC)


NAME, BORN, HOME, PHONE = "森田花江", "昭和60年4月3日", "長野県松本市中央2丁目3番4号", "090-1234-5678"
TOLD = (
    f"{NAME}さん（{BORN}生まれ）のお宅を訪ねています。住所は{HOME}、電話は{PHONE}です。どう声をかけたらよいでしょう。"
)
DETAILS = (NAME, BORN, HOME, PHONE)


async def test_story_4_details_are_stopped_before_anything_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """hana is asked question by question, ken fills a dialog in; each alone sees what was said in another way."""
    caplog.set_level(0)
    async with neighbours(tmp_path) as here, here.house() as town:
        await here.settle(town)
        hana, ken = await town.member("hana"), await here.in_slack(town, "ken")
        said = await writes(hana, TOLD)
        await fills(ken, TOLD)
        for person in (hana, ken):
            assert person.sees("Aさん")
            assert person.sees(f"「{NAME}さん」→「Aさん」"), "what was changed is shown to who wrote it"
            await person.presses(CONFIRM)
            await person.sees_soon("お届けしています")
        await ken.closes(everything=True)
        await town.settled()
        assert said.deleted
        assert here.stands("どう声をかけたらよいでしょう") == (2, 2)
        assert here.stands("Aさん") == (2, 2)
        _nothing_of_it_is_left(here, town, hana, ken)
        photo = await hana.sends_file("photo", f"{NAME}さんのお宅です")
        await hana.sees_soon("ファイルはお預かりできません")
        await here.slack.deliver("events_api", here.slack.payloads.file_share(ken.im, ken.id))
        await ken.sees_soon("ファイルはお預かりできません")
        await town.settled()
        assert photo.content["photo"][0]["file_id"].encode() not in town.world.files()
        _nothing_of_it_is_left(here, town, hana, ken)
        assert ken.errors == []
    printed = capsys.readouterr()
    assert not [each for each in DETAILS if each in printed.out + printed.err + caplog.text]


def _nothing_of_it_is_left(here: Neighbours, town: TelegramHouse, *writers: TelegramPerson | SlackPerson) -> None:
    files, sent = town.world.files(), here.sent(*writers)
    for each in DETAILS:
        assert not any(each.encode(how) in files for how in ("utf-8", "utf-16-le", "unicode_escape"))
        assert each not in sent
