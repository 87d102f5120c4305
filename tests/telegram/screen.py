"""What one person has in front of them: the private chat with the bot, and the group they look at."""

from dataclasses import dataclass

from tests.telegram.chats import Chats
from tests.telegram.shapes import Chat, Json, Message, User


@dataclass
class Pressable:
    """button: of an inline keyboard, or of the reply keyboard (inline is false)."""

    label: str
    message: Message
    button: Json
    inline: bool


class Screen:
    """alerts: what the answers to this person's presses said, oldest first; group: the one looked at."""

    def __init__(self, chats: Chats, user: User) -> None:
        self.chats, self.user = chats, user
        self.group: Chat | None = None

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.chats.private(self.user)

    @property
    def messages(self) -> list[Message]:
        """What stands in the private chat and in the group looked at, oldest first."""
        places = {self.id} | ({self.group.id} if self.group is not None else set())
        return [message for message in self.chats.messages if message.chat.id in places and not message.deleted]

    @property
    def letters(self) -> list[Message]:
        """The bot's messages in the private chat."""
        return self.chats.by_bot(self.id)

    @property
    def screen(self) -> str:
        """Every word this person can see now."""
        lines = [line for message in self.messages for line in _words(message)]
        return "\n".join([*lines, *(each.label for each in reversed(self.pressables)), *self.alerts])

    def sees(self, words: str) -> bool:
        return words in self.screen

    async def sees_soon(self, words: str, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        await self.chats.until(lambda: self.sees(words), timeout, f"{self.user.first_name} seeing {words!r}")

    @property
    def pressables(self) -> list[Pressable]:
        """Every button in front of this person, the newest first; only the last reply keyboard is there."""
        messages = self.messages
        keyboards = [message for message in messages if _sets_keyboard(message)]
        newest = keyboards[-1] if keyboards else None
        found: list[Pressable] = []
        for message in reversed(messages):
            inline = "inline_keyboard" in (message.markup or {})
            if inline or message is newest:
                rows = (message.markup or {}).get("inline_keyboard" if inline else "keyboard", [])
                found += [Pressable(each["text"], message, each, inline) for row in rows for each in row]
        return found

    @property
    def buttons(self) -> list[str]:
        return [each.label for each in self.pressables]

    @property
    def alerts(self) -> list[str]:
        answers = [each.answer for each in self.chats.callbacks.values() if each.user.id == self.id and each.answer]
        return [str(answer["text"]) for answer in answers if answer.get("text")]

    @property
    def unanswered(self) -> int:
        """How many of this person's presses still show the waiting mark."""
        return sum(each.user.id == self.id and each.answer is None for each in self.chats.callbacks.values())


def _sets_keyboard(message: Message) -> bool:
    """A new keyboard, or word that the old one goes."""
    return bool({"keyboard", "remove_keyboard"} & set(message.markup or {}))


def _words(message: Message) -> list[str]:
    caption = message.content.get("caption")
    return [each for each in (message.text, caption) if isinstance(each, str) and each]
