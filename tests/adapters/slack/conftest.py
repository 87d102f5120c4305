"""A Slack on the loopback, and the house in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.server import FakeSlack, open_slack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with open_slack("socket") as opened:
        yield opened


@pytest.fixture
async def town(tmp_path: Path, slack: FakeSlack) -> AsyncIterator[SlackHouse]:
    async with open_slack_house(tmp_path, slack) as opened:
        yield opened
