"""A human in front of Telegram: types, presses, blocks, comes back and sees."""

import re
from typing import Literal

from tests.telegram.chats import BOT_NAME
from tests.telegram.groups import TelegramGroup
from tests.telegram.rules import TEXT
from tests.telegram.screen import Pressable, Screen
from tests.telegram.shapes import Callback, Chat, Json, Message, Topic, User
from tests.telegram.typed import find, units
from tests.telegram.updates import Updates, file_content, member

LINK_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
File = Literal["document", "photo", "voice", "sticker", "video"]


class TelegramPerson(Screen):
    """Every act is done when Telegram has it; what the bot makes of it shows later."""

    def __init__(self, updates: Updates, user: User) -> None:
        super().__init__(updates.chats, user)
        self._updates = updates

    async def starts(self, code: str = "") -> Message:
        """Presses start, as behind a link with this code."""
        assert not code or LINK_CODE.fullmatch(code), "no link carries such a code; a forged one can be said"
        if self.chat.blocked:
            await self.returns()
        return self._types(self.chat, f"/start {code}".strip())

    async def says(self, text: str, reply_to: Message | None = None) -> Message:
        """Writes to the bot alone."""
        return self._types(self.chat, text, reply_to=reply_to)

    async def commands(self, name: str, argument: str = "") -> Message:
        return await self.says(f"/{name} {argument}".strip())

    async def says_in(
        self, group: TelegramGroup, text: str, topic: Topic | None = None, reply_to: Message | None = None
    ) -> Message:
        group.chat.members.add(self.id)
        return self._types(group.chat, text, topic, reply_to)

    async def commands_in(
        self, group: TelegramGroup, name: str, argument: str = "", topic: Topic | None = None
    ) -> Message:
        """The menu of a group writes the bot's name behind the command."""
        return await self.says_in(group, f"/{name}@{BOT_NAME} {argument}".strip(), topic)

    async def mentions(self, group: TelegramGroup, text: str, topic: Topic | None = None) -> Message:
        return await self.says_in(group, f"@{BOT_NAME} {text}", topic)

    async def presses(self, label: str) -> Callback | Message:
        """The newest button with this label."""
        found = next((each for each in self.pressables if each.label == label), None)
        assert found is not None, f"{self.user.first_name} sees no button {label!r}; there is {self.buttons}"
        return await self.presses_this(found)

    async def presses_this(self, found: Pressable) -> Callback | Message:
        if not found.inline:
            return self._types(found.message.chat, found.label)
        url = str(found.button.get("url") or "")
        if f"t.me/{BOT_NAME}" in url:
            return await self.starts(url.partition("start=")[2])
        return self.sends_press(found.message, str(found.button.get("callback_data") or ""))

    def sends_press(self, message: Message, data: str) -> Callback:
        """A press with any data at all, forged or stale."""
        callback = self.chats.press(self.user, message, data)
        self._updates.callback(callback)
        self.chats.tell()
        return callback

    async def forwards(self, text: str, of: str = "Somebody") -> Message:
        """Passes on to the bot what somebody else wrote elsewhere."""
        date = int(self.chats.now().timestamp())
        origin = {"type": "hidden_user", "sender_user_name": of, "date": date}
        return self._types(self.chat, text, content={"forward_origin": origin})

    async def edits(self, message: Message, text: str) -> None:
        message.text, message.entities, message.edited = text, find(text), self.chats.now()
        self.chats.tell()
        if self._is_heard(message):
            self._updates.edited(message)

    async def deletes(self, message: Message) -> None:
        """The bot is never told."""
        message.deleted = True
        self.chats.tell()

    async def blocks(self) -> None:
        self._turn(blocked=True)

    async def returns(self) -> None:
        """Lets the bot write again."""
        self._turn(blocked=False)

    def _turn(self, *, blocked: bool) -> None:
        self.chat.blocked = blocked
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        bot = self.chats.bot
        self._updates.my_chat_member(self.chat, self.user, member(bot, was), member(bot, now))
        self.chats.tell()

    async def leaves_telegram(self) -> None:
        """Deletes the account."""
        self.user.deleted = True
        self.chats.tell()

    async def sends_file(
        self, kind: File = "document", caption: str = "", group: TelegramGroup | None = None
    ) -> Message:
        content = file_content(kind, f"FAKEFILE{len(self.chats.messages):08d}", caption)
        chat = group.chat if group is not None else self.chat
        chat.started = True
        message = self.chats.post(chat, self.user, content=content)
        if self._is_heard(message):
            self._updates.message(message)
        return message

    def look(self, group: TelegramGroup | None = None) -> None:
        """Turns to a group, or back to the private chat alone."""
        self.group = group.chat if group is not None else None

    def _types(
        self,
        chat: Chat,
        text: str,
        topic: Topic | None = None,
        reply_to: Message | None = None,
        content: Json | None = None,
    ) -> Message:
        assert not chat.blocked, "nobody writes to a bot they blocked"
        assert units(text) <= TEXT, "a client would not send so long a text in one piece"
        chat.started = True
        thread, answered = topic.id if topic is not None else 0, reply_to.id if reply_to is not None else 0
        message = self.chats.post(
            chat, self.user, text, entities=find(text), thread=thread, reply_to=answered, content=content or {}
        )
        if self._is_heard(message):
            self._updates.message(message)
        return message

    def _is_heard(self, message: Message) -> bool:
        """With privacy on, a bot without rights in a group hears what is meant for it and nothing else."""
        chat = message.chat
        if chat.kind == "private":
            return True
        if chat.status in ("left", "kicked") or chat.migrated_to:
            return False
        if not self.chats.privacy or chat.status == "administrator":
            return True
        answered = chat.messages.get(message.reply_to)
        named = f"@{BOT_NAME}" in message.text.lower()
        return named or _is_command(message) or (answered is not None and answered.by_bot)


def _is_command(message: Message) -> bool:
    """One that names no bot is for all of them."""
    return message.text.startswith("/") and "@" not in message.text.split()[0]
