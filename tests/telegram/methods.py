"""What every method of the Bot API stands on: its arguments, and the chat and message it may touch."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.telegram.chats import Chats
from tests.telegram.polling import Polling
from tests.telegram.shapes import Chat, Json, Message, bad_request, forbidden
from tests.telegram.updates import Updates
from tests.telegram.webhook import Webhook

OBJECTS = {
    "entities",
    "reply_markup",
    "link_preview_options",
    "reply_parameters",
    "allowed_updates",
    "commands",
    "scope",
    "message_ids",
}
"""What forms carry as JSON in a string."""


@dataclass
class Desk:
    """What a method works with."""

    chats: Chats
    updates: Updates
    polling: Polling
    webhook: Webhook

    def chat(self, args: Json, *, write: bool = False) -> Chat:
        """A chat the bot knows. write: it means to change something there."""
        named = str(args.get("chat_id") or "")
        if not named:
            raise bad_request("chat_id is empty")
        chat = self.chats.chats.get(_number(named))
        if chat is None or (chat.kind == "private" and not chat.started):
            raise self._unknown(named)
        if chat.kind == "private":
            self._check_person(chat, write=write)
        else:
            _check_group(chat, write=write)
        return chat

    def _unknown(self, named: str) -> Exception:
        """A person the bot met in a group, but who never wrote to it, can be named and not be reached."""
        user = self.chats.users.get(_number(named))
        if user is not None and any(user.id in chat.members for chat in self.chats.chats.values() if chat.id < 0):
            return forbidden("bot can't initiate conversation with a user")
        return bad_request("chat not found")

    def _check_person(self, chat: Chat, *, write: bool) -> None:
        user = self.chats.users[chat.person]
        if write and user.deleted:
            raise forbidden("user is deactivated")
        if write and user.bot:
            raise forbidden("bot can't send messages to bots")

    def reach(self, args: Json) -> Chat:
        """A chat the bot can send to."""
        chat = self.chat(args, write=True)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.writes:
            raise bad_request("not enough rights to send text messages to the chat")
        return chat

    def message(self, args: Json, name: str) -> tuple[Chat, Message]:
        """name: as the error calls it."""
        chat = self.chat(args, write=True)
        message = self.chats.find(chat, integer(args, "message_id"))
        if message is None:
            raise bad_request(f"{name} not found")
        return chat, message


def _check_group(chat: Chat, *, write: bool) -> None:
    kind = f"the {chat.kind} chat"
    if write and chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    sees = chat.kind == "group" and not write
    if chat.status == "kicked" and not sees:
        raise forbidden(f"bot was kicked from {kind}")
    if chat.status == "left" and not sees:
        raise forbidden(f"bot is not a member of {kind}")


Answer = Json | list[Json] | bool
Method = Callable[[Desk, Json], Answer | Awaitable[Answer]]


def _number(text: str) -> int:
    """Words count as 0, which is nobody."""
    return int(text) if text.isascii() and text.removeprefix("-").isdigit() else 0


def integer(args: Json, name: str, otherwise: int = 0, least: int | None = None, most: int | None = None) -> int:
    """A number inside its limits; what lies outside is brought to the nearest."""
    value = args.get(name)
    found = otherwise if value in (None, "") else _number(str(value))
    found = found if least is None else max(found, least)
    return found if most is None else min(found, most)


def truth(args: Json, name: str) -> bool:
    return str(args.get(name)).strip().lower() in ("true", "yes", "1")


def decoded(args: Json) -> Json:
    """With everything that forms carry as JSON read, where it can be read."""
    return {name: _object(name, value) for name, value in args.items()}


def _object(name: str, value: object) -> object:
    if name not in OBJECTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if name == "reply_markup":
            raise bad_request("can't parse reply keyboard markup JSON object") from None
        return value
