"""Shows the answer in hand to whoever acted, where nobody else reads it; it may be lost, and is never stored."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile

from bot.adapters.telegram.api import Api, Moved, ThreadGone, Unchanged, patiently
from bot.adapters.telegram.arrival import PLATFORM, Arrival
from bot.adapters.telegram.decode import HERE, Me
from bot.adapters.telegram.render import NO_PREVIEW, Part, Renderer
from bot.adapters.telegram.trail import Trail
from bot.adapters.telegram.words import Catalogue
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.events import Command, Press, Text
from bot.chat.messages import File, Message, Reply

log = structlog.get_logger()

LONGEST_PATIENCE = 10.0
"""Seconds an answer in hand waits where Telegram asks to wait; after that it is lost, as it may be."""

POINT_SECONDS = 3600.0
"""At least so long between two lines that point out of a group."""


class Answering:
    def __init__(self, api: Api, renderer: Renderer, catalogue: Catalogue, trail: Trail, me: Me) -> None:
        self._api, self._renderer, self._catalogue, self._trail = api, renderer, catalogue, trail
        self._pointed: dict[str, float] = {}
        self._door = f"https://t.me/{me.name}?start={HERE}"

    async def acknowledge(self, arrival: Arrival) -> None:
        """Ends the little clock on a pressed button; in a group it opens the chat of the two, where the answer is."""
        url = None if arrival.event.direct else self._door
        await self._safely(lambda: self._api.call("", lambda bot: bot.answer_callback_query(arrival.callback, url=url)))

    async def answer(self, arrival: Arrival, reply: Reply) -> None:
        """Whoever calls gives the answers of one chat one after the other."""
        if arrival.event.direct:
            await self._alone(arrival, reply)
        else:
            await self._from_group(arrival, reply)

    async def _alone(self, arrival: Arrival, reply: Reply) -> None:
        chat, body = arrival.event.sender, arrival.event.body
        if isinstance(body, Text):
            self._trail.answered(chat, arrival.message)
        pressed = arrival.message if isinstance(body, Press) and arrival.callback else 0
        edited = bool(reply.message and reply.replace and pressed and await self._edit(chat, pressed, reply.message))
        if reply.clear:
            argument = body.argument if isinstance(body, Press) else ""
            await self._clear(chat, argument, pressed if edited else 0, reply.language)
        if reply.message and not edited:
            try:
                await self._say(chat, reply.message)
            except Exception as error:
                _lost(error)
        for file in reply.files:
            await self._safely(partial(self._hand_over, chat, file))

    async def _from_group(self, arrival: Arrival, reply: Reply) -> None:
        """What was said in a group is answered where nobody else reads it; words that began a worry do not stay, and
        whoever wrote them is told where they do."""
        event, message = arrival.event, reply.message
        if isinstance(event.body, Command) and event.body.name == "worry":
            gone = await self._safely(lambda: self._delete(event.address.channel, arrival.message))
            if not gone:
                message = _noted(message, self._catalogue(reply.language)("telegram.stays"))
        if message is None:
            return
        try:
            await self._say(event.sender, message)
            for file in reply.files:
                await self._safely(partial(self._hand_over, event.sender, file))
        except Unreachable:
            if isinstance(event.body, Command) and self._may_point(event.address.channel):
                await self._safely(lambda: self._point(arrival, reply.language))
        except Exception as error:
            _lost(error)

    async def _say(self, chat: str, message: Message) -> None:
        """Part after part; what stands is not said again."""
        for part in self._renderer.parts(message, alone=True):
            sent = await self._send(chat, part)
            self._trail.shown(chat, sent, message)

    async def _send(self, chat: str, part: Part) -> int:
        def send() -> Awaitable[Any]:
            return self._api.call(
                chat, lambda bot: bot.send_message(int(chat), protect_content=part.protected, **part.arguments())
            )

        sent = await patiently(send, LONGEST_PATIENCE)
        return int(sent.message_id)

    async def _hand_over(self, chat: str, file: File) -> None:
        """A picture to look at, or a document to keep: what is given to one person is theirs to take along."""
        whole = InputFile(file.content, filename=file.name)
        if file.is_picture:
            await self._api.call(chat, lambda bot: bot.send_photo(int(chat), whole))
        else:
            await self._api.call(chat, lambda bot: bot.send_document(int(chat), whole))

    async def _edit(self, chat: str, pressed: int, message: Message) -> bool:
        """False where the pressed message cannot be changed any more."""
        part = self._renderer.whole(message)
        try:
            await patiently(
                lambda: self._api.call(
                    chat,
                    lambda bot: bot.edit_message_text(chat_id=int(chat), message_id=pressed, **part.arguments()),
                ),
                LONGEST_PATIENCE,
            )
        except Unchanged:
            pass
        except Exception as error:
            _lost(error)
            return False
        return True

    def _may_point(self, chat: str) -> bool:
        """Now and then: a press opens the chat of the two by itself, and a group is not filled with our lines."""
        now = time.monotonic()
        self._pointed = {name: at for name, at in self._pointed.items() if now - at < POINT_SECONDS}
        return self._pointed.setdefault(chat, now) == now

    async def _point(self, arrival: Arrival, language: str) -> None:
        """Telegram lets nobody be written to who has not begun: one line, and the way there."""
        words = self._catalogue(language)
        door = InlineKeyboardMarkup([[InlineKeyboardButton(words("telegram.open"), url=self._door)]])
        chat = arrival.event.address.channel
        await self._api.call(
            chat,
            lambda bot: bot.send_message(
                int(chat),
                words("telegram.alone"),
                reply_markup=door,
                message_thread_id=arrival.thread or None,
                disable_notification=True,
                link_preview_options=NO_PREVIEW,
            ),
        )

    async def _clear(self, chat: str, argument: str, keep: int, language: str) -> None:
        """Takes away what was written for the form that is done, and says so where something may be left."""
        left = self._trail.take_away(chat, argument, keep)
        gone = [await self._safely(partial(self._delete, chat, message)) for message in left.messages]
        if not (left.whole and all(gone)):
            words = self._catalogue(language)("chats.not_cleared")
            await self._safely(lambda: self._send(chat, Part(words)))

    async def _delete(self, chat: str, message: int) -> bool:
        return await self._api.call(chat, lambda bot: bot.delete_message(int(chat), message))

    async def _safely(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """The result, or None where it could not be done: the log gets the kind of error and nothing else."""
        try:
            return await patiently(call, LONGEST_PATIENCE)
        except Exception as error:
            _lost(error)
        return None


def _noted(message: Message | None, words: str) -> Message:
    """The same with one more thing to know."""
    return replace(message, note=f"{message.note}\n\n{words}".strip()) if message else Message(words)


def _lost(error: Exception) -> None:
    known = isinstance(error, RetryLater | Unreachable | Moved | ThreadGone)
    log.warning("answer not shown", platform=PLATFORM, error=str(error) if known else type(error).__name__)
