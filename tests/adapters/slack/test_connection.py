"""The connection to Slack breaks in every way it can, and nothing that Slack repeats or keeps is lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.adapters.slack import hearing
from bot.adapters.slack import socket as socket_mode
from bot.adapters.slack.hearing import HEARD
from bot.app.memory import HouseMemory
from bot.chat.events import Event
from bot.store import inbox
from bot.store.members import Role
from bot.store.session import Session
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.slack.faults import Fault
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack
from tests.slack.socket_mode import Link

QUESTION = "家族会をひらきたいのですが、何から始めればよいですか"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, slack: FakeSlack) -> None:
    """Seconds instead of minutes, in the same proportions."""
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 0.3)
    monkeypatch.setattr(socket_mode, "LOST_SECONDS", 3.0)
    slack.socket.ack_seconds = 0.5
    slack.socket.retry_delays = (0, 0.3, 0.6, 1.0, 2.0)


async def answered(person: SlackPerson, times: int) -> None:
    await person.workspace.until(lambda: len(person.letters) >= times, 15, f"{times} answers")


async def test_twenty_recycled_connections_lose_nothing(town: SlackHouse) -> None:
    hana = await town.member("hana")
    asking = []
    for number in range(20):
        asking.append(town.slack.start(hana.says(f"{QUESTION}（{number}）")))
        old = town.slack.socket.links[-1]
        await town.slack.socket.recycle()
        await newly_connected(town, old)
    await asyncio.gather(*asking)
    await answered(hana, 20)
    await town.settled()
    assert len(hana.letters) == 20, "each once"


async def newly_connected(town: SlackHouse, old: Link) -> None:
    def fresh() -> bool:
        return any(link.number > old.number for link in town.slack.socket.connected)

    await town.slack.workspace.until(fresh, 10, "a new connection")


async def test_a_cut_connection_is_opened_again(town: SlackHouse) -> None:
    hana = await town.member("hana")
    town.slack.socket.drop()
    await hana.says(QUESTION)
    await answered(hana, 1)


async def test_a_connection_that_only_seems_to_be_there_is_given_up(town: SlackHouse) -> None:
    hana = await town.member("hana")
    town.slack.socket.go_silent()
    await hana.says(QUESTION)
    await answered(hana, 1)


async def test_a_lost_acknowledgement_doubles_nothing(town: SlackHouse) -> None:
    hana = await town.member("hana")
    town.slack.socket.deaf_to_acks(2)
    await hana.says(QUESTION)
    await answered(hana, 1)
    assert max(delivery.attempt for delivery in town.slack.socket.delivered) >= 2
    await town.settled()
    assert len(hana.letters) == 1


async def test_an_address_that_is_used_up_is_not_knocked_at_for_ever(town: SlackHouse) -> None:
    """The SDK keeps its first address: a server that refuses it would be asked again and again."""
    hana = await town.member("hana")
    town.slack.socket.refuse_links(1)
    town.slack.socket.drop()
    await hana.says(QUESTION)
    await answered(hana, 1)


async def test_what_was_said_during_an_outage_is_answered_afterwards(tmp_path: Path, slack: FakeSlack) -> None:
    async with open_slack_house(tmp_path, slack) as town:
        square = await town.place("hiroba")
        hana = await town.member("hana", Role.SUPPORTER, square)
        await hana.says("はじめの質問")
        await answered(hana, 1)
        await remember(town, timedelta(minutes=1))
    slack.socket.retry_delays = ()
    for number in range(12):
        slack.workspace.post(hana.im, f"{QUESTION}（{number}）", user=hana.id)
    slack.workspace.post(square, "ここはボットあてではありません", user=hana.id)
    slack.workspace.post(square, f"<@U0BOT> {QUESTION}", user=hana.id)
    async with open_slack_house(tmp_path, slack) as town:
        await answered(hana, 13)
        await slack.workspace.until(lambda: hana.whispers, 10, "the mention answered")
        await town.settled()
    assert len(hana.letters) == 13, "each once, and the one before not again"
    async with open_slack_house(tmp_path, slack) as town:
        await slack.workspace.until(lambda: len(slack.workspace.called("users.conversations")) >= 2, 10, "a look back")
        await town.settled()
    assert len(hana.letters) == 13


async def remember(town: SlackHouse, ago: timedelta) -> None:
    """As if the last sign of life were so old."""
    memory = HouseMemory(town.house.database, "slack", town.house.clock)
    await memory.keep(HEARD, (datetime.now(UTC) - ago).isoformat())


async def test_without_the_scope_for_it_nothing_is_brought_after_and_the_log_says_so(
    tmp_path: Path, slack: FakeSlack
) -> None:
    async with open_slack_house(tmp_path, slack) as town:
        hana = await town.member("hana")
        await remember(town, timedelta(minutes=1))
    slack.scopes.discard("im:history")
    slack.workspace.post(hana.im, "ひみつの質問", user=hana.id)
    with capture_logs() as logs:
        async with open_slack_house(tmp_path, slack):
            await slack.workspace.until(lambda: slack.workspace.called("conversations.history"), 5, "a look back")
            await hana.says(QUESTION)
            await answered(hana, 1)
    assert "scopes missing" in {entry["event"] for entry in logs}
    assert "nothing could be brought after" in {entry["event"] for entry in logs}
    assert "ひみつ" not in repr(logs)


async def test_an_outage_of_the_network_alone_is_made_good(town: SlackHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process lives on and notes no moment as heard while it hears nothing."""
    monkeypatch.setattr(hearing, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(hearing, "OVERLAP", timedelta())
    hana = await town.member("hana")
    await hana.says(QUESTION)
    await answered(hana, 1)
    town.slack.socket.refuse_links(1000)
    town.slack.socket.drop()
    await town.slack.workspace.until(lambda: len(town.slack.workspace.called("apps.connections.open")) > 2, 10, "a try")
    town.slack.workspace.post(hana.im, "停電中の質問です", user=hana.id)
    tries = len(town.slack.workspace.called("apps.connections.open"))
    await town.slack.workspace.until(
        lambda: len(town.slack.workspace.called("apps.connections.open")) > tries, 15, "one more try"
    )
    town.slack.socket.refuse_links(0)
    await answered(hana, 2)


@pytest.mark.parametrize("trouble", ["slack fails", "nothing can be stored"])
async def test_a_look_back_that_fails_is_tried_again(
    tmp_path: Path, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(hearing, "AGAIN_SECONDS", 0.1)
    monkeypatch.setattr(hearing, "OVERLAP", timedelta())
    async with open_slack_house(tmp_path, slack) as town:
        hana = await town.member("hana")
        await remember(town, timedelta(minutes=1))
    slack.workspace.post(hana.im, "停止中の質問です", user=hana.id)
    real, failures = inbox.receive, [1]

    def receive(session: Session, event: Event, now: datetime) -> bool:
        if failures:
            failures.pop()
            raise OSError("disk full")
        return real(session, event, now)

    if trouble == "slack fails":
        slack.faults.next("conversations.history", Fault(error="internal_error"))
    else:
        monkeypatch.setattr(inbox, "receive", receive)
    async with open_slack_house(tmp_path, slack):
        await answered(hana, 1)


async def test_slack_out_of_reach_at_the_start_is_waited_for(tmp_path: Path, slack: FakeSlack) -> None:
    slack.faults.next("auth.test", Fault(status=503), times=1)
    async with open_slack_house(tmp_path, slack) as town:
        hana = await town.member("hana")
        await hana.says(QUESTION)
        await answered(hana, 1)


async def test_a_store_that_cannot_write_is_not_acknowledged_and_the_retry_is(town: SlackHouse) -> None:
    hana = await town.member("hana")
    real, full = town.house.database.write, [True]

    async def write(work: Any) -> Any:
        if full[0]:
            raise OSError("disk full")
        return await real(work)

    with capture_logs() as logs:
        town.house.database.write = write  # type: ignore[method-assign]
        asking = town.slack.start(hana.says(QUESTION))
        tries = town.slack.socket.delivered
        await town.slack.workspace.until(lambda: len([each for each in tries if each.attempt == 1]) > 0, 5, "a retry")
        assert not hana.letters
        full[0] = False
        await asking
        await answered(hana, 1)
    assert {"OSError"} == {entry["error"] for entry in logs if entry["event"] == "event not stored"}
    await town.settled()
    assert len(hana.letters) == 1


async def test_a_proxy_that_was_down_is_made_good_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over HTTP only a call of Slack's tells that we are heard."""
    monkeypatch.setattr(hearing, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(hearing, "OVERLAP", timedelta())
    beats, real = asyncio.Semaphore(0), HouseMemory.keep

    async def keep(self: HouseMemory, name: str, value: str) -> None:
        await real(self, name, value)
        beats.release()

    async with open_slack("http") as slack:
        slack.echoes = False  # the last thing we hear is the question
        async with open_slack_house(tmp_path, slack) as town:
            hana = await town.member("hana")
            await hana.says(QUESTION)
            await answered(hana, 1)
            slack.workspace.post(hana.im, "中継が止まっていた間の質問です", user=hana.id)
            monkeypatch.setattr(HouseMemory, "keep", keep)
            for _ in range(3):
                await beats.acquire()
        async with open_slack_house(tmp_path, slack):
            await answered(hana, 2)
