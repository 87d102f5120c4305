"""Payloads that Slack never sent in this shape: what is no payload at all, and what is one without sense."""

import json
from typing import Any

Json = dict[str, Any]
TEAM = "T0TEAM"


def shapeless(canary: str) -> dict[str, bytes]:
    """Bodies in which no payload can be found, however one looks."""
    word = canary.encode()
    return {
        "invalid UTF-8": b'{"type":"event_callback","text":"' + word + b'\xff\xfe"}',
        "not JSON": b"{" + word,
        "words": word,
        "half a payload": b'{"type":"event_callback","event":{"text":"' + word,
        "a byte order mark": b'\xef\xbb\xbf{"text":"' + word + b'"}',
        "depth 100,000, open": b'{"text":"' + word + b'","a":' + b"[" * 100_000,
        "depth 100,000": b'{"text":"' + word + b'","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "objects 100,000 deep": b'{"a":' * 100_000 + b'"' + word + b'"' + b"}" * 100_000,
        "a number without end": b'{"type":"event_callback","text":"' + word + b'","event_time":' + b"9" * 5000 + b"}",
        "null": b"null",
        "a list": b'["' + word + b'"]',
        "a number": b"5",
        "a string": b'"' + word + b'"',
    }


def senseless(canary: str, user: str = "U0NOBODY", channel: str = "D0NOBODY") -> dict[str, Json]:
    """Payloads whose parts are missing or something else; canary stands in every one of them."""
    message: Json = {
        "type": "message",
        "channel_type": "im",
        "channel": channel,
        "user": user,
        "ts": "1700000000.000001",
    }
    whole: Json = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev0NONSENSE", "text": canary}
    press: Json = {"type": "block_actions", "user": {"id": user}, "trigger_id": "1.1.x", "text": canary}
    action: Json = {"action_id": "worry.begin#0", "type": "button", "action_ts": "1700000000.000001"}
    view: Json = {
        "id": "V0",
        "type": "modal",
        "callback_id": "worry.share",
        "private_metadata": "x",
        "state": {"values": {}},
    }
    submit: Json = {"type": "view_submission", "user": {"id": user}, "text": canary}
    home: Json = {"type": "app_home_opened", "tab": "home", "user": user}
    return {
        "nothing in it": {"text": canary},
        "an unknown type": whole | {"type": canary},
        "a type that is a list": whole | {"type": [canary]},
        "no event": whole,
        "event null": whole | {"event": None},
        "event a list": whole | {"event": [canary]},
        "event a string": whole | {"event": canary},
        "an event of an unknown type": whole | {"event": {"type": canary}},
        "an event of no type": whole | {"event": {"user": user}},
        "text a number": whole | {"event": message | {"text": 5}},
        "text an object": whole | {"event": message | {"text": {"text": canary}}},
        "user a list": whole | {"event": message | {"user": [user]}},
        "user empty": whole | {"event": message | {"user": ""}},
        "no channel": whole | {"event": {key: value for key, value in message.items() if key != "channel"}},
        "ts a word": whole | {"event": message | {"ts": canary}},
        "ts NaN": whole | {"event": message | {"ts": float("nan")}},
        "ts beyond all years": whole | {"event": message | {"ts": "9" * 400}},
        "time NaN": whole | {"event": home, "event_time": float("nan")},
        "time endless": whole | {"event": home, "event_time": float("inf")},
        "time a word": whole | {"event": home, "event_time": canary},
        "no event id": {"type": "event_callback", "event": home, "text": canary},
        "authorizations a number": whole | {"event": message, "authorizations": 5},
        "authorizations of words": whole | {"event": message, "authorizations": [canary]},
        "authorizations null": whole | {"event": message, "authorizations": [None]},
        "enterprise a number": whole | {"event": message, "enterprise": 5},
        "team a number": whole | {"event": message, "team": 5},
        "channel a number": whole | {"event": message, "channel": 5},
        "shared with nobody": whole | {"event": None, "is_ext_shared_channel": True},
        "user a number": press | {"user": 5, "actions": [action]},
        "user of a press a string": press | {"user": canary, "actions": [action]},
        "no actions": press,
        "empty actions": press | {"actions": []},
        "actions an object": press | {"actions": {"0": action}},
        "an action of words": press | {"actions": [canary]},
        "an action without a name": press | {"actions": [{"type": "button", "value": canary}]},
        "a value that is a list": press | {"actions": [action | {"value": [canary]}]},
        "a container of words": press | {"actions": [action], "container": canary},
        "a block id 900 deep, of nobody": press | {"actions": [{**action, "block_id": _deep(900)}], "user": {"id": 5}},
        "no view": submit,
        "a view of no type": submit | {"view": {"id": "V0", "callback_id": canary}},
        "view a number": submit | {"view": 5},
        "state a string": submit | {"view": view | {"state": canary}},
        "values a list": submit | {"view": view | {"state": {"values": [canary]}}},
        "a field of words": submit | {"view": view | {"state": {"values": {"text": canary}}}},
        "an answer that is a list": submit | {"view": view | {"state": {"values": {"text": {"answer": [canary]}}}}},
        "a value that is an object": submit | {"view": view | {"state": _state({"value": {"text": canary}})}},
        "a choice of words": submit | {"view": view | {"state": _state({"selected_option": canary})}},
        "metadata a list": submit | {"view": view | {"private_metadata": [canary]}},
        "a shortcut of nobody": {"type": "shortcut", "callback_id": "worry", "trigger_id": "1", "text": canary},
        "a message shortcut on nothing": {"type": "message_action", "user": {"id": user}, "text": canary},
        "a command of nobody": {"command": "/yorisoi", "text": canary},
        "a command that is a list": {"command": ["/yorisoi"], "user_id": [user], "text": canary},
    }


def _state(filled: Json) -> Json:
    return {"values": {"text": {"answer": filled}}}


def _deep(levels: int) -> Any:
    return json.loads("[" * levels + "]" * levels)
