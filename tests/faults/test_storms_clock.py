"""F14, F16, F17, F20 in small: clocks, sleeps, a scheduler that dies, poison."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.scheduler import clock
from bot.scheduler.clock import Clock
from tests.faults.storms.clock_jumps import Machine, clock_jumps
from tests.faults.storms.downtime import downtime
from tests.faults.storms.poison import poison
from tests.faults.storms.watchdog import watchdog
from tests.world import START


async def test_a_clock_that_jumps(tmp_path: Path) -> None:
    await clock_jumps(tmp_path, jumps=6, reminders=20)


async def test_a_leap_that_is_believed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "LEAP", clock.LEAP * 1000)
    with pytest.raises(AssertionError):
        await clock_jumps(tmp_path, jumps=6, reminders=20)


def test_a_leap_is_said_and_not_followed() -> None:
    machine = Machine()
    ours = Clock(machine.clock, machine.steady)
    machine.off = -clock.LEAP * 2
    with capture_logs() as lines:
        assert ours() == START
    assert [line["kind"] for line in lines] == ["back"]


async def test_sleeps_over_reminders(tmp_path: Path) -> None:
    await downtime(tmp_path, reminders=20, restarts=6)


async def test_sleeps_over_reminders_and_wakes_with_a_wrong_clock(tmp_path: Path) -> None:
    figures = await downtime(tmp_path, reminders=20, restarts=6, jumps=True)
    assert figures["clock_jumps"] == 2


async def test_a_scheduler_that_dies(tmp_path: Path) -> None:
    await watchdog(tmp_path, tick=0.1, silence=0.5)


async def test_poison_is_parked_within_seconds(tmp_path: Path) -> None:
    await poison(tmp_path, rounds=1)
