"""The app's manifest and the pages about it ask of Slack what the code uses: no more, no less."""

import ast
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import cast

import aiohttp
import pytest
import yaml  # type: ignore[import-untyped]

from bot.adapters.slack import SCOPES, SLASH, examine
from bot.adapters.slack.api import Api, SlackRefused
from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked
from bot.adapters.slack.backfill import KINDS
from bot.adapters.slack.decode import Decoder, Workspace
from bot.adapters.slack.doorway import PATH
from bot.app.platforms import commands
from bot.chat.errors import Misconfigured
from bot.chat.events import Command
from tests.slack.blocks import Json
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import BOT, BOT_ID, TEAM, real_time
from tests.source import BOT as CODE
from tests.source import ROOT, python_files, says, tree

FILE = "deploy/slack/manifest.yaml"
WRITTEN = (ROOT / FILE).read_text("utf-8")
MANIFEST = cast(Json, yaml.safe_load(WRITTEN))
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]
EVENTS: list[str] = SETTINGS["event_subscriptions"]["bot_events"]

OTHER_EVENTS = (
    "app_deleted", "app_installed", "app_rate_limited", "channel_archive", "channel_created", "channel_deleted",
    "channel_history_changed", "channel_left", "channel_rename", "channel_shared", "channel_unarchive", "dnd_updated",
    "emoji_changed", "file_change", "file_created", "file_deleted", "file_shared", "group_archive", "group_left",
    "im_created", "im_history_changed", "link_shared", "member_joined_channel", "member_left_channel",
    "message.app_home", "message.channels", "message.groups", "message.mpim", "message_metadata_posted", "pin_added",
    "reaction_added", "reaction_removed", "star_added", "subteam_updated", "team_join", "team_rename", "user_change",
    "workflow_step_execute",
)  # fmt: skip
"""What an app could subscribe to as well."""

NEEDED = {"app_mention": "app_mentions:read", "message.im": "im:history"}
"""The scope of an event; the others need none. https://docs.slack.dev/reference/events (checked 2026-11-24)"""

PLACES = {"message.im": "im", "message.channels": "channel", "message.groups": "group", "message.mpim": "mpim"}

SQUARE, ROOM, DIRECT, HANA = "C0SQUARE", "C1ROOM", "D0HANA", "U0HANA"

NEVER_CALLED = {"app_mentions:read", "commands"}
"""What they are for comes from Slack by itself."""

ONE_CALL: dict[str, tuple[str, Json]] = {
    "channels:history": ("conversations.history", {"channel": SQUARE}),
    "groups:history": ("conversations.history", {"channel": ROOM}),
    "im:history": ("conversations.history", {"channel": DIRECT}),
    "channels:read": ("users.conversations", {"types": "public_channel"}),
    "groups:read": ("users.conversations", {"types": "private_channel"}),
    "im:read": ("users.conversations", {"types": "im"}),
    "chat:write": ("chat.postMessage", {"channel": SQUARE, "text": "x"}),
    "im:write": ("conversations.open", {"users": HANA}),
}
"""By scope: something that is refused without it."""

EVERY_CALL: dict[str, list[Json]] = {
    "apps.connections.open": [{"token": "xapp-fake-app-token"}],
    "auth.test": [{}],
    "chat.postEphemeral": [{"channel": SQUARE, "user": HANA, "text": "x"}],
    "chat.postMessage": [{"channel": each, "text": "x"} for each in (SQUARE, ROOM, DIRECT)],
    "chat.update": [{"channel": SQUARE, "ts": "1700000000.000100", "text": "x"}],
    "conversations.history": [{"channel": each} for each in (SQUARE, ROOM, DIRECT)],
    "conversations.info": [{"channel": each} for each in (SQUARE, ROOM)],
    "conversations.members": [{"channel": each} for each in (SQUARE, ROOM)],
    "conversations.open": [{"users": HANA}],
    "conversations.replies": [{"channel": each, "ts": "1700000000.000100"} for each in (SQUARE, ROOM, DIRECT)],
    "users.conversations": [{"types": KINDS}],
    "views.open": [{"trigger_id": "1", "view": {}}],
    "views.publish": [{"user_id": HANA, "view": {}}],
    "views.update": [{"view_id": "1", "view": {}}],
}
"""By method: every way in which the code calls it, as far as scopes go."""


