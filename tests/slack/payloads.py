"""Event callbacks exactly as Slack sends them to the Events API and over Socket Mode."""

import re
from typing import Any
from uuid import uuid4

from tests.slack.blocks import Json, unescape
from tests.slack.messages import as_event, as_message
from tests.slack.methods_views import as_view
from tests.slack.workspace import APP, BOT, TEAM, Post, Workspace

_MENTION = re.compile(r"(<@U\w+>)")
VERIFICATION_TOKEN = "fake-verification-token"


class Payloads:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def callback(self, event: Json, *, event_id: str = "") -> Json:
        """The envelope of every event. event_id: of an earlier one, to bring it a second time."""
        number = self._workspace.number()
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": TEAM,
            "context_team_id": TEAM,
            "context_enterprise_id": None,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev0FAKE{number}",
            "event_time": self._workspace.seconds(),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": TEAM,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": f"4-fakecontext{number}",
        }

    def message(self, post: Post) -> Json:
        """message.im, message.channels or message.groups, by where it was posted."""
        return self.callback(self._typed(post))

    def app_mention(self, post: Post) -> Json:
        event = self._typed(post) | {"type": "app_mention"}
        del event["channel_type"]
        return self.callback(event)

    def _typed(self, post: Post) -> Json:
        event = as_event(self._workspace, post)
        if post.bot or post.subtype:
            return event
        return event | {"client_msg_id": str(uuid4()), "blocks": rich_text(post.text)}

    def bot_message(self, channel: str, text: str, bot_id: str = "B0OTHER") -> Json:
        """Another app speaks."""
        ts = self._workspace.ts()
        event = {"type": "message", "subtype": "bot_message", "text": text, "ts": ts, "bot_id": bot_id}
        kind = "im" if self._workspace.channels[channel].kind == "im" else "channel"
        return self.callback(event | {"channel": channel, "event_ts": ts, "channel_type": kind})

    def message_changed(self, post: Post, text: str) -> Json:
        """Somebody edits what they said; the post changes, too."""
        previous = as_message(self._workspace, post)
        post.text, post.edited = text, self._workspace.ts()
        return self._about(post, "message_changed", post.edited, message=self._now(post), previous_message=previous)

    def message_deleted(self, post: Post) -> Json:
        """Somebody takes back what they said; the post is gone, too."""
        previous = as_message(self._workspace, post)
        post.deleted = True
        ts = self._workspace.ts()
        return self._about(post, "message_deleted", ts, deleted_ts=post.ts, previous_message=previous)

    def _now(self, post: Post) -> Json:
        return as_message(self._workspace, post) | {"blocks": post.blocks or rich_text(post.text)}

    def _about(self, post: Post, subtype: str, ts: str, **more: Any) -> Json:
        kind = as_event(self._workspace, post)["channel_type"]
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": post.channel, "ts": ts}
        return self.callback(event | {"event_ts": ts, "channel_type": kind} | more)

    def file_share(self, channel: str, user: str, text: str = "") -> Json:
        post = self._workspace.post(channel, text, user=user, subtype="file_share")
        file = {"id": "F0FAKE", "name": "note.txt", "mimetype": "text/plain", "user": user, "mode": "hosted"}
        return self.callback(as_event(self._workspace, post) | {"files": [file], "upload": True})

    def app_home_opened(self, user: str, tab: str = "home") -> Json:
        event: Json = {"type": "app_home_opened", "user": user, "channel": self._workspace.im(user).id, "tab": tab}
        home = self._workspace.views.homes.get(user)
        if tab == "home" and home is not None:
            event["view"] = as_view(home)
        return self.callback(event | {"event_ts": self._workspace.ts()})

    def member_joined(self, channel: str, user: str = BOT) -> Json:
        event = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": "C", "team": TEAM}
        return self.callback(event | {"event_ts": self._workspace.ts()})

    def tokens_revoked(self) -> Json:
        return self._bare({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}})

    def app_uninstalled(self) -> Json:
        return self._bare({"type": "app_uninstalled"})

    def _bare(self, event: Json) -> Json:
        """There is no authorization left to name."""
        return self.callback(event | {"event_ts": self._workspace.ts()}) | {"authorizations": []}


def rich_text(text: str) -> list[Json]:
    """The block a client makes of what was typed; the words stand in it unescaped."""
    elements = [_element(part) for part in _MENTION.split(text) if part]
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


def _element(part: str) -> Json:
    if _MENTION.fullmatch(part):
        return {"type": "user", "user_id": part[2:-1]}
    return {"type": "text", "text": unescape(part)}
