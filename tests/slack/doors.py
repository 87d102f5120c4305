"""What an interaction hands to the app: a trigger that opens one modal, and a response_url that answers for a while."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.slack.blocks import Json, kept
from tests.slack.limits import SlackError, check_message
from tests.slack.workspace import BOT, BOT_ID, Ephemeral, Post, Workspace

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass
class Trigger:
    user: str
    made: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    """source: the message the interaction came from, where there is one."""

    channel: str
    user: str
    made: datetime
    source: Post | Ephemeral | None
    uses: int = 0
    bodies: list[Json] = field(default_factory=list)


class Doors:
    def __init__(self, workspace: Workspace) -> None:
        self.base_url = ""
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self._workspace = workspace

    def trigger(self, user: str) -> str:
        trigger_id = f"{self._workspace.seconds()}.{self._workspace.number()}.faketrigger"
        self.triggers[trigger_id] = Trigger(user, self._workspace.now())
        return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """The user whose trigger this is; it works once, and not for long."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._workspace.now() - trigger.made > TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def response_url(self, channel: str, user: str, source: Post | Ephemeral | None = None) -> str:
        token = f"fake-response-{self._workspace.number()}"
        self.response_urls[token] = ResponseUrl(channel, user, self._workspace.now(), source)
        return f"{self.base_url}/response/{token}"

    def respond(self, token: str, body: Json) -> None:
        """What the app posts to a response_url."""
        door = self.response_urls.get(token)
        if door is None:
            raise SlackError("invalid_url")
        if self._workspace.now() - door.made > RESPONSE_LIFE:
            raise SlackError("expired_url")
        if door.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        door.uses += 1
        door.bodies.append(body)
        self.answer(door, body)

    def answer(self, door: ResponseUrl, body: Json) -> None:
        if body.get("delete_original"):
            _delete(door.source)
        else:
            check_message(body)
            self._put(door, body)
        self._workspace.tell()

    def _put(self, door: ResponseUrl, body: Json) -> None:
        text, blocks, workspace = body.get("text") or "", body.get("blocks") or [], self._workspace
        if body.get("replace_original") and door.source is not None:
            door.source.text, door.source.blocks, door.source.asked = text, kept(blocks), body
        elif body.get("response_type") == "in_channel":
            workspace.post(door.channel, text, blocks, bot=BOT_ID, user=BOT, asked=body)
        else:
            workspace.whisper(door.channel, door.user, text, blocks, body)


def _delete(source: Post | Ephemeral | None) -> None:
    if source is None:
        raise SlackError("no_text")
    source.deleted = True
