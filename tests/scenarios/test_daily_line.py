"""今日の一行: on working days at the chosen time, nothing twice before all were seen, and never a burst."""

from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col

from bot.chat.events import Press
from bot.knowledge.frame import frame_entries
from bot.knowledge.points import FRAME
from bot.language.workdays import is_workday
from bot.store import daily_lines, members
from bot.store.models import Member
from bot.store.rules import Rules
from bot.store.session import Session
from tests.scenarios.ledger import counts
from tests.world import TOKYO, HeldClock, Person, World, open_world

TODAY = "今日の一行　"
ALL = len(frame_entries("ja"))


def lines(person: Person) -> list[str]:
    """The titles of the entries that came, the oldest first."""
    return [each.title.removeprefix(TODAY) for each in person.letters if each.title.startswith(TODAY)]


def moments(person: Person) -> list[datetime]:
    return [
        post.at.astimezone(TOKYO)
        for post in person.platform.posts
        if post.address.channel == person.id and post.message.title.startswith(TODAY)
    ]


async def asks(person: Person, at: str = "08:30") -> None:
    await person.commands("line")
    await person.presses(f"{at} に届ける")


async def wakes_at(world: World, day: int, hour: int, minute: int = 0) -> None:
    """The house was down and comes back at this moment of November 2026."""
    world.house.clock.advance(datetime(2026, 11, day, hour, minute, tzinfo=TOKYO) - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()


def test_all_there_is_are_the_twenty_of_the_frame_and_the_cards() -> None:
    assert {*FRAME} < set(frame_entries("ja"))
    assert {entry.kind for entry in frame_entries("ja").values()} == {"value", "posture", "caution", "item", "card"}
    assert set(frame_entries("ja")) == set(frame_entries("en"))


async def test_as_many_working_days_as_there_are_entries_bring_each_of_them_once(tmp_path: Path) -> None:
    """With a restart on the way, on two platforms, each in an order of their own."""
    clock = HeldClock()
    seen: dict[str, list[str]] = {"hana": [], "ken": []}
    came: list[datetime] = []
    async with open_world(tmp_path, clock=clock) as world:
        people = {"hana": await world.person("hana", world.telegram), "ken": await world.person("ken", world.slack)}
        for person in people.values():
            await asks(person)
        await world.later(days=16)
        for name, person in people.items():
            seen[name] += lines(person)
            came += moments(person)
    assert 0 < len(seen["hana"]) < ALL
    async with open_world(tmp_path, clock=clock) as world:
        people = {"hana": Person(world, world.telegram, "telegram-user-hana"),
                  "ken": Person(world, world.slack, "slack-user-ken")}  # fmt: skip
        while len(seen["hana"]) + len(lines(people["hana"])) < ALL:
            await world.later(days=1)
        for name, person in people.items():
            seen[name] += lines(person)
            came += moments(person)
        titles = sorted(entry.title for entry in frame_entries("ja").values())
        assert sorted(seen["hana"]) == sorted(seen["ken"]) == titles
        assert seen["hana"] != seen["ken"]
        assert all(is_workday(each.date()) and each.time() == time(8, 30) for each in came)
        assert set(Counter(came).values()) == {2}, "one a day for each"
        await world.later(days=7)
        assert lines(people["hana"])[-1] in seen["hana"], "then it begins anew"


async def test_a_house_that_was_down_sends_one_and_none_at_night(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana)
    await wakes_at(world, 27, 23)
    assert lines(hana) == [], "not at night, however many were missed"
    await wakes_at(world, 30, 10)
    assert len(lines(hana)) == 1, "late, and one"
    await wakes_at(world, 30, 18)
    assert len(lines(hana)) == 1


async def test_a_platform_that_is_away_until_night_gets_none_that_day(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana, "17:30")
    world.telegram.broken = [ConnectionError() for _ in range(50)]
    await world.house.advance(timedelta(hours=10))
    world.telegram.broken = []
    await world.later(hours=5)
    assert lines(hana) == []
    await world.later(days=1)
    assert len(lines(hana)) == 1


async def test_a_clock_that_is_set_back_neither_repeats_nor_silences(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana)
    clock = world.house.clock
    assert isinstance(clock, HeldClock)
    right = clock()
    await world.later(days=8)
    before = len(lines(hana))
    assert before == 6
    clock.moment, clock._stepped_back = right, True
    await world.house.runner.tick()
    await world.later(days=20)
    came = lines(hana)
    assert len(set(came)) == len(came), "nothing came twice"
    days = Counter(each.date() for each in moments(hana))
    assert set(days.values()) == {1}
    assert len(days) == 14, "no working day was left out"


async def test_ticks_of_several_processes_send_one(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana)
    async with open_world(world.folder, clock=world.house.clock) as other:
        now = datetime(2026, 11, 25, 8, 30, tzinfo=TOKYO)
        world.house.clock.advance(now - world.house.clock())
        for house in (world.house, other.house, world.house):
            await house.run_due(now)
        await world.house.settled()
    assert len(lines(hana)) == 1


async def test_another_zone_moves_the_time_of_day_with_it(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana)
    for zone, hours in (("Asia/Taipei", 1), ("Pacific/Guam", 0)):
        world.house.rules = Rules(zone=ZoneInfo(zone))
        before = len(lines(hana))
        await world.later(days=7)
        assert len(lines(hana)) - before == 5
        last = moments(hana)[-1].astimezone(ZoneInfo(zone))
        assert last.time() == time(8, 30), hours


async def test_another_time_keeps_what_was_seen_and_sends_no_second_one_that_day(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana, "12:00")
    await world.later(hours=3)
    assert len(lines(hana)) == 1
    said = await hana.does(Press("line.at", "17:30"))
    assert said and "17:30" in said.body and "11月25日(水) 17:30" in said.body, "today's has come already"
    await world.later(hours=8)
    assert len(lines(hana)) == 1
    await world.later(days=1)
    assert len(set(lines(hana))) == 2
    assert {each.time() for each in moments(hana)[1:]} == {time(17, 30)}


async def test_a_rotten_row_keeps_nobody_elses_line(world: World) -> None:
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    for person in (hana, ken):
        await asks(person)

    def rot(session: Session) -> None:
        person = world.event(hana, Press("line.show")).private
        member = members.find(session, person)
        assert member
        session.run(update(Member).where(col(Member.id) == member.id).values(address=b"rotten" * 20))

    await world.house.database.write(rot)
    await world.later(days=2)
    assert len(lines(ken)) == 2 and not lines(hana)


async def test_one_press_stops_it_and_leaves_nothing(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana, "12:00")
    await world.later(hours=3)
    await hana.presses("今日の一行をやめる")
    assert (await counts(world))["dailyline"] == 0
    await world.later(days=7)
    assert len(lines(hana)) == 1


async def test_it_opens_the_entry_and_says_where_it_comes_from(world: World) -> None:
    ken = await world.person("ken", world.slack)
    await asks(ken, "12:00")
    await world.later(hours=3)
    card = ken.letters[-1]
    assert "厚生労働省の文章ではありません" in card.note
    opened = await ken.presses("くわしく")
    assert opened and opened.title.endswith(lines(ken)[0])


async def test_it_is_in_the_copy_and_leaves_with_the_member(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await asks(hana)
    kept = await hana.commands("mydata")
    assert kept and "今日の一行：08:30" in kept.body
    copied = await hana.does(Press("mydata.export"))
    assert copied and "08:30" in copied.quote
    await hana.does(Press("mydata.erased"))
    assert (await counts(world))["dailyline"] == 0
    await world.later(days=3)
    assert lines(hana) == []


async def test_a_time_that_is_not_offered_is_refused(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    for at in ("03:00", "", "soon"):
        await hana.does(Press("line.at", at))
    assert (await counts(world))["dailyline"] == 0


def test_once_all_were_seen_the_last_does_not_come_first() -> None:
    for _ in range(50):
        chosen, seen = daily_lines.choose(("a", "b", "c"), ("a", "b", "c"))
        assert chosen in "ab"
        assert seen == (chosen,)
    assert daily_lines.choose(("gone", "a"), ("a", "b")) == ("b", ("a", "b")), (
        "what is there no more counts for nothing"
    )
    assert daily_lines.choose(("a",), ("a",)) == ("a", ("a",))
