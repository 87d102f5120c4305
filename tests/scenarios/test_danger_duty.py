"""Who is on duty is told without a name, talks on through the relay, and silence goes to the next at exact times."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.chat.events import Command, Press, Submit
from bot.language import details
from bot.language.spans import Kind, Span
from bot.store import held, members
from bot.store.community_models import Duty
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.community import WORRY
from tests.scenarios.danger import SELF, signs
from tests.scenarios.ledger import no_failure, rows
from tests.world import TOKYO, HeldClock, Person, World, open_world, spoken

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")

NOTICE = "当番のあなたを待っている"


async def on_duty(world: World, *people: Person, days: int = 3) -> None:
    today = world.house.clock().astimezone(TOKYO).date()
    await world.house.database.write(lambda session: _take_turns(session, people, today, days))


def _take_turns(session: Session, people: Sequence[Person], today: date, days: int) -> None:
    for person in people:
        member = members.find(session, person.world.event(person, Command("menu")).private)
        assert member
        for number in range(days):
            day = (today + timedelta(days=number)).isoformat()
            session.insert(Duty, day=day, member=member.id, state="on")


async def calls(person: Person, words: str = SELF) -> None:
    await person.commands("worry")
    await person.fills(words)
    await person.presses("自分のこと")
    await person.presses("当番に知らせる")


def notices(person: Person) -> int:
    return sum(NOTICE in letter.body for letter in person.letters)


def told(*people: Person) -> list[int]:
    return [notices(each) for each in people]


async def town(world: World) -> tuple[Person, Person, Person, Person, Person]:
    """hana writes; ken and mori are on duty; sato and abe coordinate."""
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    ken, mori = await world.person("ken", world.slack), await world.person("mori", world.telegram)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await on_duty(world, ken, mori)
    return hana, ken, mori, sato, abe


async def test_one_tap_tells_one_of_those_on_duty_and_nobody_else(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    assert sum(told(ken, mori)) == 1
    assert told(hana, sato, abe) == [0, 0, 0]
    (letter,) = (each for each in (*ken.letters, *mori.letters) if NOTICE in each.body)
    assert SELF not in spoken(letter)
    assert hana.sees("名前を出さずに、当番に知らせました")
    assert world.slack.posts + world.telegram.posts == [
        post for post in world.slack.posts + world.telegram.posts if post.address.channel in (ken.id, mori.id)
    ], "nothing stands in any place"


async def test_silence_goes_to_the_next_and_then_to_every_coordinator_at_exact_times(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)  # 10:00
    first, second = (ken, mori) if notices(ken) else (mori, ken)
    await world.later(minutes=14)
    assert told(first, second, sato, abe) == [1, 0, 0, 0]
    await world.later(minutes=1)
    assert told(first, second, sato, abe) == [1, 1, 0, 0]
    await world.later(minutes=14)
    assert told(first, second, sato, abe) == [1, 1, 0, 0]
    await world.later(minutes=1)
    assert told(first, second, sato, abe) == [1, 1, 1, 1]
    await world.later(days=2)
    assert told(first, second, sato, abe) == [1, 1, 1, 1], "everybody was told once"


async def test_whoever_opens_it_ends_the_calling(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    assert first.sees(SELF)
    await world.later(days=2)
    assert sum(told(ken, mori, sato, abe)) == 1


async def test_the_evening_ends_the_patience_and_the_morning_goes_on_with_it(world: World) -> None:
    hana, ken, mori, sato, _ = await town(world)
    await world.later(hours=7, minutes=50)  # 17:50
    await calls(hana)
    await world.later(hours=14, minutes=44)  # 08:34 on the next working day
    assert sum(told(ken, mori)) == 1
    await world.later(minutes=1)
    assert told(ken, mori, sato) == [1, 1, 0]


async def test_at_night_nobody_is_woken_and_in_the_morning_who_is_on_duty_then_is_told(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await world.later(hours=17)  # 03:00
    await calls(hana)
    assert hana.sees("それまで人の返事はありません")
    await world.later(hours=5, minutes=29)
    assert told(ken, mori) == [0, 0]
    await world.later(minutes=1)
    assert sum(told(ken, mori)) == 1


async def test_over_the_new_year_it_waits_for_the_first_working_morning(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await world.later(days=36, hours=2)  # 30 December, 12:00; nobody has taken a turn, so coordinators are on duty
    await calls(hana)
    assert hana.sees("1月4日(月) 08:30 から")
    await world.later(days=4, hours=20, minutes=29)
    assert sum(told(ken, mori, sato, abe)) == 0
    await world.later(minutes=1)
    assert sum(told(sato, abe)) == 1


async def test_where_nobody_takes_turns_the_coordinators_are_called(world: World) -> None:
    await world.group(world.slack, "広場")
    hana, sato = await world.person("hana", world.slack), await world.person("sato", world.slack, Role.COORDINATOR)
    await calls(hana)
    assert notices(sato) == 1
    await sato.presses("ひらく")
    assert sato.sees(SELF)


async def test_they_talk_for_as_long_as_they_like_and_neither_sees_a_name(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("読みました。いま、おひとりですか。")
    assert hana.sees("お知らせがひとつ")
    await hana.presses("ひらく")
    assert hana.sees("いま、おひとりですか。")
    await hana.presses("返事を書く")
    await hana.fills("家族がいます。")
    await world.later(days=2)  # their turn is over, the talk is not
    await first.presses("ひらく")
    assert first.sees("家族がいます。")
    await first.presses("返事を書く")
    await first.fills("よかったです。またいつでも。")
    assert len([letter for letter in hana.letters if "お知らせ" in letter.body]) == 2
    assert not [post for post in world.slack.posts if post.address.channel == "slack-group-広場"]


async def test_the_number_of_a_line_is_not_taken_for_somebodys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is on duty must be able to say where to call; any other number is softened."""
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    monkeypatch.setattr(details, "find", _every_phone)
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("０１２０－２７９－３３８ か 090-1234-5678 へ")
    await hana.presses("ひらく")
    assert hana.sees("０１２０－２７９－３３８ か ")
    assert not hana.sees("090-1234-5678")


