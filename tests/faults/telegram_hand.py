"""Somebody in Telegram: what they do waits there until the bot has taken it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from tests.faults.facts import MARK
from tests.faults.slack_hand import DONE, PATIENCE, GaveUp
from tests.faults.town import Town
from tests.telegram.people import TelegramPerson
from tests.telegram.shapes import Message

WAITING_ROOM = 400
"""Updates that may wait before people wait, too."""

LAST = 12
"""Messages of a chat that somebody looks at."""


@dataclass(eq=False)
class TelegramHand:
    town: Town
    me: TelegramPerson

    async def press(self, source: Message, action: str, argument: str) -> None:
        """Telegram keeps it for the bot."""
        update = self.town.telegram.queue.next_id
        self.me.sends_press(source, f"{action}:{argument}")
        await self._taken(update)

    @property
    def paper(self) -> Message:
        """A message of long ago, whose buttons still stand."""
        chats = self.town.telegram.chats
        return Message(self.me.chat, 0, chats.now(), chats.bot, "…")

    async def join(self, code: str) -> None:
        update = self.town.telegram.queue.next_id
        await self.me.starts(code)
        await self._taken(update)

    async def write(self, text: str, place: str) -> str:
        """Question by question, to its preview; the id of the draft."""
        since = len(self.me.chat.messages)
        await self.me.commands("worry")
        since = await self._told(since, lambda each: "どんなことで" in each.text)
        await self.me.says(text)
        since = await self._told(since, lambda each: "とどける先" in each.text)
        await self.me.presses(place)
        await self._told(since, lambda each: bool(_data(each, "worry.post")))
        return next(found for each in self._recent() if (found := _data(each, "worry.post")))

    async def answer(self, post: Message, worry: str, text: str) -> bool:
        """Whether the bot said that it is on its way."""
        since = len(self.me.chat.messages)
        await self.press(post, "worry.reply", worry)
        since = await self._told(since, lambda each: bool(_data(each, "form.resume")))
        resume = next(each for each in self._recent() if _data(each, "form.resume"))
        await self.press(resume, "form.resume", _data(resume, "form.resume"))
        since = await self._told(since, lambda each: "1,000文字まで" in each.text)
        await self.me.says(text)
        try:
            await self._told(since, lambda each: DONE in each.text and MARK not in each.text)  # else perhaps of another
        except GaveUp:
            return False
        return True

    async def read(self, post: Message, answer: str) -> None:
        since = len(self.me.chat.messages)
        await self.press(post, "worry.read", answer)
        await self._told(since, lambda each: not _data(each, "worry.read"))

    def notices(self) -> list[tuple[Message, str]]:
        """Every one that stands in the private chat, with the answer it leads to."""
        standing = self.town.telegram.chats.standing(self.me.chat)
        return [(each, found) for each in standing if (found := _data(each, "worry.read")) and not each.deleted]

    async def _taken(self, update: int) -> None:
        queue, chats = self.town.telegram.queue, self.town.telegram.chats
        await chats.until(lambda: update not in queue.waiting, 60, "an update being taken")

    async def _told(self, since: int, is_it: Callable[[Message], bool]) -> int:
        """What the bot said in the private chat after so many messages; how many there are then."""

        def heard() -> bool:
            return any(each.id > since and each.by_bot and is_it(each) for each in self._recent())

        try:
            await self.town.telegram.chats.until(heard, PATIENCE)
        except AssertionError:
            raise GaveUp("an answer") from None
        return len(self.me.chat.messages)

    def _recent(self) -> list[Message]:
        """The newest first."""
        return list(islice(reversed(self.me.chat.messages.values()), LAST))


def _data(message: Message, action: str) -> str:
    """What the button with this action carries; its argument is never empty where it is asked for here."""
    rows = (message.markup or {}).get("inline_keyboard", [])
    found = (str(each.get("callback_data", "")) for row in rows for each in row)
    return next((data.partition(":")[2] or "-" for data in found if data.startswith(f"{action}:")), "")
