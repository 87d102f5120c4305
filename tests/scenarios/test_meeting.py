"""A meeting is held: its time is shared out, the timekeeper hears of each part, and everybody writes without a name."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.events import Press
from bot.store import conferences, meeting_notes, occurrences
from bot.store.conference_models import MeetingNote
from bot.store.meeting_notes import MOST
from bot.store.session import Session
from tests.scenarios.ledger import rows
from tests.scenarios.meetings import TIMES, Held, held, member_id, titles
from tests.world import TOKYO, HeldClock, Person, World, open_world

LATER = ("短い学び", "事例の紹介", "質問", "アイデア", "次の小さな一歩・ふりかえり")
OURS = {"はじめる", "進め方", "話し合いのメモ", "次の小さな一歩", "記録"}


async def labels(meeting: Held, person: Person) -> list[str]:
    """Of the conference's card, and of what did not fit it."""
    shown = [await person.does(Press(f"conference.{each}", meeting.conference)) for each in ("show", "more")]
    return [button.label for card in shown if card for button in card.buttons]


async def test_the_time_is_shared_out_on_the_card_of_those_who_come(world: World) -> None:
    meeting = await held(world)
    assert "進め方" in await labels(meeting, meeting.yui)
    shown = await meeting.yui.presses("進め方")
    assert shown
    assert shown.title == "進め方（90分）"
    assert shown.body.splitlines() == [
        "13:00　はじめに・約束（5分）",
        "13:05　短い学び（10分）",
        "13:15　事例の紹介（15分）",
        "13:30　質問（15分）",
        "13:45　アイデア（30分）",
        "14:15　次の小さな一歩・ふりかえり（15分）",
    ]
    assert "外で話しません" in shown.note
    abe = await world.person("abe", world.slack)
    assert not OURS & {*await labels(meeting, abe)}
    refused = await abe.does(Press("conference.agenda", meeting.conference))
    assert refused
    assert refused.body == "これは、この検討会に参加する方が使えます。"


async def test_a_practice_note_is_offered_for_the_lesson_as_our_own_words(world: World) -> None:
    meeting = await held(world)
    await world.house.handbook.warm()
    shown = await meeting.yui.does(Press("conference.agenda", meeting.conference))
    assert shown
    assert "「返事のない手紙を続けるか」も使えます（このボットの言葉・公式本文ではありません）" in shown.note
    read = await meeting.yui.presses("実践メモを読む")
    assert read
    assert read.title == "【実践メモ】 返事のない手紙を続けるか"


async def test_the_chair_begins_and_the_timekeeper_hears_of_each_part_as_it_comes(world: World) -> None:
    meeting = await held(world)
    hana, mori = meeting.hana, meeting.mori
    await meeting.at(12, 44)
    assert "はじめる" not in await labels(meeting, hana)
    early = await hana.does(Press("conference.start_meeting", meeting.conference))
    assert early
    assert early.body == "11月24日(火) 13:00 の15分前から、はじめられます。"
    await meeting.at(12, 45)
    assert "はじめる" in await labels(meeting, hana)
    assert "はじめる" not in await labels(meeting, meeting.yui)
    refused = await meeting.yui.does(Press("conference.start_meeting", meeting.conference))
    assert refused
    assert refused.body == "これは司会・時間係・調整役の方ができることです。"
    await meeting.at(13)
    everyone = (hana, mori, meeting.ken, meeting.sato)
    assert not any(titles(each, "事例検討会の時間です") for each in everyone), "it is offered in the letter all get"
    begins = [[button.label for button in each.letters[-1].buttons] for each in everyone[:3]]
    assert ["はじめる" in labels for labels in begins] == [True, True, False]
    assert all("います" in labels for labels in begins)
    await meeting.at(13, 2)
    begun = await hana.presses("はじめる")
    assert begun
    assert begun.title == "はじめましょう。まずは「はじめに・約束」、5分です"
    assert begun.body.startswith("13:02　")
    await mori.presses("はじめる")
    heard: list[str] = []
    for minute in range(85):
        await world.later(minutes=1)
        if (said := titles(mori, "次は")) != heard:
            heard = said
            assert (minute + 1) in (5, 15, 30, 45, 75), "exactly when the part begins"
    assert heard == [f"次は「{part}」です" for part in LATER]
    assert "15分です。終わりまで、あと15分です。" in [letter.body for letter in mori.letters]
    assert not titles(hana, "次は"), "one person is told"


