"""Updates exactly as Telegram sends them, each put into the queue when it is made."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.telegram.chats import Chats
from tests.telegram.messages import as_chat, as_gone, as_message, as_user
from tests.telegram.shapes import Callback, Chat, Json, Message, User
from tests.telegram.typed import find
from tests.telegram.update_queue import DAY, UpdateQueue

CALLBACK_LIFE = timedelta(seconds=150)
INLINE_LIFE = timedelta(seconds=30)

_FILES: Mapping[str, Json] = {
    "document": {"file_name": "名簿.txt", "mime_type": "text/plain", "file_size": 12},
    "voice": {"duration": 3, "mime_type": "audio/ogg", "file_size": 900},
    "sticker": {
        "width": 512,
        "height": 512,
        "emoji": "😀",
        "set_name": "FakeStickers",
        "is_animated": False,
        "is_video": False,
        "type": "regular",
        "file_size": 900,
    },
    "photo": {"width": 90, "height": 67, "file_size": 900},
    "video": {"width": 90, "height": 67, "duration": 3, "file_size": 900},
}


class Updates:
    """Every method returns the id of the update it queued, with the usual gaps of kinds the bot did not ask for."""

    def __init__(self, chats: Chats, queue: UpdateQueue) -> None:
        self.chats, self.queue = chats, queue

    def message(self, message: Message) -> int:
        """A new message, or a post in a channel."""
        kind = "channel_post" if message.chat.kind == "channel" else "message"
        return self._push(kind, self.shown(message), message.chat.id, self._left(message.date))

    def edited(self, message: Message) -> int:
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        message.edited = message.edited or self.chats.now()
        return self._push(kind, self.shown(message), message.chat.id, self._left(message.edited))

    def callback(self, callback: Callback) -> int:
        message = callback.message
        gone = as_gone(as_chat(message.chat, self.chats.users), message.id)
        body: Json = {
            "id": callback.id,
            "from": as_user(callback.user),
            "message": gone if message.deleted else self.shown(message),
            "chat_instance": str(-(abs(message.chat.id) + 77)),
            "data": callback.data,
        }
        return self.queue.push("callback_query", body, f"callback {callback.user.id}", CALLBACK_LIFE)

    def my_chat_member(self, chat: Chat, by: User, old: Json, new: Json) -> int:
        """The bot itself was blocked, let in again, added, removed, promoted or demoted."""
        body = {
            "chat": as_chat(chat, self.chats.users),
            "from": as_user(by),
            "date": self._seconds(),
            "old_chat_member": old,
            "new_chat_member": new,
        }
        return self._push("my_chat_member", body, chat.id)

    def business_message(self, user: User, text: str, connection: str = "fake-business-connection") -> int:
        """Somebody wrote to an account that a business connected with the bot."""
        chat = as_chat(Chat(user.id, "private", person=user.id), self.chats.users)
        body: Json = {"business_connection_id": connection, "message_id": 1, "from": as_user(user), "chat": chat}
        body |= {"date": self._seconds(), "text": text, "entities": find(text)}
        return self.queue.push("business_message", body, f"business {user.id}")

    def business_connection(self, user: User, connection: str = "fake-business-connection") -> int:
        body = {"id": connection, "user": as_user(user), "user_chat_id": user.id, "date": self._seconds()}
        return self.queue.push("business_connection", body | {"is_enabled": True}, f"business {user.id}")

    def inline_query(self, user: User, text: str) -> int:
        body = {"id": "990001", "from": as_user(user), "query": text, "offset": "", "chat_type": "sender"}
        return self.queue.push("inline_query", body, f"inline {user.id}", INLINE_LIFE)

    def reaction(self, user: User, message: Message, emoji: str = "👍") -> int:
        """Goes out only to a bot that asked for reactions."""
        body = {"chat": as_chat(message.chat, self.chats.users), "message_id": message.id, "user": as_user(user)}
        body |= {"date": self._seconds(), "old_reaction": []}
        body["new_reaction"] = [{"type": "emoji", "emoji": emoji}]
        return self._push("message_reaction", body, message.chat.id)

    def poll(self, question: str = "?") -> int:
        body: Json = {
            "id": "660001",
            "question": question,
            "options": [{"persistent_id": "1", "text": "a", "voter_count": 0}],
        }
        body |= {"total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular"}
        flags = ("allows_multiple_answers", "allows_revoting", "members_only")
        return self.queue.push("poll", body | dict.fromkeys(flags, False), "poll")

    def odd(self, bodies: Mapping[str, Json], kind: str = "message") -> list[int]:
        """Queues these just as they are, malformed or not: each is {kind: body} without its update_id."""
        return [self.raw(body, kind) for body in bodies.values()]

    def raw(self, update: Json, kind: str = "message") -> int:
        """Queues one update as it is given, with the next id unless it brings an update_id of its own."""
        envelope = {"update_id": self.queue.next_id} | update
        return self.queue.push(kind, {}, "odd", envelope=envelope)

    def again(self, *update_ids: int) -> None:
        """The server forgot that these were taken."""
        self.queue.again(*update_ids)

    def renumber(self) -> None:
        """The next update has a far lower number."""
        self.queue.renumber()

    def shown(self, message: Message) -> Json:
        return as_message(message, self.chats.users)

    def _push(self, kind: str, body: Json, chat_id: int, life: timedelta = DAY) -> int:
        return self.queue.push(kind, body, f"chat {chat_id}", life)

    def _left(self, date: Any) -> timedelta:
        """A message that is a day old when Telegram hears of it is never sent."""
        left: timedelta = date + DAY - self.chats.now()
        return left

    def _seconds(self) -> int:
        return int(self.chats.now().timestamp())


def file_content(kind: str, file_id: str, caption: str = "") -> Json:
    """What a message with a file carries."""
    file = {"file_id": file_id, "file_unique_id": file_id[-8:]} | _FILES[kind]
    content: Json = {kind: [file] if kind == "photo" else file}
    return content | ({"caption": caption, "caption_entities": find(caption)} if caption else {})


def member(user: User, status: str, rights: set[str] | None = None) -> Json:
    """A ChatMember as it stands in my_chat_member and getChatMember."""
    shown: Json = {"user": as_user(user), "status": status}
    if status == "kicked":
        shown["until_date"] = 0
    if status == "administrator":
        shown |= {"can_be_edited": False, "is_anonymous": False}
        shown |= {name: name in (rights or set()) for name in _RIGHTS}
        shown["can_manage_chat"] = True
    return shown


_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_manage_topics",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
