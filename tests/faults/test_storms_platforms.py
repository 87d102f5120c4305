"""F5, F6, F7, F19 in small: platforms that ask to wait, are down, or are asked by two; we that are down."""

from pathlib import Path

import pytest

from tests.faults.storms.our_side import telegram_without_us
from tests.faults.storms.outage import outage
from tests.faults.storms.rate_storm import rate_storm
from tests.faults.storms.two_pollers import two_pollers


@pytest.mark.parametrize("platform", ["telegram", "slack"])
async def test_a_storm_of_429(tmp_path: Path, platform: str) -> None:
    await rate_storm(platform, tmp_path, seconds=40, chats=6)


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
