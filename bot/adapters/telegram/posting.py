"""Carries letters into chats, groups and topics; nobody can look there whether one has arrived."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, ReplyParameters

from bot.adapters.telegram.api import Api, Hushed, Moved, ThreadGone, Unchanged
from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.parts import Parts
from bot.adapters.telegram.render import Part, Renderer
from bot.adapters.telegram.topics import Topics
from bot.chat.adapter import Memory
from bot.chat.errors import Unreachable
from bot.chat.events import Address, News
from bot.chat.messages import Message


class Posting:
    """quiet: whether people sleep now. away: chats that took nothing lately. tell: hears what a send shows of
    a chat: that we may not write there, or that it has moved."""

    def __init__(
        self,
        api: Api,
        renderer: Renderer,
        memory: Memory,
        quiet: Callable[[], bool],
        away: set[str],
        tell: Callable[[Address, News], Awaitable[None]],
    ) -> None:
        self._api, self._renderer, self._quiet = api, renderer, quiet
        self._away, self._tell = away, tell
        self._topics, self._parts = Topics(api), Parts(memory)
        self._moved: dict[str, str] = {}
        self._anew: dict[str, str] = {}

    async def send(self, address: Address, message: Message, key: str, replacing: str) -> str:
        """Returns the reference of the first message that shows it."""
        _number(address.channel)
        await self._api.may_send(self._moved.get(address.channel, address.channel))
        try:
            if replacing:
                return await self._replace(address, message, key, replacing)
            return await self._post(address, message, key)
        except Hushed:
            await self._tell(address, News("hushed"))
            raise
        except Unreachable as gone:
            if gone.for_now:
                self._away.add(address.channel)
            raise

    async def _post(self, address: Address, message: Message, key: str) -> str:
        """A part that stands is never sent again, whatever becomes of those behind it."""
        parts = self._renderer.parts(message, alone=_is_person(address.channel))
        if message.opens and not address.thread and not _is_person(address.channel):
            chat = self._moved.get(address.channel, address.channel)
            topic = await self._topics.made(chat, key, message.title)
            address = replace(address, thread=str(topic) if topic else "")
        there = await self._parts.of(key) if len(parts) > 1 else []
        for part in parts[len(there) :]:
            there.append(await self._one(address, part))
            if len(parts) > 1:
                await self._parts.add(key, there[-1])
        if len(parts) > 1:
            await self._parts.whole(key)
        self._topics.forget(key)
        return _reference(self._moved.get(address.channel, address.channel), there[0], _topic(address.thread))

    async def _one(self, address: Address, part: Part) -> int:
        under, topic = _under(address.thread), _topic(address.thread)

        async def post(bot: Bot, chat: str, *, loose: bool = False) -> Any:
            answered = under if under and under[0] == chat and not loose else None
            return await bot.send_message(
                int(chat),
                protect_content=part.protected,
                disable_notification=self._quiet(),
                message_thread_id=None if loose else topic or None,
                reply_parameters=ReplyParameters(answered[1], allow_sending_without_reply=True) if answered else None,
                **part.arguments(),
            )

        try:
            sent = await self._there(address.channel, post)
        except ThreadGone:  # the topic was closed: the group itself takes it
            sent = await self._there(address.channel, lambda bot, chat: post(bot, chat, loose=True))
        return int(sent.message_id)

    async def _there(self, channel: str, ask: Callable[[Bot, str], Awaitable[Any]]) -> Any:
        """Follows a group to its new id, once."""
        chat = self._moved.get(channel, channel)
        try:
            try:
                return await self._api.call(chat, lambda bot: ask(bot, chat))
            except Moved as moved:
                new = await self._follow(channel, moved)
                return await self._api.call(new, lambda bot: ask(bot, new))
        except Moved:
            raise Unreachable("moved again") from None

    async def _replace(self, address: Address, message: Message, key: str, replacing: str) -> str:
        """The same message, changed; in a group that has moved its messages cannot be, and a new one is written."""
        chat, number, *_ = self._anew.get(replacing, replacing).split("/")
        part = self._renderer.whole(message)
        if chat in self._moved:
            return await self._written_anew(address, message, key, replacing)
        try:
            await self._api.call(
                chat,
                lambda bot: bot.edit_message_text(
                    chat_id=int(chat), message_id=int(number), **{**part.arguments(), "reply_markup": _inline(part)}
                ),
            )
        except Moved as moved:
            await self._follow(chat, moved)
            return await self._written_anew(address, message, key, replacing)
        except Unchanged:
            pass
        return replacing

    async def _follow(self, channel: str, moved: Moved) -> str:
        """Telegram's own note of it may have been lost: whoever learns it tells the house."""
        self._moved[channel] = moved.to
        await self._tell(Address(PLATFORM, "", channel), News("moved", moved.to))
        return moved.to

    async def _written_anew(self, address: Address, message: Message, key: str, replacing: str) -> str:
        self._anew[replacing] = await self._post(address, message, key)
        return self._anew[replacing]


def _inline(part: Part) -> InlineKeyboardMarkup | None:
    return part.markup if isinstance(part.markup, InlineKeyboardMarkup) else None


def _is_person(channel: str) -> bool:
    return not channel.startswith("-")


def _number(channel: str) -> int:
    try:
        return int(channel)
    except ValueError:
        raise Unreachable("no chat of telegram's") from None


def _reference(chat: str, message: int, topic: int) -> str:
    """How a message is named to the house."""
    return f"{chat}/{message}/{topic}" if topic else f"{chat}/{message}"


def _topic(thread: str) -> int:
    """A thread is a topic, or a message in whose topic, if it stands in one, things go on."""
    *message, topic = thread.split("/")
    return int(topic) if topic and len(message) != 1 else 0


def _under(thread: str) -> tuple[str, int] | None:
    """The message to stand under, and its chat."""
    chat, *message = thread.split("/")
    return (chat, int(message[0])) if message else None
