"""Never ignored (story 3): a day of working time, then who is on duty; two, then the coordinators; never at night."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.chat.events import Press
from bot.store import month_counts
from bot.store.members import Role
from bot.store.models import Worry
from bot.store.session import Session
from tests.scenarios.community import WORRY
from tests.scenarios.lives import Lives, tokyo
from tests.world import Person, World

CALL = "返信を待っている悩みがあります"
NOTICE = "お知らせがひとつ届いています。"

GOLDEN_WEEK = [
    "05-07 08:30 ken",  # he took this day, and is reminded of it
    "05-07 15:00 hana",
    "05-07 15:00 ken",
    "05-08 08:30 hana",  # その後どうですか, seven days later
    "05-08 15:00 hana",
    "05-08 15:00 sato",
]
"""Shared on Friday 1 May 2026 at 15:00; from the 2nd to the 6th nobody works."""


async def golden_week(lives: Lives) -> None:
    """hana shares, ken is on duty on the first working day after the holidays, mori does nothing, sato coordinates."""
    async with lives.life() as world:
        hana, ken = await lives.person(world, "hana", "telegram"), await lives.person(world, "ken", "slack")
        await lives.person(world, "mori", "telegram")
        await lives.person(world, "sato", "slack", Role.COORDINATOR)
        await takes_duty(ken, "5月7日(木)")
        await lives.shared(world, hana)


async def takes_duty(person: Person, day: str) -> None:
    await person.commands("menu")
    await person.presses("当番")
    if "当番に加わる" in person.buttons[-12:]:
        await person.presses("当番に加わる")
    await person.presses(f"{day} を引き受ける")


async def test_over_golden_week_each_is_called_at_its_exact_time(tmp_path: Path) -> None:
    lives = Lives(tmp_path, "2026-05-01 15:00")
    await golden_week(lives)
    async with lives.life() as world:
        await lives.go_to(world, "2026-05-12 00:00")
    assert sorted(lives.told()) == GOLDEN_WEEK
    said = {(when, name): message for when, name, message in lives.heard}
    assert CALL in said["05-07 15:00", "ken"].body
    assert CALL in said["05-08 15:00", "sato"].body
    assert said["05-07 15:00", "hana"].body == said["05-08 15:00", "hana"].body == NOTICE
    assert all(WORRY[:5] not in f"{message}" for _, _, message in lives.heard), "notices carry no content"


@pytest.mark.parametrize("moment", ["2026-05-07 08:30", "2026-05-07 15:00", "2026-05-08 15:00"])
@pytest.mark.parametrize("seconds", [-1, 0, 1])
async def test_a_restart_at_any_of_them_changes_nothing(tmp_path: Path, moment: str, seconds: int) -> None:
    lives = Lives(tmp_path, "2026-05-01 15:00")
    await golden_week(lives)
    stops = f"{tokyo(moment) + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"
    async with lives.life() as world:
        await lives.go_to(world, stops)
    async with lives.life() as world:
        await lives.go_to(world, "2026-05-12 00:00")
    assert sorted(lives.told()) == GOLDEN_WEEK


@pytest.mark.parametrize("moment", ["2026-05-07 15:00", "2026-05-08 15:00"])
async def test_a_house_that_is_opened_at_the_very_moment_calls_then(tmp_path: Path, moment: str) -> None:
    """Nothing of it happened before: the first tick of the new house is the one that calls."""
    lives = Lives(tmp_path, "2026-05-01 15:00")
    await golden_week(lives)
    async with lives.life() as world:
        await lives.go_to(world, f"{tokyo(moment) - timedelta(minutes=1):%Y-%m-%d %H:%M}")
    lives.sleep_until(moment)
    for _ in range(3):
        async with lives.life() as world:
            await world.later(seconds=0)
    async with lives.life() as world:
        await lives.go_to(world, "2026-05-12 00:00")
    assert sorted(lives.told()) == GOLDEN_WEEK


@pytest.mark.parametrize(
    ("shared", "called"),
    [
        pytest.param("2026-11-24 10:00", ["11-25 10:00 ken", "11-26 10:00 sato"], id="an ordinary week"),
        pytest.param("2026-12-28 17:00", ["01-04 17:00 ken", "01-05 17:00 sato"], id="over the turn of the year"),
        pytest.param("2026-11-26 22:00", ["11-30 08:30 ken", "12-01 08:30 sato"], id="late at night"),
        pytest.param("2026-11-28 12:00", ["12-01 08:30 ken", "12-02 08:30 sato"], id="on a Saturday"),
        pytest.param("2026-09-18 09:00", ["09-24 09:00 ken", "09-25 09:00 sato"], id="five days of rest in September"),
    ],
)
async def test_who_is_called_when(tmp_path: Path, shared: str, called: list[str]) -> None:
    lives = Lives(tmp_path, shared)
    async with lives.life() as world:
        hana, ken = await lives.person(world, "hana", "slack"), await lives.person(world, "ken", "telegram")
        await lives.person(world, "sato", "slack", Role.COORDINATOR)
        await every_day(ken)
        await lives.shared(world, hana)
        await world.house.advance(timedelta(days=14))
    calls = [f"{when} {name}" for when, name, message in lives.heard if CALL in message.body]
    assert calls == called


async def every_day(person: Person) -> None:
    await person.does(Press("duty.volunteer"))
    while days := [button for button in person.screen[-1].buttons if button.action == "duty.take"]:
        await person.does(Press("duty.take", days[0].argument))


@pytest.fixture(params=["America/New_York", "Pacific/Kiritimati"])
def server_elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("server_elsewhere")
async def test_the_server_may_stand_anywhere(tmp_path: Path) -> None:
    lives = Lives(tmp_path, "2026-05-01 15:00")
    await golden_week(lives)
    async with lives.life() as world:
        await lives.go_to(world, "2026-05-12 00:00")
    assert sorted(lives.told()) == GOLDEN_WEEK


async def test_a_house_that_comes_back_at_night_calls_in_the_morning(tmp_path: Path) -> None:
    lives = Lives(tmp_path, "2026-11-24 10:00")
    async with lives.life() as world:
        hana = await lives.person(world, "hana", "telegram")
        await lives.person(world, "sato", "slack", Role.COORDINATOR)
        await lives.shared(world, hana)
    lives.sleep_until("2026-11-28 03:00")
    async with lives.life() as world:
        await world.later(seconds=0)
        await lives.go_to(world, "2026-11-30 12:00")
    assert set(lives.told()) == {"11-30 08:30 hana", "11-30 08:30 sato"}


async def stage(world: World) -> tuple[Person, Person, Person, str]:
    """hana's worry of Tuesday at ten; ken is on duty on Wednesday and Thursday, sato coordinates."""
    await world.group(world.slack, "広場")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    for day in ("11月25日(水)", "11月26日(木)"):
        await takes_duty(ken, day)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    worry = next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument
    return hana, ken, sato, worry