async def test_without_a_press_nobody_is_told_of_parts_and_without_roles_nobody_is_asked(world: World) -> None:
    meeting = await held(world, roles="recorder")
    await meeting.at(14, 34)
    everyone = (meeting.sato, meeting.hana, meeting.mori, meeting.ken, meeting.yui)
    assert [titles(each, "次は", "の時間です", "記録") for each in everyone] == [[]] * 5
    await meeting.at(14, 35)
    assert titles(meeting.ken, "記録をまとめて") == ["おつかれさまでした。メモから記録をまとめて、参加者に送れます。"]
    assert not titles(meeting.sato, "記録をまとめて")


@pytest.mark.parametrize(("roles", "told"), [("chair", "hana"), ("", "sato")])
async def test_where_nobody_keeps_the_time_the_chair_or_who_is_responsible_is_told(
    world: World, roles: str, told: str
) -> None:
    meeting = await held(world, roles=roles)
    await meeting.at(13)
    await meeting.sato.does(Press("conference.start_meeting", meeting.conference))
    await meeting.at(13, 20)
    everyone = {"sato": meeting.sato, "hana": meeting.hana, "mori": meeting.mori, "ken": meeting.ken}
    assert {name for name, person in everyone.items() if titles(person, "次は")} == {told}
    assert titles(everyone[told], "次は") == ["次は「短い学び」です", "次は「事例の紹介」です"]