@asynccontextmanager
async def asking() -> AsyncIterator[tuple[FakeSlack, Api]]:
    """A Slack that gave the bot what the manifest asks for, in front of the adapter's own calls."""
    async with open_slack() as slack, aiohttp.ClientSession() as session:
        slack.scopes.intersection_update(MANIFEST["oauth_config"]["scopes"]["bot"])
        hana = slack.person("hana", [slack.channel("square"), slack.channel("room", private=True)])
        assert set(slack.workspace.channels) | {hana.im} == {SQUARE, ROOM, DIRECT}
        yield slack, Api(slack.bot_token, slack.api_url, session)


async def refusal(api: Api, method: str, arguments: Json) -> str:
    """Slack's code, empty where it did what was asked."""
    try:
        await api.call(method, json=True, **arguments)
    except SlackRefused as refused:
        return refused.code
    return ""


def decoded(payload: Json) -> Arrival | Revoked | Elsewhere | None:
    return Decoder(Workspace(TEAM, BOT, BOT_ID), commands(), real_time).decode(payload)


def heard(name: str) -> bool:
    """Whether the code makes anything of this event, whose payload has all it could look for."""
    stamp = "1700000000.000100"
    event = {"type": name.partition(".")[0], "channel_type": PLACES.get(name, ""), "tab": "home", "user": HANA}
    event |= {"channel": DIRECT, "text": "x", "ts": stamp, "event_ts": stamp}
    return decoded({"type": "event_callback", "team_id": TEAM, "event_id": "Ev0", "event": event}) is not None


def test_the_scopes_are_those_of_the_code() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert sorted(scopes) == ["bot"], "nothing is done in anybody's name"
    assert sorted(scopes["bot"]) == sorted(SCOPES)
    assert [scope for scope in scopes["bot"] if scope.startswith(("files", "users", "admin"))] == []
    assert not re.search(r"xox[a-z]-|xapp-", WRITTEN)


def test_every_scope_says_in_both_languages_what_it_is_for() -> None:
    lines = WRITTEN.splitlines()
    for scope in SCOPES:
        place = lines.index(f"      - {scope}")
        japanese, english = lines[place - 2 : place]
        assert re.match(r" {6}# .*[ぁ-ん]", japanese), scope
        assert re.match(r" {6}# [^ぁ-んァ-ヶ一-龠]+$", english), scope


def test_the_events_are_those_the_code_understands() -> None:
    assert len(EVENTS) == len(set(EVENTS))
    assert sorted(name for name in {*EVENTS, *OTHER_EVENTS} if heard(name)) == sorted(EVENTS)


def test_no_event_is_looked_for_that_is_not_asked_for() -> None:
    looked_for = set()
    for function in ast.walk(tree(CODE / "adapters" / "slack" / "decode.py")):
        match function:
            case ast.FunctionDef(name="_happened"):
                looked_for |= set(_cases(function))
    assert looked_for == {name.partition(".")[0] for name in EVENTS}


