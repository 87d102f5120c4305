"""The Web API's answers through the stock client: errors, metadata, paging, triggers, response_urls and faults."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.slack.bolt_bot import QUIET, button, client, form, line, section
from tests.slack.faults import Fault
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import BOT


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def slack(hands: Hands) -> AsyncIterator[FakeSlack]:
    async with open_slack(now=hands) as opened:
        opened.echoes = False
        yield opened


@pytest.fixture
def web(slack: FakeSlack) -> AsyncWebClient:
    return client(slack)


async def refused(call: Awaitable[Any]) -> Any:
    """The whole answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_tokens_and_scopes(slack: FakeSlack, web: AsyncWebClient) -> None:
    answer = await web.auth_test()
    assert answer["user_id"] == BOT
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert (await refused(web.auth_test(token="xoxb-fake-other")))["error"] == "invalid_auth"
    assert (await refused(AsyncWebClient(base_url=slack.api_url, logger=QUIET).auth_test()))["error"] == "not_authed"
    assert (await refused(web.apps_connections_open(app_token=slack.bot_token)))["error"] == "not_allowed_token_type"
    slack.scopes.discard("chat:write")
    lacking = await refused(web.chat_postMessage(channel="C0", text="x"))
    assert (lacking["error"], lacking["needed"]) == ("missing_scope", "chat:write")
    slack.tokens.revoked = True
    assert (await refused(web.auth_test()))["error"] == "token_revoked"


