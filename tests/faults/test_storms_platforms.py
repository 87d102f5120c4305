"""F5, F6, F7, F19 in small: platforms that ask to wait, are down, or are asked by two; we that are down."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.chat.pausing import LONGEST_PAUSE, seconds_of
from tests.faults.storms.our_side import telegram_without_us
from tests.faults.storms.outage import outage
from tests.faults.storms.rate_storm import rate_storm
from tests.faults.storms.two_pollers import two_pollers
from tests.faults.storms.written import written
from tests.held_time import held
from tests.world import HeldClock


@pytest.mark.parametrize("platform", ["telegram", "slack"])
async def test_a_storm_of_429(tmp_path: Path, platform: str) -> None:
    await rate_storm(platform, tmp_path, seconds=40, chats=6)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("60", 60.0),
        (7, 7.0),
        (" 0 ", 0.0),
        (10**400, LONGEST_PAUSE),
        *((odd, None) for odd in ("soon", "1.5", "-5", "６０", "", True, None)),
    ],
)
def test_what_a_platform_says_of_seconds(said: object, seconds: float | None) -> None:
    assert seconds_of(said) == seconds


def test_the_same_trouble_is_written_once_a_minute(tmp_path: Path) -> None:
    clock = HeldClock()
    with held(clock), written(tmp_path / "log") as log:
        for _ in range(3):
            for _ in range(50):
                structlog.get_logger().warning("doubtful send", platform="slack")
                structlog.get_logger().warning("doubtful send", platform="telegram")
                logging.getLogger("some.library").error("trouble")
            clock.advance(timedelta(minutes=1))
        assert sorted(log.causes().values()) == [3, 3, 3]


@pytest.mark.parametrize(
    ("platform", "mode"),
    [("telegram", "black hole"), ("telegram", "refused"), ("slack", "500"), ("slack", "tls error")],
)
async def test_a_platform_that_is_down(tmp_path: Path, platform: str, mode: str) -> None:
    await outage(platform, tmp_path, mode, letters=12, chats=4, minutes=6)


@pytest.mark.parametrize("hours", [1, 25])
async def test_hours_without_us_on_telegram(tmp_path: Path, hours: int) -> None:
    await telegram_without_us(tmp_path, hours=hours, messages=6)


async def test_two_that_ask_for_the_same_updates(tmp_path: Path) -> None:
    await two_pollers(tmp_path, times=1, messages=2)
