"""Slash commands, button presses, submissions and shortcuts exactly as Slack sends them."""

from tests.slack.blocks import Json
from tests.slack.doors import Doors
from tests.slack.messages import as_message
from tests.slack.methods_views import as_view
from tests.slack.payloads import VERIFICATION_TOKEN
from tests.slack.views import OpenView
from tests.slack.workspace import APP, DOMAIN, TEAM, Channel, Ephemeral, Post, Workspace

_PLAIN = {"im": "directmessage", "private": "privategroup"}


class Interactions:
    def __init__(self, workspace: Workspace, doors: Doors) -> None:
        self._workspace, self._doors = workspace, doors

    def slash(self, user: str, channel: str, command: str, text: str) -> Json:
        """The fields of the form; text: already escaped."""
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": TEAM,
            "team_domain": DOMAIN,
            "channel_id": channel,
            "channel_name": self._channel(channel)["name"],
            "user_id": user,
            "user_name": self._workspace.users[user].name,
            "command": command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self._doors.response_url(channel, user),
            "trigger_id": self._doors.trigger(user),
        }

    def block_actions(self, user: str, source: Post | Ephemeral | OpenView, block: Json, element: Json) -> Json:
        """An element of a message, a modal or a home was used."""
        payload = self._payload("block_actions", user) | {"actions": [self._action(block, element)]}
        if isinstance(source, OpenView):
            container = {"type": "view", "view_id": source.id}
            return payload | {"container": container, "view": _filled(source)}
        channel = source.channel
        container = {"type": "message", "message_ts": source.ts, "channel_id": channel}
        container["is_ephemeral"] = isinstance(source, Ephemeral)  # type: ignore[assignment]
        payload |= {"container": container, "channel": self._channel(channel), "state": {"values": {}}}
        payload["response_url"] = self._doors.response_url(channel, user, source)
        return payload | ({"message": as_message(self._workspace, source)} if isinstance(source, Post) else {})

    def _action(self, block: Json, element: Json) -> Json:
        action = {name: element[name] for name in ("action_id", "text", "value", "type", "style") if name in element}
        return action | {"block_id": block["block_id"], "action_ts": self._workspace.ts()}

    def view_submission(self, opened: OpenView) -> Json:
        payload = self._payload("view_submission", opened.user)
        return payload | {"view": _filled(opened), "response_urls": []}

    def view_closed(self, opened: OpenView, *, cleared: bool) -> Json:
        payload = self._payload("view_closed", opened.user)
        del payload["trigger_id"]
        return payload | {"view": as_view(opened), "is_cleared": cleared}

    def shortcut(self, user: str, callback_id: str) -> Json:
        payload = self._payload("shortcut", user)
        return payload | {"callback_id": callback_id, "action_ts": self._workspace.ts()}

    def message_action(self, user: str, callback_id: str, post: Post) -> Json:
        message = as_message(self._workspace, post)
        return self._payload("message_action", user) | {
            "callback_id": callback_id,
            "action_ts": self._workspace.ts(),
            "message_ts": post.ts,
            "message": message,
            "channel": self._channel(post.channel),
            "response_url": self._doors.response_url(post.channel, user, post),
        }

    def _payload(self, kind: str, user: str) -> Json:
        person = self._workspace.users[user]
        return {
            "type": kind,
            "token": VERIFICATION_TOKEN,
            "api_app_id": APP,
            "team": {"id": TEAM, "domain": DOMAIN},
            "user": {"id": user, "username": person.name, "name": person.name, "team_id": person.team},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._doors.trigger(user),
        }

    def _channel(self, channel_id: str) -> Json:
        channel: Channel = self._workspace.channels[channel_id]
        return {"id": channel_id, "name": _PLAIN.get(channel.kind, channel.name)}


def _filled(opened: OpenView) -> Json:
    """In interactions the values are always an object."""
    return as_view(opened) | {"state": {"values": opened.state}}
