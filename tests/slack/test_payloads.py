"""What people do arrives in the shape the stock library reads: whose doing it is, where, and how to answer."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from tests.slack.blocks import Json, buttons
from tests.slack.bolt_bot import button, form, line
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack
from tests.slack.typed import as_sent
from tests.slack.workspace import BOT_ID, TEAM


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with open_slack() as opened:
        yield opened


@pytest.fixture
def hana(slack: FakeSlack) -> SlackPerson:
    return slack.person("hana")


def as_read(payload: Json) -> AsyncBoltContext:
    context: AsyncBoltContext = AsyncBoltRequest(body=payload, mode="socket_mode").context
    return context


def test_events(slack: FakeSlack, hana: SlackPerson) -> None:
    square = slack.channel("square")
    said = slack.workspace.post(square, "hello", user=hana.id)
    make = slack.payloads
    for payload in (make.message(said), make.app_mention(said), make.file_share(square, hana.id, "see")):
        read = as_read(payload)
        assert (read.team_id, read.user_id, read.channel_id) == (TEAM, hana.id, square)
        assert (payload["type"], payload["token"][:4]) == ("event_callback", "fake")
    assert as_read(make.app_home_opened(hana.id)).user_id == hana.id
    changed, deleted = make.message_changed(said, "hello again"), make.message_deleted(said)
    assert changed["event"]["message"]["text"] == "hello again"
    assert changed["event"]["previous_message"]["text"] == "hello"
    assert deleted["event"]["deleted_ts"] == said.ts
    assert slack.workspace.find(square, said.ts) is None
    assert make.bot_message(square, "beep")["event"]["subtype"] == "bot_message"
    for goodbye in (make.tokens_revoked(), make.app_uninstalled()):
        assert (as_read(goodbye).team_id, goodbye["authorizations"]) == (TEAM, [])
    everything = [changed, deleted, make.tokens_revoked()]
    assert len({each["event_id"] for each in everything}) == len(everything)


def test_a_command(slack: FakeSlack, hana: SlackPerson) -> None:
    read = as_read(slack.interactions.slash(hana.id, hana.im, "/yorisoi", "worry"))
    assert (read.team_id, read.user_id, read.channel_id) == (TEAM, hana.id, hana.im)
    assert read.response_url


def test_a_button_in_a_message_in_a_whisper_and_in_a_view(slack: FakeSlack, hana: SlackPerson) -> None:
    square = slack.channel("square")
    row: list[Json] = [{"type": "actions", "block_id": "row", "elements": [button("Go", "go", "there")]}]
    post = slack.workspace.post(square, "x", row, user="U0BOT", bot=BOT_ID)
    whisper = slack.workspace.whisper(square, hana.id, "x", row, {})
    view = slack.workspace.views.open(hana.id, form(*row))
    for source in (post, whisper, view):
        payload = slack.interactions.block_actions(hana.id, source, *buttons(row)[0])
        assert (payload["actions"][0]["block_id"], payload["actions"][0]["value"]) == ("row", "there")
        assert as_read(payload).user_id == hana.id
        assert ("response_url" in payload) is (source is not view)
        assert ("message" in payload) is (source is post)


def test_what_comes_from_a_form(slack: FakeSlack, hana: SlackPerson) -> None:
    view = slack.workspace.views.open(hana.id, form(line("q", "x"), private_metadata="kept"))
    for payload in (
        slack.interactions.view_submission(view),
        slack.interactions.view_closed(view, cleared=False),
    ):
        assert (payload["view"]["callback_id"], payload["view"]["private_metadata"]) == ("form", "kept")
        assert payload["view"]["root_view_id"] == view.id
        assert as_read(payload).user_id == hana.id


def test_shortcuts(slack: FakeSlack, hana: SlackPerson) -> None:
    post = slack.workspace.post(hana.im, "x", user=hana.id)
    anywhere = slack.interactions.shortcut(hana.id, "share")
    assert "channel" not in anywhere
    about = slack.interactions.message_action(hana.id, "reply", post)
    assert (about["message"]["ts"], as_read(about).channel_id) == (post.ts, hana.im)


def test_signatures_are_slacks(slack: FakeSlack) -> None:
    body = b"command=%2Fyorisoi"
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, slack.http.signed(body))
    assert not SignatureVerifier("fake-other-secret").is_valid_request(body, slack.http.signed(body))


def test_typing() -> None:
    assert as_sent("<@U0BOT> a<b & c") == "<@U0BOT> a&lt;b &amp; c"
    assert as_sent("https://fake.example/x?a=1&b=2") == "<https://fake.example/x?a=1&amp;b=2>"
    assert as_sent("to a@fake.example 🙏") == "to <mailto:a@fake.example|a@fake.example> :pray:"
