"""Over Golden Week, the turn of the year and nights: who is called at which exact time, whatever is restarted."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.events import Press
from bot.store.members import Role
from tests.scenarios.community import WORRY
from tests.scenarios.lives import CALL, Lives, takes_duty, tokyo
from tests.world import Person

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
    assert sorted(lives.told()) == ["11-30 08:30 hana", "11-30 08:30 sato"], "each once, though two days are over"
