"""How events reach an app that is slow, deaf, half-open, gone or new: retries, redelivery and signatures."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.slack.bolt_bot import connected, listening
from tests.slack.people import TIMED_OUT
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import BOT_ID


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with open_slack() as opened:
        opened.socket.ack_seconds, opened.socket.retry_delays = 0.3, (0, 0.05, 0.05)
        yield opened


@pytest.fixture
async def http_slack() -> AsyncIterator[FakeSlack]:
    async with open_slack("http") as opened:
        opened.http.ack_seconds, opened.http.retry_delays = 0.3, (0, 0.05, 0.05)
        yield opened


async def test_a_lost_ack_brings_the_event_again(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    async with connected(slack):
        slack.socket.deaf_to_acks(1)
        await hana.says("hello")
        await slack.workspace.until(lambda: len(hana.letters) == 2)
    first, second = (each for each in slack.socket.delivered if not each.echo)
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.id != second.id
    assert (first.attempt, second.attempt) == (0, 1)
    assert first.ack is None


async def test_the_bot_hears_of_its_own_letters(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    async with connected(slack):
        await hana.says("hello")
        await slack.workspace.until(lambda: any(each.echo and each.ack is not None for each in slack.socket.delivered))
    echo = next(each.payload["event"] for each in slack.socket.delivered if each.echo)
    assert (echo["bot_id"], echo["text"], echo["channel_type"]) == (BOT_ID, "You said: hello", "im")
    assert len(hana.letters) == 1


async def test_a_mention_where_the_bot_is_not_stays_unheard(slack: FakeSlack) -> None:
    elsewhere = slack.channel("elsewhere", bot=False)
    await slack.person("hana", member_of=[elsewhere]).mentions(elsewhere, "hello")
    assert slack.socket.delivered == []


async def test_an_event_waits_for_a_socket(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    saying = slack.start(hana.says("is anybody there"))
    async with connected(slack):
        await saying
        await hana.sees_soon("You said: is anybody there")


async def test_an_interaction_without_a_socket_is_lost(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    await hana.slash()
    assert hana.errors == [TIMED_OUT]
    assert hana.sees(TIMED_OUT)


async def test_several_sockets_get_each_event_once(slack: FakeSlack) -> None:
    slack.echoes = False
    hana = slack.person("hana")
    async with connected(slack), connected(slack):
        assert len(slack.socket.connected) == 2
        for word in ("one", "two", "three", "four"):
            await hana.says(word)
            await hana.sees_soon(f"You said: {word}")
    assert len(hana.letters) == 4
    assert len(slack.workspace.called("apps.connections.open")) == 2


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_a_recycled_socket_comes_again(slack: FakeSlack, reason: str) -> None:
    hana = slack.person("hana")
    async with connected(slack):
        old = slack.socket.connected[0]
        await slack.socket.recycle(reason)  # type: ignore[arg-type]
        await slack.workspace.until(lambda: slack.socket.connected and slack.socket.connected[0] is not old)
        await hana.says("still there?")
        await hana.sees_soon("You said: still there?")


async def test_a_dropped_socket_comes_again(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    async with connected(slack, ping_interval=0.1):
        old = slack.socket.connected[0]
        slack.socket.drop()
        await slack.workspace.until(lambda: slack.socket.connected and slack.socket.connected[0] is not old)
        await hana.says("still there?")
        await hana.sees_soon("You said: still there?")


async def test_a_half_open_socket_is_noticed_by_its_silence(slack: FakeSlack) -> None:
    hana = slack.person("hana")
    async with connected(slack, ping_interval=0.1):
        old = slack.socket.connected[0]
        slack.socket.go_silent()
        await hana.says("still there?")
        await hana.sees_soon("You said: still there?")
        assert slack.socket.connected[-1] is not old
    assert sum(not each.echo for each in slack.socket.delivered) > 1


async def test_a_ticket_takes_one_socket(slack: FakeSlack) -> None:
    async with connected(slack) as handler:
        used = handler.client.wss_uri
        assert used
        async with handler.client.aiohttp_client_session.get(used.replace("ws://", "http://")) as answer:
            assert answer.status == 401


async def test_events_are_retried_with_headers(http_slack: FakeSlack) -> None:
    hana = http_slack.person("hana")
    async with listening(http_slack):
        right, http_slack.http.request_url = http_slack.http.request_url, "http://127.0.0.1:9/"
        saying = http_slack.start(hana.says("hello"))
        await http_slack.workspace.until(lambda: len(http_slack.http.sent) == 2)
        http_slack.http.request_url = right
        await saying
        await hana.sees_soon("You said: hello")
    tries = [each for each in http_slack.http.sent if b"hello" in each.body and b"You said" not in each.body]
    assert "X-Slack-Retry-Num" not in tries[0].headers
    assert [each.headers["X-Slack-Retry-Num"] for each in tries[1:]] == [str(n + 1) for n in range(len(tries) - 1)]
    assert tries[1].headers["X-Slack-Retry-Reason"] == "connection_failed"
    assert json.loads(tries[0].body)["event_id"] == json.loads(tries[-1].body)["event_id"]


async def test_a_forged_request_is_turned_away(http_slack: FakeSlack) -> None:
    async with listening(http_slack):
        body = b'{"type":"event_callback"}'
        headers = {"Content-Type": "application/json"}
        genuine = await http_slack.http.send_raw(headers | http_slack.http.signed(body), body)
        assert genuine.status != 401
        for forged in (
            {},
            http_slack.http.signed(body + b" "),
            http_slack.http.signed(body, at=http_slack.http.clock() - 600),
        ):
            assert (await http_slack.http.send_raw(headers | forged, body)).status == 401
        assert await http_slack.http.verify_url()
