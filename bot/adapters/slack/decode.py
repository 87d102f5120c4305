"""Payload → Arrival; pure, and at peace with any payload at all."""

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked, Undecodable, Way
from bot.adapters.slack.dialogs import LATER
from bot.adapters.slack.escaping import plain
from bot.chat.events import Address, Body, Command, Event, Press, Submit, Text

PLATFORM = "slack"
SAID = (None, "file_share", "thread_broadcast", "me_message")
"""Subtypes of what a person says; all others tell of something else, or of an edit with the old text in it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Who we are here. enterprise: the organisation around the workspace, if there is one."""

    team: str
    bot_user: str
    bot: str
    enterprise: str = ""


class Decoder:
    """commands: what may stand behind the slash command; anything else there is a question."""

    def __init__(self, workspace: Workspace, commands: Collection[str], now: Callable[[], datetime]) -> None:
        self._here, self._commands, self._now = workspace, commands, now

    def decode(self, payload: object) -> Arrival | Revoked | Elsewhere | None:
        """None for what is none of our business. Raises Undecodable for what has no shape of Slack's."""
        try:
            return self._decode(_table(payload))
        except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError, OSError, RecursionError) as error:
            raise Undecodable(type(error).__name__) from None

    def _decode(self, payload: Mapping[str, Any]) -> Arrival | Revoked | Elsewhere | None:
        if self._elsewhere(payload):
            return Elsewhere()
        match payload.get("type"):
            case "event_callback":
                return self._happened(payload, _table(payload["event"]))
            case "block_actions":
                return self._pressed(payload)
            case "view_submission":
                return self._submitted(payload, _table(payload["view"]))
            case "shortcut":
                return self._reached(payload)
            case "message_action":
                return self._reached(payload, plain(_word(_table(payload["message"]).get("text") or "")))
            case None if "command" in payload:
                return self._commanded(payload)
        return None

    def _elsewhere(self, payload: Mapping[str, Any]) -> bool:
        """An event of a workspace that is not ours, though it carries our signature."""
        team = payload.get("team_id") or (payload.get("team") or {}).get("id") or ""
        enterprise = payload.get("enterprise_id") or (payload.get("enterprise") or {}).get("id") or ""
        return bool(team) and team != self._here.team and not self._ours(enterprise)

    def _home(self, payload: Mapping[str, Any]) -> str:
        """The workspace this comes from: ours, or, after _elsewhere, one of the same organisation."""
        return _word(payload.get("team_id") or (payload.get("team") or {}).get("id") or "")

    def _ours(self, group: str) -> bool:
        return bool(group) and group in (self._here.team, self._here.enterprise)

    def _happened(self, payload: Mapping[str, Any], event: Mapping[str, Any]) -> Arrival | Revoked | None:
        match event["type"]:
            case "message" if event.get("channel_type") == "im" and self._by_person(event):
                return self._said(event, self._home(payload))
            case "app_mention" if self._by_person(event):
                return self._mentioned(event, self._home(payload))
            case "app_home_opened" if event.get("tab") == "home":
                at = _moment(payload.get("event_time", 0))
                return self._arrival(_word(payload["event_id"]), _word(event["user"]), Command("home"), "home", at)
            case "tokens_revoked" | "app_uninstalled":
                return Revoked()
        return None

    def _by_person(self, event: Mapping[str, Any]) -> bool:
        """Neither a bot, nor we ourselves, nor news about an older message."""
        mine = event.get("user") in (None, self._here.bot_user, "USLACKBOT") or event.get("bot_id")
        return not mine and event.get("subtype") in SAID and not event.get("hidden")

    def _said(self, event: Mapping[str, Any], home: str) -> Arrival:
        words = plain(_word(event.get("text") or ""))
        body: Body = Command("file") if event.get("files") and not words else Text(words)
        return self._message(event, body, "chat", self._private(_word(event["user"])), home)

    def _mentioned(self, event: Mapping[str, Any], home: str) -> Arrival:
        words = plain(_word(event.get("text") or ""))
        body = Command("ask", words) if words else Command("menu")
        channel = _word(event["channel"])
        thread = reference(channel, _word(event.get("thread_ts") or ""))
        return self._message(event, body, "aside", Address(PLATFORM, self._here.team, channel, thread), home)

    def _message(self, event: Mapping[str, Any], body: Body, way: Way, address: Address, home: str) -> Arrival:
        """Known by where and when it was written: a message heard twice, live and in a back-fill, is one event."""
        channel, stamp = _word(event["channel"]), _word(event["ts"])
        team = event.get("user_team") or event.get("team") or ""
        return self._arrival(
            f"message:{channel}:{stamp}",
            _word(event["user"]),
            body,
            way,
            _moment(stamp),
            address,
            channel=channel,
            thread=_word(event.get("thread_ts") or ""),
            foreign=bool(team) and team != home and not self._ours(_word(team)),
        )

    def _commanded(self, payload: Mapping[str, Any]) -> Arrival:
        """Nobody else sees what is typed behind a slash command; only /here speaks of the channel it is typed in."""
        typed = plain(_word(payload.get("text") or "")).split(maxsplit=1)  # at any space, the wide one too
        name, rest = (*typed, "", "")[:2]
        user, channel = _word(payload["user_id"]), _word(payload["channel_id"])
        body = Command("menu")
        if name:
            command = unicodedata.normalize("NFKC", name).lower()
            known = command in self._commands
            body = Command(command, rest.strip()) if known else Command("ask", f"{name} {rest}".strip())
        group = body.name == "here" and not channel.startswith("D")
        return self._arrival(
            _hash("command", payload["trigger_id"], user, channel, payload.get("text")),
            user,
            body,
            "dialog",
            self._now(),
            Address(PLATFORM, self._here.team, channel) if group else None,
            trigger=_word(payload["trigger_id"]),
            response_url=_word(payload.get("response_url") or ""),
        )

    def _pressed(self, payload: Mapping[str, Any]) -> Arrival | None:
        action = _table(payload["actions"][0])
        if action.get("type", "button") != "button":
            return None  # a choice that only changes what a dialog holds
        name, argument = _word(action["action_id"]).partition("#")[0], _word(action.get("value") or "")
        container, view = _table(payload.get("container") or {}), _table(payload.get("view") or {})
        body: Body = Press(name, argument)
        if name == LATER and view:
            body = Submit(LATER, _answers(view), argument)
        place, passing = self._place(container, view), bool(container.get("is_ephemeral"))
        known_by = (payload.get("trigger_id"), action.get("action_ts"), action.get("block_id"), view.get("hash"))
        return self._arrival(
            _hash("press", self._user(payload), action["action_id"], argument, *known_by),
            self._user(payload),
            body,
            "dialog",
            _moment(action.get("action_ts") or 0),
            None if passing else place,
            trigger=_word(payload.get("trigger_id") or ""),
            view=_word(view.get("id") or "") if view.get("type") == "modal" else "",
            response_url=_word(payload.get("response_url") or ""),
            passing=passing,
            foreign=self._guest(payload),
        )

    def _place(self, container: Mapping[str, Any], view: Mapping[str, Any]) -> Address | None:
        """The channel whose message was pressed; None where only this person and the bot are."""
        channel = _word(container.get("channel_id") or "")
        if view or not channel or channel.startswith("D"):
            return None
        thread = reference(channel, _word(container.get("thread_ts") or ""))
        return Address(PLATFORM, self._here.team, channel, thread)

    def _submitted(self, payload: Mapping[str, Any], view: Mapping[str, Any]) -> Arrival:
        user, form = self._user(payload), _word(view["callback_id"])
        return self._arrival(
            _hash("submit", user, payload.get("trigger_id"), view["id"], view.get("hash")),
            user,
            Submit(form, _answers(view), _word(view.get("private_metadata") or "")),
            "submission",
            self._now(),
            trigger=_word(payload.get("trigger_id") or ""),
            view=_word(view["id"]),
            foreign=self._guest(payload),
        )

    def _reached(self, payload: Mapping[str, Any], words: str = "") -> Arrival:
        """A shortcut carries the name of a command; words: of the message it was used on."""
        user, stamp = self._user(payload), _word(payload["action_ts"])
        body = Command(_word(payload["callback_id"]), words)
        return self._arrival(
            _hash(payload["type"], payload["trigger_id"], user, stamp),
            user,
            body,
            "dialog",
            _moment(stamp),
            trigger=_word(payload["trigger_id"]),
            response_url=_word(payload.get("response_url") or ""),
            foreign=self._guest(payload),
        )

    def _user(self, payload: Mapping[str, Any]) -> str:
        return _word(_table(payload["user"])["id"])

    def _guest(self, payload: Mapping[str, Any]) -> bool:
        team = _table(payload["user"]).get("team_id") or ""
        return bool(team) and team != self._home(payload) and not self._ours(_word(team))

    def _private(self, user: str) -> Address:
        return Address(PLATFORM, self._here.team, user)

    def _arrival(
        self, known_by: str, user: str, body: Body, way: Way, at: datetime, group: Address | None = None, **passing: Any
    ) -> Arrival:
        if not user:
            raise ValueError("nobody did this")
        address = group or self._private(user)
        event = Event(
            id=known_by,
            sender=user,
            address=address,
            direct=address.channel == user,
            modal=way in ("dialog", "submission"),
            at=at,
            body=body,
            dialogs=True,
        )
        return Arrival(event, way, **passing)


def reference(channel: str, stamp: str) -> str:
    """How a message is named to the house; empty for none."""
    return f"{channel}/{stamp}" if stamp else ""


def _answers(view: Mapping[str, Any]) -> dict[str, str]:
    blocks = _table(_table(view.get("state") or {}).get("values") or {})
    return {name: _answer(_table(next(iter(_table(block).values())))) for name, block in blocks.items() if block}


def _answer(filled: Mapping[str, Any]) -> str:
    chosen = filled.get("selected_option")
    return _word(_table(chosen)["value"] if chosen else filled.get("value") or "")


def _hash(*parts: object) -> str:
    """Stable: the same press brought again is the same event; and it says nothing of who pressed."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _moment(stamp: object) -> datetime:
    return datetime.fromtimestamp(float(str(stamp)), UTC)


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value
