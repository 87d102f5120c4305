"""Letters for tests of Telegram: put as every handler puts them, and seen to arrive."""

from dataclasses import replace
from typing import Any

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.outbox import Letter
from tests.adapters.telegram.house import TelegramHouse
from tests.telegram.shapes import Message as Post

SEND = "sendMessage"


async def put(town: TelegramHouse, chat: int, words: str, **options: Any) -> None:
    """A letter for a group or a person, put as every handler puts one."""
    address = Address("telegram", "", str(chat), options.pop("thread", ""))
    message = options.pop("message", Message(body=words))
    letter = replace(Letter(f"key:{chat}:{words}", address, message, town.house.clock()), **options)
    await town.house.database.write(lambda session: outbox.put(session, letter))


async def arrives(town: TelegramHouse, chat: int, words: str, times: int = 1) -> Post:
    def found() -> list[Post]:
        return [post for post in town.telegram.chats.by_bot(chat) if words in post.text]

    await town.telegram.chats.until(lambda: len(found()) >= times, 8, f"{words!r} in {chat}")
    assert len(found()) == times
    return found()[-1]