def _cases(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        match node:
            case ast.MatchValue(ast.Constant(str(value))):
                yield value


def test_every_event_has_its_scope() -> None:
    assert {name: scope for scope, name in SCOPES.items() if name in EVENTS} == NEEDED


def test_the_command_is_the_one_the_code_names() -> None:
    (command,) = FEATURES["slash_commands"]
    assert command["command"] == SLASH
    assert command["should_escape"] is False
    hinted = re.findall(r"[a-z]{4,}|ask", command["usage_hint"])
    assert hinted and set(hinted) <= commands()


def test_the_shortcuts_are_commands() -> None:
    kinds = {"global": "shortcut", "message": "message_action"}
    found = {each["name"]: each for each in FEATURES["shortcuts"]}
    assert set(found) == {"ハンドブックで探す", "悩みを打ち明ける"}
    for shortcut in found.values():
        payload = {"type": kinds[shortcut["type"]], "callback_id": shortcut["callback_id"], "trigger_id": "1"}
        payload |= {"user": {"id": HANA, "team_id": TEAM}, "action_ts": "1700000000.0001", "message": {"text": "x"}}
        arrival = decoded(payload)
        assert isinstance(arrival, Arrival)
        assert isinstance(arrival.event.body, Command)
        assert arrival.event.body.name in commands()
        assert arrival.way == "dialog"
    assert found["ハンドブックで探す"]["type"] == "message", "its words are what is looked for"


def test_the_app_is_reachable_in_the_ways_the_code_expects() -> None:
    assert FEATURES["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert FEATURES["bot_user"]["always_online"] is False
    assert SETTINGS["interactivity"] == {"is_enabled": True}
    assert SETTINGS["socket_mode_enabled"] is True
    assert SETTINGS["org_deploy_enabled"] is False
    assert SETTINGS["token_rotation_enabled"] is False, "the code fetches no new tokens"
    for switched in ("event_subscriptions.request_url", "interactivity.request_url", "slash_commands[0].url"):
        assert re.search(rf"# .*{re.escape(switched)}: +https://\S+{PATH}$", WRITTEN, re.MULTILINE), switched


def test_slack_takes_the_manifest() -> None:
    """https://github.com/slackapi/manifest-schema, version 1 (checked 2026-11-24)"""
    assert MANIFEST["_metadata"]["major_version"] == 1
    assert set(MANIFEST) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    shown = MANIFEST["display_information"]
    assert set(shown) == {"name", "description", "long_description", "background_color"}
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", FEATURES["bot_user"]["display_name"])
    for shortcut in FEATURES["shortcuts"]:
        assert set(shortcut) == {"name", "type", "callback_id", "description"}
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in FEATURES["slash_commands"]:
        assert set(command) == {"command", "description", "usage_hint", "should_escape"}
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000


def test_every_scope_is_tried() -> None:
    assert {*ONE_CALL, *NEVER_CALLED} == set(SCOPES)
    for scope, (method, _) in ONE_CALL.items():
        assert SCOPES[scope] in (method, *NEEDED), scope
    assert {SCOPES[scope] for scope in NEVER_CALLED} == {"app_mention", SLASH}


@pytest.mark.parametrize("scope", sorted(ONE_CALL))
async def test_without_a_scope_slack_refuses_what_it_is_for(scope: str) -> None:
    method, arguments = ONE_CALL[scope]
    async with asking() as (slack, api):
        assert await refusal(api, method, dict(arguments)) == ""
        slack.scopes.discard(scope)
        assert await refusal(api, method, dict(arguments)) == "missing_scope"


async def test_the_scopes_are_enough_for_every_call_of_the_code() -> None:
    assert set(_methods()) == set(EVERY_CALL)
    async with asking() as (_, api):
        for method, calls in EVERY_CALL.items():
            for arguments in calls:
                code = await refusal(api, method, dict(arguments))
                assert code not in ("missing_scope", "unknown_method", "not_allowed_token_type"), (method, code)


def _methods() -> Iterator[str]:
    """Every method of the Web API that the code names; what is told in SCOPES is no call."""
    told = {id(node) for node in _values(tree(CODE / "adapters" / "slack" / "introduction.py"))}
    for path in python_files("bot/adapters/slack"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Constant(str(value)) if id(node) not in told and _METHOD.fullmatch(value):
                    yield value


_METHOD = re.compile(r"(?:apps|auth|bots|chat|conversations|files|reactions|team|users|views)\.[a-zA-Z.]+")


def _values(module: ast.Module) -> Iterator[ast.expr]:
    """The reasons in SCOPES."""
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name("SCOPES")], value=ast.Dict(values=values)):
                yield from values


async def test_the_doctor_names_a_missing_scope_and_this_file() -> None:
    async with asking() as (slack, _):
        assert await examine(slack.bot_token, slack.app_token, slack.api_url) == TEAM
        for scope in SCOPES:
            slack.scopes.discard(scope)
            with pytest.raises(Misconfigured) as found:
                await examine(slack.bot_token, slack.app_token, slack.api_url)
            assert found.value.setting == "YORISOI_SLACK_BOT_TOKEN"
            assert found.value.problem.endswith(f"scopes: {scope}.")
            assert says(found.value.fix, FILE)
            slack.scopes.add(scope)
