"""What cannot wait is shown at the console too, though nothing could be stored."""

from bot.chat.errors import NotStored
from bot.chat.events import Event, Text
from bot.chat.messages import Message, Reply
from tests.adapters.console.bot import Bot, passes

CARD = "よりそいホットライン"


class FullDisk(Bot):
    async def __call__(self, event: Event) -> Reply | None:
        if isinstance(event.body, Text):
            raise NotStored("disk full", Reply(Message(CARD)))
        return await super().__call__(event)


async def test_the_card_and_that_nothing_was_kept() -> None:
    transcript = await passes(f"死にたいです\nexpect {CARD}", FullDisk())
    assert CARD in transcript