async def test_a_house_that_slept_tells_of_the_part_that_is_on_and_of_no_other(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.hana.presses("はじめる")
    world.house.clock.advance(timedelta(minutes=50))
    await world.house.runner.tick()
    await world.house.settled()
    assert titles(meeting.mori, "次は") == ["次は「アイデア」です"]
    world.house.clock.advance(timedelta(hours=5))
    await world.house.runner.tick()
    await world.house.settled()
    assert titles(meeting.mori, "次は") == ["次は「アイデア」です"], "after the end nothing is said of it"
    assert len(titles(meeting.ken, "記録をまとめて")) == 1
    kinds = await world.house.database.read(lambda session: [each.kind for each in occurrences.due(session, _far())])
    assert not [kind for kind in kinds if kind in ("meeting.part", "meeting.start")]


def _far() -> datetime:
    return datetime(2100, 1, 1, tzinfo=TOKYO)


async def test_five_minutes_more_put_off_all_that_is_still_to_come(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.hana.presses("はじめる")
    refused = await meeting.yui.does(Press("conference.extend_meeting", meeting.conference))
    assert refused
    assert refused.body == "これは司会・時間係・調整役の方ができることです。"
    await meeting.at(13, 31)
    longer = await meeting.mori.presses("5分のばす")
    assert longer
    assert longer.title == "5分のばしました。終わりは14:35ごろになります"
    before = titles(meeting.mori, "次は")
    assert before[-1] == "次は「質問」です"
    await meeting.at(13, 35)
    assert titles(meeting.mori, "次は")[len(before) :] == ["次は「質問」です"], "what had begun a minute ago begins now"
    await meeting.at(13, 49)
    assert len(titles(meeting.mori, "次は")) == len(before) + 1
    await meeting.at(13, 50)
    assert titles(meeting.mori, "次は")[-1] == "次は「アイデア」です"
    await meeting.at(14, 36)
    late = await meeting.mori.does(Press("conference.extend_meeting", meeting.conference))
    assert late
    assert late.body == "この検討会は、もう終わっています。"
    assert not titles(meeting.ken, "記録をまとめて")
    await meeting.at(14, 40)
    assert len(titles(meeting.ken, "記録をまとめて")) == 1


async def test_begun_late_the_minutes_are_offered_after_its_real_end(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13, 20)
    await meeting.hana.presses("はじめる")
    await meeting.at(14, 54)
    assert not titles(meeting.ken, "記録をまとめて")
    await meeting.at(14, 55)
    assert len(titles(meeting.ken, "記録をまとめて")) == 1


async def test_one_that_is_cancelled_or_moved_keeps_quiet(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.hana.presses("はじめる")

    def cancel(session: Session) -> None:
        conferences.change(session, meeting.conference, state="cancelled")

    await world.house.database.write(cancel)
    await meeting.at(16)
    everyone = (meeting.sato, meeting.hana, meeting.mori, meeting.ken)
    assert [titles(each, "次は", "記録") for each in everyone] == [[]] * 4
    for action in ("meeting", "agenda", "steps", "minutes", "start_meeting"):
        refused = await meeting.hana.does(Press(f"conference.{action}", meeting.conference))
        assert refused
        assert refused.body == "この検討会は、いま予定がありません。"


async def test_what_people_write_has_no_name_and_no_row_says_who_wrote_it(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    before = await meeting.yui.does(Press("conference.write", f"{meeting.conference}.idea"))
    assert before is None, "the scheduled time has come, pressed or not"
    await meeting.yui.fills("手紙を書く")
    await meeting.hana.presses("はじめる")
    await meeting.at(13, 20)
    noted = await meeting.mori.does(Press("conference.meeting", meeting.conference))
    assert noted
    assert noted.body == "いまは「事例の紹介」です（あと10分）。\nメモは、いま1件です。"
    assert [button.label for button in noted.buttons] == [
        "アイデアを書く",
        "質問を書く",
        "あとで話すことを書く",
        "メモを読む",
        "もどる",
    ]
    await meeting.mori.presses("質問を書く")
    await meeting.mori.fills("きょうだいは、どう思っていますか")
    await meeting.mori.presses("質問をもう1つ")
    await meeting.mori.fills("だれが会えていますか")
    await meeting.writes(meeting.ken, "parked", "居場所の予算")
    shown = await meeting.yui.does(Press("conference.notes", meeting.conference))
    assert shown
    assert shown.quote.splitlines()[:2] == ["◆アイデア", "・手紙を書く"]
    assert {*shown.quote.splitlines()[3:5]} == {"・きょうだいは、どう思っていますか", "・だれが会えていますか"}
    assert shown.quote.splitlines()[5:] == ["◆あとで話すこと", "・居場所の予算"]
    kept = repr((await rows(world))["meetingnote"])
    for person in (meeting.yui, meeting.mori, meeting.ken):
        assert await member_id(world, person) not in kept
    assert "手紙を書く".encode() not in world.files()


async def test_what_names_somebody_is_softened_before_it_is_kept(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.writes(meeting.yui, "idea", "山田太郎さんに電話 090-1234-5678 する")
    assert meeting.yui.sees("書きとめました")
    shown = await meeting.yui.does(Press("conference.notes", meeting.conference))
    assert shown
    assert "山田太郎" not in shown.quote
    assert "1234" not in shown.quote


async def test_before_it_begins_and_beyond_the_hundredth_nothing_is_written(world: World) -> None:
    meeting = await held(world)
    early = await meeting.yui.does(Press("conference.write", f"{meeting.conference}.idea"))
    assert early
    assert early.body == "検討会がはじまると、使えるようになります。"
    await meeting.at(13)

    def fill(session: Session) -> None:
        for number in range(MOST):
            meeting_notes.write(session, meeting.conference, "idea", f"案{number}")

    await world.house.database.write(fill)
    await meeting.writes(meeting.yui, "idea", "もう1つ")
    assert meeting.yui.sees("メモがいっぱいになりました")
    assert len((await rows(world))["meetingnote"]) == MOST
    shown = await meeting.yui.does(Press("conference.notes", f"{meeting.conference}.1"))
    assert shown
    assert len(shown.quote) <= 1500


async def test_a_support_meeting_is_only_a_date(world: World) -> None:
    meeting = await held(world, TIMES)

    def become(session: Session) -> None:
        conferences.change(session, meeting.conference, kind="support")

    await world.house.database.write(become)
    await meeting.at(13)
    assert not OURS & {*await labels(meeting, meeting.hana)}
    for action in ("agenda", "meeting", "minutes", "steps", "start_meeting"):
        refused = await meeting.hana.does(Press(f"conference.{action}", meeting.conference))
        assert refused
        assert len(refused.body.splitlines()) == 2
        assert refused.body.startswith("支援会議")
    await meeting.at(16)
    assert not titles(meeting.ken, "記録"), "nothing is written, so nothing is gathered"
    assert MeetingNote.__tablename__ in await rows(world)
    assert (await rows(world))["meetingnote"] == []


async def test_restarted_every_eleven_minutes_each_part_is_told_once(tmp_path: Path) -> None:
    """And whatever was under way when the house stopped is told by the next one."""
    clock, heard, mori = HeldClock(), Counter[str](), ""
    for life in range(9):
        async with open_world(tmp_path, clock=clock) as world:
            if life == 0:
                meeting = await held(world)
                mori = meeting.mori.id
                await meeting.at(13)
                await meeting.hana.presses("はじめる")
            else:
                await world.house.runner.tick()
                await world.later(minutes=6)
                clock.advance(timedelta(minutes=5))  # nobody is there to see it
            told = [post.message.title for post in world.telegram.posts if post.address.channel == mori]
            heard.update(title for title in told if title.startswith("次は"))
    assert heard == Counter(dict.fromkeys((f"次は「{part}」です" for part in LATER), 1))