def calls(person: Person) -> int:
    return sum(CALL in message.body for message in person.letters)


async def counted(world: World) -> dict[str, int]:
    months = await world.house.database.read(month_counts.every)
    return dict(months["2026-11"])


async def test_who_is_on_duty_opens_it_and_answers_and_nobody_else_is_called(world: World) -> None:
    hana, ken, sato, _ = await stage(world)
    await world.later(hours=24)
    assert (calls(ken), calls(sato)) == (1, 0)
    await ken.presses("ひらく")
    assert ken.hand[-1].quote == WORRY
    await ken.presses("返信する")
    await ken.fills("まず、お手紙からはいかがでしょう。")
    await hana.presses("ひらく")
    assert hana.sees("お手紙から")
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (1, 0)
    assert await counted(world) == {"shared": 1, "answered": 1}


async def test_the_author_sees_who_was_called_and_nobody_else_does(world: World) -> None:
    hana, ken, _, worry = await stage(world)
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert hana.hand[-1].body == "まだ返信がありません。当番に声をかけました。"
    assert hana.hand[-1].quote == WORRY
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert hana.hand[-1].body == "まだ返信がありません。調整役に声をかけました。"
    refused = await ken.does(Press("unanswered.status", f"{worry}.duty"))
    assert refused
    assert "ここでは見られません" in refused.body
    hana.place = "slack-group-広場"
    aside = await hana.does(Press("unanswered.status", f"{worry}.duty"))
    assert aside
    assert not aside.quote


async def test_an_answer_in_time_calls_nobody(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await world.later(hours=23, minutes=59)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("読みました。")
    told = len(hana.letters)
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (0, 0)
    assert len(hana.letters) == told
    assert await counted(world) == {"shared": 1, "answered": 1, "answered_in_time": 1}


async def test_the_answer_that_comes_late_shows_instead_of_the_old_news(world: World) -> None:
    hana, ken, _, worry = await stage(world)
    await world.later(hours=24)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("読みました。")
    news = next(message for message in hana.letters if message.buttons[0].action == "unanswered.status")
    shown = await hana.does(Press(news.buttons[0].action, news.buttons[0].argument))
    assert shown
    assert shown.body == "返信が1件あります。"


async def test_what_its_author_adds_is_no_answer(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await hana.does(Press("worry.reply", worry))
    await hana.fills("書き忘れたことがあります。")
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (1, 1)
    assert await counted(world) == {"shared": 1}


async def test_a_closed_worry_calls_nobody(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await hana.does(Press("worry.closed", worry))
    await world.later(days=40)
    assert (calls(ken), calls(sato)) == (0, 0)
    assert not [letter for letter in hana.letters if letter.body == NOTICE]
    assert await counted(world) == {"shared": 1, "closed": 1}


async def test_a_hidden_worry_waits_and_goes_on_when_it_is_seen_again(world: World) -> None:
    _, ken, sato, worry = await stage(world)
    await becomes(world, worry, "hidden")
    await world.later(hours=60)
    assert (calls(ken), calls(sato)) == (0, 0)
    await becomes(world, worry, "open")
    await world.later(days=3)
    assert calls(sato) == 2, "nobody took the days after, so that both calls are theirs"


async def becomes(world: World, worry: str, state: str) -> None:
    def change(session: Session) -> None:
        session.run(update(Worry).where(col(Worry.id) == worry).values(state=state))

    await world.house.database.write(change)


async def test_a_day_nobody_took_falls_to_the_coordinators(world: World) -> None:
    await world.group(world.slack, "広場")
    hana, sato = await world.person("hana", world.slack), await world.person("sato", world.telegram, Role.COORDINATOR)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    await world.later(hours=24)
    assert calls(sato) == 1
    await hana.presses("ひらく")
    assert "調整役に声をかけました" in hana.hand[-1].body


async def test_where_nobody_can_be_called_the_author_is_told_so(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert "声をかけられる当番も調整役もいません" in hana.hand[-1].body


async def test_an_author_on_duty_is_called_like_the_others(world: World) -> None:
    """Who is left out of a call would be known by it."""
    hana, ken, _, _ = await stage(world)
    await takes_duty(hana, "11月25日(水)")
    await world.later(hours=24)
    assert (calls(hana), calls(ken)) == (1, 1)


async def test_whoever_takes_no_turns_does_not_open_it(world: World) -> None:
    _, _, _, worry = await stage(world)
    mori = await world.person("mori", world.telegram)
    refused = await mori.does(Press("unanswered.open", worry))
    assert refused
    assert not refused.quote
    assert "当番の方か調整役" in refused.body