def _every_phone(words: str) -> tuple[Span, ...]:
    return tuple(Span(found.start(), found.end(), Kind.PHONE) for found in re.finditer("[0-9０-９－-]{12,13}", words))


async def test_afterwards_its_author_brings_it_to_the_others_or_closes_it(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    assert hana.sees("もう知らせてあります")
    assert "みなさんにも届ける" not in hana.buttons
    first = ken if notices(ken) else mori
    await first.presses("ひらく")
    await first.presses("返事を書く")
    await first.fills("読みました。")
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    await hana.presses("みなさんにも届ける")
    assert not [post for post in world.slack.posts if SELF in post.message.quote]
    await hana.presses("この内容で届ける")
    assert [post.message.quote for post in world.slack.posts if post.address.channel == "slack-group-広場"] == [SELF]


async def test_its_author_closes_it_and_nobody_is_called_any_more(world: World) -> None:
    hana, ken, mori, sato, abe = await town(world)
    await calls(hana)
    await hana.does(Press("worry.mine"))
    await hana.presses(hana.buttons[-1])
    await hana.presses("ここまでにする")
    await hana.presses("はい、閉じます")
    first = ken if notices(ken) else mori
    with no_failure():
        gone = await first.presses("ひらく")
    assert gone and SELF not in spoken(gone)
    await world.later(days=1)
    assert sum(told(ken, mori, sato, abe)) <= 1
    assert SELF.encode() not in world.files()


async def test_only_who_is_on_duty_opens_it_whatever_button_they_make(world: World) -> None:
    hana, *_ = await town(world)
    yoko = await world.person("yoko", world.slack)
    await calls(hana)
    (left,) = [row[0] for row in (await rows(world))["worry"]]
    for action in ("danger.open", "danger.answer", "danger.publish", "worry.reply", "worry.thread", "worry.closed"):
        with no_failure():
            answer = await yoko.does(Press(action, str(left)))
        assert answer and SELF not in spoken(answer)
        assert yoko.form is None
    await on_duty(world, yoko)
    assert await yoko.does(Press("danger.open", str(left)))
    assert yoko.sees(SELF)


async def test_a_form_is_refused_whose_writer_may_no_longer_open_it(world: World) -> None:
    hana, _, _, sato, _ = await town(world)
    await calls(hana)
    (left,) = [str(row[0]) for row in (await rows(world))["worry"]]
    await sato.does(Press("danger.answer", left))
    form, sato.form = sato.form, None
    assert form
    await sato.does(Press("coordinating.stepped_down"))
    with no_failure():
        answer = await sato.does(Submit(form.name, {"text": "読みました。"}, form.argument))
    assert answer
    assert "ここでは見られません" in answer.body
    assert (await rows(world))["answer"] == []


async def test_a_second_tap_calls_nobody_twice(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await calls(hana)
    with no_failure():
        answer = await hana.does(Press("danger.tell"))
    assert answer and "もう知らせてあります" in answer.body
    assert sum(told(ken, mori)) == 1


async def test_no_row_and_no_letter_says_who_called(world: World) -> None:
    """The same rows, but for random ids and sealed values, whoever it was."""
    hana, *_ = await town(world)
    address = world.event(hana, Command("menu")).private
    member = await world.house.database.read(lambda session: members.find(session, address))
    before = await rows(world)
    await calls(hana)
    after = await rows(world)
    assert member
    tables = ("worry", "review", "occurrence", "outbox")
    new = [row for name in tables for row in after[name] if row not in before[name]]
    assert len(new) >= 4
    assert member.id not in repr(new)
    assert hana.id not in repr(new)
    assert SELF not in repr(new)


@pytest.mark.parametrize("minutes", [0, 1, 14, 15, 29, 30])
async def test_a_restart_at_any_moment_changes_nothing(tmp_path: Path, minutes: int) -> None:
    """At 0 right after the tap, at 15 and 30 at the very moment somebody is told."""
    clock = HeldClock()
    async with open_world(tmp_path, clock=clock) as world:
        people = [each.id for each in await town(world)]
        await calls(world.people[0])
        await world.later(minutes=minutes)
        before = [notices(each) for each in world.people]
    async with open_world(tmp_path, clock=clock) as world:
        world.people = [_again(world, name) for name in people]
        await world.house._catch_up()
        assert [notices(each) for each in world.people] == [0] * 5, "nothing is told twice"
        await world.later(minutes=30 - minutes)
        total = [one + other for one, other in zip(before, map(notices, world.people), strict=True)]
    assert total == [0, 1, 1, 1, 1]


def _again(world: World, name: str) -> Person:
    return Person(world, world.slack if name.startswith("slack") else world.telegram, name)


async def test_a_house_that_was_away_tells_the_next_when_it_is_back(tmp_path: Path) -> None:
    clock = HeldClock()
    async with open_world(tmp_path, clock=clock) as world:
        people = [each.id for each in await town(world)]
        await calls(world.people[0])
        before = [notices(each) for each in world.people]
    clock.advance(timedelta(hours=2))
    async with open_world(tmp_path, clock=clock) as world:
        world.people = [_again(world, name) for name in people]
        await world.house._catch_up()
        total = [one + other for one, other in zip(before, map(notices, world.people), strict=True)]
        assert total == [0, 1, 1, 0, 0], "and each still has a quarter of an hour"
        await world.later(minutes=15)
        assert [notices(each) for each in world.people[3:]] == [1, 1]


async def test_a_coordinator_sees_that_it_waits_and_not_whose_it_is(world: World) -> None:
    hana, *_ = await town(world)
    await calls(hana)
    (left,) = [str(row[0]) for row in (await rows(world))["worry"]]
    assert await world.house.database.read(lambda session: held.waits(session, left))
    assert (await world.house.database.read(lambda session: held.find(session, left))).text == SELF


async def test_an_ordinary_worry_is_not_held(world: World) -> None:
    hana, ken, mori, _, _ = await town(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    assert (await rows(world))["review"] == []
    assert sum(told(ken, mori)) == 0
