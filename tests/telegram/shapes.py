"""What a Telegram consists of: users, chats, topics, messages and button presses, as plain records."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["member", "administrator", "left", "kicked"]

ADMIN_RIGHTS = frozenset({"can_delete_messages", "can_manage_topics", "can_pin_messages", "can_invite_users"})


class SentFile(dict[str, Any]):
    """A file in a call: name and size stand in the call, the bytes beside it."""

    content = b""


class TelegramError(Exception):
    """ok: false. parameters: retry_after or migrate_to_chat_id, where Telegram gives one."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(words: str, **parameters: int) -> TelegramError:
    return TelegramError(400, f"Bad Request: {words}", **parameters)


def forbidden(words: str) -> TelegramError:
    return TelegramError(403, f"Forbidden: {words}")


@dataclass
class User:
    id: int
    first_name: str
    username: str = ""
    last_name: str = ""
    language: str = "ja"
    bot: bool = False
    deleted: bool = False


@dataclass
class Topic:
    """creator: only they and those who may manage topics can close it."""

    id: int
    name: str
    creator: int
    closed: bool = False
    deleted: bool = False


@dataclass
class Chat:
    """status, rights, writes: the bot's own standing. person: whose private chat this is.

    started: the person opened the private chat; blocked: they closed it again. migrated_to: the supergroup it became.
    """

    id: int
    kind: Kind
    title: str = ""
    person: int = 0
    forum: bool = False
    members: set[int] = field(default_factory=set)
    status: Status = "member"
    rights: set[str] = field(default_factory=set)
    writes: bool = True
    started: bool = False
    blocked: bool = False
    migrated_to: int = 0
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict, repr=False)


@dataclass
class Message:
    """content: everything beside text: a photo, a service note. file: the bytes of what the bot sent. markup: its
    inline or reply keyboard.

    entities: the explicit ones and those Telegram found itself. asked: the arguments of the call that made or last
    changed it.
    """

    chat: Chat = field(repr=False)
    id: int
    date: datetime
    sender: User
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    content: Json = field(default_factory=dict)
    file: bytes = field(default=b"", repr=False)
    markup: Json | None = None
    thread: int = 0
    reply_to: int = 0
    protected: bool = False
    silent: bool = False
    edited: datetime | None = None
    deleted: bool = False
    asked: Json = field(default_factory=dict, repr=False)

    @property
    def by_bot(self) -> bool:
        return self.sender.bot

    @property
    def service(self) -> bool:
        return not self.text and any(name in SERVICE for name in self.content)


SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "forum_topic_edited",
        "pinned_message",
    }
)
"""The contents that no one typed."""


@dataclass
class Callback:
    """A press on an inline button. answer: what the bot told the person, once it did."""

    id: str
    user: User
    message: Message
    data: str
    pressed: datetime
    answer: Json | None = None
