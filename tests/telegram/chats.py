"""The state of one Telegram as the bot can reach it, and the ledger of every call: no network, no rules."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.telegram.shapes import Callback, Chat, Json, Kind, Message, Topic, User

BOT_ID = 7_000_000_001
BOT_NAME = "fake_yorisoi_bot"


def real_time() -> datetime:
    return datetime.now(UTC)


class Chats:
    """privacy: the bot hears only what is meant for it in groups. actions: every "is typing".

    commands: the menus by scope and language, the scope as JSON in a string.
    """

    def __init__(self, now: Callable[[], datetime] = real_time) -> None:
        self.now = now
        self.privacy = True
        self.bot = User(BOT_ID, "Yorisoi", BOT_NAME, bot=True)
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.messages: list[Message] = []
        self.callbacks: dict[str, Callback] = {}
        self.actions: list[tuple[int, str]] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.calls: list[tuple[str, Json]] = []
        self._user_ids, self._group_ids, self._supergroup_ids = (
            count(5_000_000_001),
            count(4_000_001),
            count(2_000_000_001),
        )
        self._callback_ids = count(410_000_000_000_000_001)
        self._change = asyncio.Event()

    def tell(self) -> None:
        """Wakes everybody who waits for something to change here."""
        change, self._change = self._change, asyncio.Event()
        change.set()

    async def until(self, holds: Callable[[], object], timeout: float = 5.0, hope: str = "it") -> None:  # noqa: ASYNC109
        """Waits until this holds; it is asked again after every change."""
        try:
            async with asyncio.timeout(timeout):
                while not holds():
                    await self._change.wait()
        except TimeoutError:
            raise AssertionError(f"{hope} did not happen within {timeout} s; {self.outline()}") from None

    def outline(self) -> str:
        """What stands here now, for the message of a test that waited in vain."""
        methods = [method for method, _ in self.calls if method != "getUpdates"]
        calls = ", ".join(methods[-8:]) or "none"
        lines = (f"  {each.chat.id} {each.sender.first_name}: {each.text[:80]!r}" for each in self.messages[-8:])
        return f"last calls: {calls}; newest messages:\n" + "\n".join(lines)

    def called(self, method: str) -> list[Json]:
        """The arguments of every call of this method."""
        return [args for name, args in self.calls if name == method]

    def record(self, method: str, args: Json) -> None:
        self.calls.append((method, args))
        self.tell()

    def add_user(self, first_name: str, **more: Any) -> User:
        user = User(next(self._user_ids), first_name, **more)
        self.users[user.id] = user
        return user

    def private(self, user: User) -> Chat:
        """The chat of this person with the bot; it has the person's id, and the bot knows of it once it is started."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", person=user.id, members={user.id})
        return self.chats[user.id]

    def add_chat(self, title: str, kind: Kind, **more: Any) -> Chat:
        number = -next(self._group_ids) if kind == "group" else -1_000_000_000_000 - next(self._supergroup_ids)
        self.chats[number] = Chat(number, kind, title, **more)
        return self.chats[number]

    def add_topic(self, chat: Chat, name: str, creator: User) -> Topic:
        """A topic has the id of the service message that opened it."""
        content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opened = self.post(chat, creator, content=content)
        opened.thread = opened.id
        chat.topics[opened.id] = Topic(opened.id, name, creator.id)
        return chat.topics[opened.id]

    def post(self, chat: Chat, sender: User, text: str = "", **more: Any) -> Message:
        message = Message(chat, len(chat.messages) + 1, self.now(), sender, text, **more)
        chat.messages[message.id] = message
        self.messages.append(message)
        self.tell()
        return message

    def press(self, user: User, message: Message, data: str) -> Callback:
        callback = Callback(str(next(self._callback_ids)), user, message, data, self.now())
        self.callbacks[callback.id] = callback
        return callback

    def find(self, chat: Chat, message_id: int) -> Message | None:
        message = chat.messages.get(message_id)
        return None if message is None or message.deleted else message

    def standing(self, chat: Chat) -> Iterator[Message]:
        """What is still to be seen there, oldest first."""
        return (message for message in chat.messages.values() if not message.deleted)

    def by_bot(self, chat_id: int = 0) -> list[Message]:
        """The bot's messages that stand, everywhere or in one chat; service notes do not count."""
        return [
            message
            for message in self.messages
            if message.by_bot and not message.deleted and not message.service and chat_id in (0, message.chat.id)
        ]
