"""定例: begun in one line or from a conference, confirmed in one press, left out in one press, and never silent."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.chat.events import Press
from bot.store import conferences, series
from bot.store.conference_models import Participant
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.series import PublicSeries
from tests.scenarios.conferences import THEME, answers, card, decides, further, proposed
from tests.world import TOKYO, FakePlatform, Person, World, open_world


async def begun(world: World, times: str, platform: FakePlatform | None = None) -> Person:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", platform or world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, times)
    return sato


async def go_to(world: World, month: int, day: int, hour: int = 9, year: int = 2026) -> None:
    await world.house.advance(datetime(year, month, day, hour, tzinfo=TOKYO) - world.house.clock())
    world.check_privacy()


async def the_series(world: World) -> PublicSeries:
    (found,) = await world.house.database.read(series.running)
    return found


async def ahead(world: World) -> list[PublicConference]:
    return await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))


def questions(person: Person) -> list[str]:
    return [letter.title for letter in person.letters if letter.title.startswith("次の定例は")]


@pytest.mark.parametrize("platform", ["slack", "telegram"])
async def test_one_line_begins_a_series_and_each_date_is_confirmed_in_one_press(world: World, platform: str) -> None:
    sato = await begun(world, "毎月第3木曜14時", getattr(world, platform))
    made = sato.hand[-1]
    assert made.title == "毎月第3木曜 14:00"
    assert made.body.splitlines() == ["12月17日(木) 14:00", "1月21日(木) 14:00", "2月18日(木) 14:00"]
    assert await ahead(world) == [], "no poll, and nothing stands yet"
    await go_to(world, 12, 3, 13)
    assert questions(sato) == []
    await go_to(world, 12, 3, 15)
    assert questions(sato) == ["次の定例は 12月17日(木) 14:00 でよいですか"]
    await sato.presses("12月17日(木)に決める")
    (fixed,) = await ahead(world)
    assert fixed.chosen
    assert fixed.chosen.starts_at == datetime(2026, 12, 17, 14, tzinfo=TOKYO)
    assert fixed.series == (await the_series(world)).id
    assert fixed.required == ("chair", "presenter")
    assert card(world.slack).title == "事例検討会の日が決まりました", "it stands in the places"
    await go_to(world, 1, 8, year=2027)
    assert len(questions(sato)) == 2, "and the next date is asked about in its turn"


async def test_who_came_is_told_and_answers_in_one_press(world: World) -> None:
    sato, first = await proposed(world, "12/3 14:00\n12/4 10:00")
    hana = await answers(world, "hana", world.telegram, first, "◯ 行けます", "✕ 行けません")
    ken = await answers(world, "ken", world.slack, first, "no", "yes")
    await decides(sato, "12月3日(木) 14:00")
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    await further(sato, "定例にする")
    assert sato.sees("毎週木曜 14:00")
    await sato.presses("毎月第1木曜 14:00")
    assert "1月7日(木)" in sato.hand[-1].body
    again = await sato.does(Press("series.begin", f"{first}.week"))
    assert again
    assert again.body == "この検討会は、もう定例の回です。"
    await go_to(world, 12, 24, 15)
    await sato.presses("1月7日(木)に決める")
    assert [button.label for button in hana.letters[-1].buttons] == ["行けます", "今回は休みます"]
    assert not [letter for letter in ken.letters if letter.buttons], "who could not come is not told"
    (second,) = await ahead(world)
    await hana.presses("今回は休みます")
    assert hana.sees("わかりました。教えてくださって、ありがとうございます。")
    assert await coming(world, second) == {"absent": 1}
    await hana.commands("conference")
    await hana.presses("1番をひらく")
    await hana.does(Press("conference.coming", second.id))
    assert await coming(world, second) == {"coming": 1}
    await ken.does(Press("conference.coming", second.id))
    assert await coming(world, second) == {"coming": 2}, "it is open to everyone"


async def coming(world: World, found: PublicConference) -> dict[str, int]:
    rows = await world.house.database.read(
        lambda session: session.rows(select(col(Participant.state)).where(col(Participant.conference) == found.id))
    )
    return dict(Counter(row.state for row in rows))


async def test_unanswered_it_is_asked_twice_then_left_out_and_told(world: World) -> None:
    sato = await begun(world, "毎月第3木曜14時")
    await go_to(world, 12, 16)
    titles = questions(sato)
    assert len(titles) == 2
    assert "もう一度だけ" in [letter for letter in sato.letters if letter.title][1].note
    assert sato.letters[-1].body.startswith("お返事がなかったので、12月17日(木) 14:00 の定例はお休みにしました")
    assert await ahead(world) == []
    await sato.presses("12月17日(木)に決める")
    assert len(await ahead(world)) == 1, "it can be held all the same"
    await go_to(world, 1, 7, 15, 2027)
    assert len(questions(sato)) == 3, "and the series went on"


async def test_this_time_there_is_none_and_who_came_hears_it(world: World) -> None:
    sato, first = await proposed(world, "12/3 14:00\n12/4 10:00")
    hana = await answers(world, "hana", world.telegram, first, "◯ 行けます", "✕ 行けません")
    await decides(sato, "12月3日(木) 14:00")
    await sato.does(Press("series.begin", f"{first}.nth"))
    await sato.presses("ほかの回を休みにする")
    await sato.presses("1月7日(木)")
    assert hana.letters[-1].body.endswith("1月7日(木) 14:00 の定例はお休みです。")
    assert "2月4日(木)" in hana.letters[-1].note
    assert "1月7日(木) 14:00は休み" in sato.hand[-1].body
    told = len(hana.letters)
    await go_to(world, 1, 21, 15, 2027)
    since = [letter.title for letter in hana.letters[told:]]
    assert len(questions(sato)) == 1
    assert "2月4日(木)" in questions(sato)[0]
    assert since == ["引き受けてくださる方はいませんか", "事例検討会が近づきました", "はじまりました"], "of the first"


async def test_another_date_is_fixed_at_once_and_several_are_asked_for(world: World) -> None:
    sato = await begun(world, "毎週木曜14時")
    assert "この日でよいか" in sato.hand[-1].note, "the first date is near: it is asked about at once"
    await sato.presses("別の日にする")
    await sato.fills("11/30 10:00")
    (fixed,) = await ahead(world)
    assert fixed.chosen
    assert fixed.chosen.starts_at == datetime(2026, 11, 30, 10, tzinfo=TOKYO)
    again = await sato.does(Press("series.hold", f"{fixed.series}.20261126"))
    assert again
    assert again.body == "この回は、もう決まっています。"
    await world.later(hours=1)
    sato.hand.clear()
    assert questions(sato) == ["次の定例は 12月3日(木) 14:00 でよいですか"]
    await sato.presses("別の日にする")
    await sato.fills("12/2 10:00\n12/4 10:00")
    assert sato.hand[-1].body.startswith("候補日を出しました")
    assert [found.state for found in await ahead(world)] == ["decided", "open"]


async def test_a_series_says_what_it_leaves_out_and_where_it_can_begin(world: World) -> None:
    sato = await begun(world, "毎月31日 10時")
    assert sato.hand[-1].title == "毎月31日 10:00"
    lines = sato.hand[-1].body.splitlines()
    assert [line for line in lines if "12月31日(木)" in line and line.endswith("祝日・年末年始のため休み")]
    assert sato.hand[-1].note.endswith("31日がない月はお休みです。")
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, "隔週木曜 14:00-15:30")
    assert sato.hand[-1].title == "隔週木曜 14:00"
    assert sato.hand[-1].body.startswith("11月26日(木) 14:00\n12月10日(木)")
    await sato.presses("1週ずらす")
    assert sato.hand[-1].body.startswith("12月3日(木) 14:00\n12月17日(木)")
    assert [each.minutes for each in await world.house.database.read(series.running)] == [90, 90]
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, "毎週火曜10時、毎月第3木曜14時")
    assert sato.sees("定例は1つずつ")
    assert len(await world.house.database.read(series.running)) == 2
    await sato.commands("conference")
    await sato.presses("定例")
    assert sato.hand[-1].quote.splitlines() == [f"1. 隔週木曜 14:00　{THEME}", f"2. 毎月31日 10:00　{THEME}"]


async def test_the_end_is_asked_once_and_told(world: World) -> None:
    sato, first = await proposed(world, "12/3 14:00\n12/4 10:00")
    hana = await answers(world, "hana", world.telegram, first, "◯ 行けます", "✕ 行けません")
    await decides(sato, "12月3日(木) 14:00")
    await sato.does(Press("series.begin", f"{first}.nth"))
    await sato.presses("定例をやめる")
    assert not any("終わりました" in letter.body for letter in hana.letters)
    await sato.presses("やめる")
    assert hana.letters[-1].body == "「毎月第1木曜 14:00」の定例は終わりました。決まっている回はそのままです。"
    assert len(await ahead(world)) == 1
    await world.later(days=60)
    assert questions(sato) == []


async def test_whoever_coordinates_then_is_asked(world: World) -> None:
    sato = await begun(world, "毎月第3木曜14時")
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await sato.does(Press("mydata.erased", "anyway"))
    await go_to(world, 12, 3, 15)
    assert questions(abe) == ["次の定例は 12月17日(木) 14:00 でよいですか"]
    assert questions(sato) == []


async def test_a_restart_and_a_house_that_slept_ask_late_and_once(world: World) -> None:
    sato = await begun(world, "毎月第3木曜14時")
    world.house.clock.advance(datetime(2026, 12, 15, 12, tzinfo=TOKYO) - world.house.clock())
    async with open_world(world.folder, clock=world.house.clock) as other:
        other.house.adapters.update({"slack": world.slack, "telegram": world.telegram})
        for house in (world.house, other.house, world.house):
            await house.runner.tick()
            await house.settled()
    assert len(questions(sato)) == 1, "two replicas ask once"
    await world.later(days=1)
    assert len(questions(sato)) == 1, "and there is no second question within a day"
    assert sato.letters[-1].body.startswith("お返事がなかったので")
    world.house.clock.advance(timedelta(days=300))
    await world.house.runner.tick()
    await world.house.settled()
    assert date(2027, 10, 21) not in (await the_series(world)).exceptions, "what lies ahead is still to be answered"
    await world.later(days=20)
    assert len(questions(sato)) >= 2, "the series went on after a year of silence"
