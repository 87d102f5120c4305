"""What every Web API method stands on: who calls, what they may see, and how a method is written down."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass

from tests.slack.blocks import Json
from tests.slack.doors import Doors
from tests.slack.limits import SlackError
from tests.slack.workspace import BOT, Channel, Workspace

ALL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
    }
)

SCOPE_WORD = {"public": "channels", "private": "groups", "im": "im"}


@dataclass
class Desk:
    """What a method works with. scopes: those of the bot's token; socket_url: where a new socket may connect."""

    workspace: Workspace
    doors: Doors
    scopes: set[str]
    socket_url: Callable[[], str]
    posted: Callable[[str, Json], None]
    """Told of every event that the bot's own doing causes."""

    def need(self, *scopes: str) -> None:
        """Any one of them will do."""
        if not self.scopes.intersection(scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(self.scopes)))

    def channel(self, channel_id: str) -> Channel:
        """A channel the bot can see: public, or one it is in."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or (channel.kind != "public" and BOT not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def room(self, channel_id: str) -> Channel:
        """A channel the bot can write in."""
        channel = self.channel(channel_id)
        if channel.archived:
            raise SlackError("is_archived")
        if BOT not in channel.members:
            raise SlackError("not_in_channel")
        return channel


Method = Callable[[Desk, Json], Json]


@dataclass(frozen=True)
class Entry:
    """scope: what the bot's token needs, if it is always the same. app: it takes the app-level token."""

    method: Method
    required: tuple[str, ...] = ()
    scope: str = ""
    app: bool = False


def page(found: list[Json], args: Json, most: int = 1_000) -> tuple[list[Json], str]:
    """One page of these and the cursor of the next, which is empty after the last."""
    limit = number(args.get("limit"), 100)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = from_cursor(args.get("cursor"))
    end = start + limit
    return found[start:end], to_cursor(end) if end < len(found) else ""


def to_cursor(place: int) -> str:
    return base64.b64encode(f"next:{place}".encode()).decode()


def from_cursor(cursor: object) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(str(cursor), validate=True).decode().removeprefix("next:"))
    except (ValueError, binascii.Error):
        raise SlackError("invalid_cursor") from None


def truth(value: object) -> bool:
    """Forms carry no booleans."""
    return value in (True, 1, "1", "true", "True")


def number(value: object, otherwise: int) -> int:
    try:
        return otherwise if value in (None, "") else int(str(value))
    except ValueError:
        raise SlackError("invalid_arguments", ["[ERROR] must be an integer"]) from None


def parsed(args: Json, name: str, code: str) -> object:
    """An argument that forms carry as JSON in a string."""
    value = args.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(code) from None