async def test_where_one_may_post(slack: FakeSlack, web: AsyncWebClient) -> None:
    hana, gone = slack.person("hana"), slack.person("gone")
    slack.workspace.users[gone.id].deleted = True
    open_, hidden = slack.channel("open", bot=False), slack.channel("hidden", private=True, bot=False)
    shelf = slack.channel("shelf")
    slack.workspace.channels[shelf].archived = True
    for channel, code in (
        (open_, "not_in_channel"),
        (hidden, "channel_not_found"),
        (shelf, "is_archived"),
        ("C0NOWHERE", "channel_not_found"),
        (BOT, "cannot_dm_bot"),
        (gone.id, "channel_not_found"),
    ):
        assert (await refused(web.chat_postMessage(channel=channel, text="x")))["error"] == code
    posted = await web.chat_postMessage(channel=hana.id, text="x")
    assert posted["channel"] == hana.im
    assert (await web.conversations_open(users=hana.id))["channel"]["id"] == hana.im
    assert (await refused(web.conversations_open(users="U0NOBODY")))["error"] == "user_not_found"
    assert (await refused(web.conversations_open(users=gone.id)))["error"] == "user_disabled"
    whisper = web.chat_postEphemeral(channel=slack.channel("square"), user=hana.id, text="x")
    assert (await refused(whisper))["error"] == "user_not_in_channel"
    missing = await refused(web.api_call("chat.postMessage", json={"text": "x"}))
    assert missing["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_metadata_is_found_by_those_who_ask(slack: FakeSlack, web: AsyncWebClient, hands: Hands) -> None:
    square = slack.channel("square")
    for number in range(5):
        metadata = {"event_type": "letter", "event_payload": {"key": f"k{number}"}}
        await web.chat_postMessage(channel=square, text=f"{number}", metadata=metadata)
        hands.moment += timedelta(minutes=1)
    shy = await web.conversations_history(channel=square)
    assert [each["text"] for each in shy["messages"]] == ["4", "3", "2", "1", "0"]
    assert not any("metadata" in each for each in shy["messages"])
    keys: list[str] = []
    async for page in await web.conversations_history(channel=square, limit=2, include_all_metadata=True):
        keys += [each["metadata"]["event_payload"]["key"] for each in page["messages"]]
    assert keys == ["k4", "k3", "k2", "k1", "k0"]
    edge = slack.workspace.posts[2].ts
    assert len((await web.conversations_history(channel=square, oldest=edge))["messages"]) == 2
    assert len((await web.conversations_history(channel=square, oldest=edge, inclusive=True))["messages"]) == 3
    assert len((await web.conversations_history(channel=square, latest=edge))["messages"]) == 2
    bad = web.chat_postMessage(channel=square, text="x", metadata={"event_type": "letter"})
    assert (await refused(bad))["error"] == "invalid_metadata_format"


async def test_threads_are_read_on_their_own(slack: FakeSlack, web: AsyncWebClient) -> None:
    square = slack.channel("square")
    parent = (await web.chat_postMessage(channel=square, text="parent"))["ts"]
    metadata = {"event_type": "letter", "event_payload": {}}
    await web.chat_postMessage(channel=square, text="reply", thread_ts=parent, metadata=metadata)
    history = (await web.conversations_history(channel=square))["messages"]
    assert [(each["text"], each["reply_count"]) for each in history] == [("parent", 1)]
    thread = (await web.conversations_replies(channel=square, ts=parent, include_all_metadata=True))["messages"]
    assert [(each["text"], "metadata" in each) for each in thread] == [("parent", False), ("reply", True)]
    assert (await refused(web.conversations_replies(channel=square, ts="1.000000")))["error"] == "thread_not_found"


async def test_changing_and_taking_back(slack: FakeSlack, web: AsyncWebClient) -> None:
    square = slack.channel("square")
    hana = slack.person("hana", member_of=[square])
    theirs = await hana.says_in(square, "mine")
    ts = (await web.chat_postMessage(channel=square, text="old", blocks=[section("old")]))["ts"]
    await web.chat_update(channel=square, ts=ts, text="new")
    post = slack.workspace.find(square, ts)
    assert post is not None
    assert (post.text, post.blocks) == ("new", [])
    wrong = web.chat_update(channel=square, ts=theirs.ts, text="x")
    assert (await refused(wrong))["error"] == "cant_update_message"
    await web.chat_delete(channel=square, ts=ts)
    assert (await refused(web.chat_update(channel=square, ts=ts, text="x")))["error"] == "message_not_found"


async def test_triggers_work_once_and_not_for_long(slack: FakeSlack, web: AsyncWebClient, hands: Hands) -> None:
    hana = slack.person("hana")
    view = form(line("q", "Why?"))
    trigger = slack.doors.trigger(hana.id)
    first = (await web.views_open(trigger_id=trigger, view=view))["view"]
    assert (await refused(web.views_open(trigger_id=trigger, view=view)))["error"] == "exchanged_trigger_id"
    late = slack.doors.trigger(hana.id)
    hands.moment += timedelta(seconds=4)
    assert (await refused(web.views_open(trigger_id=late, view=view)))["error"] == "expired_trigger_id"
    changed = await web.views_update(view_id=first["id"], hash=first["hash"], view=form(section("done")))
    assert changed["view"]["hash"] != first["hash"]
    stale = web.views_update(view_id=first["id"], hash=first["hash"], view=view)
    assert (await refused(stale))["error"] == "hash_conflict"
    await web.views_push(trigger_id=slack.doors.trigger(hana.id), view=view)
    await hana.closes()
    assert hana.sees("done")
    await hana.closes()
    assert (await refused(web.views_update(view_id=first["id"], view=view)))["error"] == "not_found"


async def test_a_response_url_tires(slack: FakeSlack, hands: Hands) -> None:
    hana = slack.person("hana")
    square = slack.channel("square")
    hook = AsyncWebhookClient(slack.doors.response_url(square, hana.id), logger=QUIET)
    for number in range(5):
        assert (await hook.send(text=f"whisper {number}")).body == "ok"
    assert "used_url" in (await hook.send(text="too much")).body
    assert [each.text for each in hana.whispers] == [f"whisper {number}" for number in range(5)]
    source = slack.workspace.post(square, "press", [{"type": "actions", "elements": [button("Go", "go")]}], bot="B0BOT")
    again = AsyncWebhookClient(slack.doors.response_url(square, hana.id, source), logger=QUIET)
    await again.send(text="pressed", replace_original=True)
    assert (source.text, source.blocks) == ("pressed", [])
    hands.moment += timedelta(minutes=31)
    assert "expired_url" in (await again.send(text="late")).body


async def test_rooms_and_people(slack: FakeSlack, web: AsyncWebClient) -> None:
    square, nook = slack.channel("square"), slack.channel("nook", private=True)
    slack.channel("elsewhere", bot=False)
    guest = slack.person("guest", member_of=[square], team="T0OTHER")
    mine = await web.users_conversations(types=["public_channel", "private_channel"])
    assert [each["id"] for each in mine["channels"]] == [square, nook]
    assert (await web.conversations_info(channel=nook))["channel"]["is_private"] is True
    assert (await web.users_info(user=guest.id))["user"]["team_id"] == "T0OTHER"
    assert (await refused(web.users_info(user="U0NOBODY")))["error"] == "user_not_found"
    slack.scopes.discard("groups:read")
    assert (await refused(web.users_conversations(types="private_channel")))["needed"] == "groups:read"


async def test_what_can_go_wrong_on_the_way(slack: FakeSlack, web: AsyncWebClient) -> None:
    square, other = slack.channel("square"), slack.channel("other")
    slack.faults.next("chat.postMessage", Fault(error="fatal_error"), channel=square)
    await web.chat_postMessage(channel=other, text="not this one")
    assert (await refused(web.chat_postMessage(channel=square, text="x")))["error"] == "fatal_error"
    slack.faults.next("chat.postMessage", Fault(status=429, retry_after=7))
    limited = await refused(web.chat_postMessage(channel=square, text="x"))
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "7")
    slack.faults.next("chat.postMessage", Fault(status=429))
    assert "Retry-After" not in (await refused(web.chat_postMessage(channel=square, text="x"))).headers
    slack.faults.next("chat.postMessage", Fault(status=500))
    assert (await refused(web.chat_postMessage(channel=square, text="x"))).status_code == 500
    web.retry_handlers.clear()
    slack.faults.next("chat.postMessage", Fault(reset_before=True))
    with pytest.raises(ClientError):
        await web.chat_postMessage(channel=square, text="x")
    assert not slack.workspace.by_bot(square)
    slack.faults.next("chat.postMessage", Fault(reset_after=True))
    with pytest.raises(ClientError):
        await web.chat_postMessage(channel=square, text="x")
    assert len(slack.workspace.by_bot(square)) == 1


async def test_the_stock_retry_doubles_a_post(slack: FakeSlack, web: AsyncWebClient) -> None:
    square = slack.channel("square")
    slack.faults.next("chat.postMessage", Fault(reset_after=True))
    await web.chat_postMessage(channel=square, text="once")
    assert [post.text for post in slack.workspace.by_bot(square)] == ["once", "once"]


async def test_an_answer_can_be_held_back(slack: FakeSlack, web: AsyncWebClient) -> None:
    square, release = slack.channel("square"), asyncio.Event()
    slack.faults.next("chat.postMessage", Fault(hold=release))
    posting = slack.start(web.chat_postMessage(channel=square, text="stands already"))
    await slack.workspace.until(lambda: slack.workspace.by_bot(square))
    assert not posting.done()
    release.set()
    assert (await posting)["ok"]
