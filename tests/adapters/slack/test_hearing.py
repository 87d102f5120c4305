"""Whether Slack reaches us is known within seconds: without a connection it does not, with a new one it does."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.slack import socket as socket_mode
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.server import FakeSlack, open_slack


async def soon(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not so():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_lost_connection_shows_and_so_does_a_new_one(
    town: SlackHouse, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.3)
    monkeypatch.setattr(socket_mode, "LOST_SECONDS", 3.0)
    await soon(lambda: town.adapter.hearing)
    slack.socket.refuse_links(1)
    slack.socket.drop()
    await soon(lambda: not town.adapter.hearing)
    await soon(lambda: town.adapter.hearing)


async def test_where_slack_calls_us_it_reaches_us_while_we_serve(tmp_path: Path) -> None:
    async with open_slack("http") as slack, open_slack_house(tmp_path, slack) as town:
        await soon(lambda: town.adapter.hearing)
    assert not town.adapter.hearing
