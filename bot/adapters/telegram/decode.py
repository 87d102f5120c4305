"""Update → Arrival; pure, at peace with any update at all, and reading only what is needed of it.

https://core.telegram.org/bots/api#update (checked 2026-11-24 against python-telegram-bot 22.8)
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.adapters.telegram.arrival import PLATFORM, Arrival, Undecodable
from bot.chat.events import Address, Body, Command, Edit, Event, News, Press, Text

HERE = "menu"
"""What stands behind ?start= in the links we put into groups; everything else there is an invitation."""

FILES = (
    "animation", "audio", "contact", "document", "live_photo", "location", "paid_media", "photo", "poll", "sticker",
    "story", "venue", "video", "video_note", "voice",
)  # fmt: skip
AWAY = ("left", "kicked")

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,40}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are there. reads_all: whether groups let us hear everything (privacy mode is off)."""

    id: int
    name: str
    reads_all: bool = False


class Decoder:
    """commands: what people may type. labels: of the keyboard under the chat, with the action each stands for."""

    def __init__(
        self, me: Me, commands: Collection[str], labels: Mapping[str, str], now: Callable[[], datetime]
    ) -> None:
        self._me, self._commands, self._labels, self._now = me, commands, labels, now
        self._mention = re.compile(rf"(?<!\w)@{re.escape(me.name)}(?!\w)", re.IGNORECASE)

    def decode(self, update: object, epoch: int) -> Arrival | None:
        """None for what is none of our business. Raises Undecodable for what has no shape of Telegram's."""
        try:
            return self._decode(_table(update), epoch)
        except Exception as error:  # a date beyond every year, a depth beyond every stack: nothing may stop the others
            raise Undecodable(type(error).__name__) from None

    def _decode(self, update: Mapping[str, Any], epoch: int) -> Arrival | None:
        known_by = f"{epoch}:{number_of(update)}"
        match update:
            case {"message": message}:
                return self._said(known_by, _table(message))
            case {"edited_message": message}:
                return self._changed(known_by, _table(message))
            case {"callback_query": query}:
                return self._pressed(known_by, _table(query))
            case {"my_chat_member": change}:
                return self._told(known_by, _table(change))
        return None

    def _said(self, known_by: str, message: Mapping[str, Any]) -> Arrival | None:
        chat = _table(message["chat"])
        for old, new in (
            (chat["id"], message.get("migrate_to_chat_id")),
            (message.get("migrate_from_chat_id"), chat["id"]),
        ):
            if old and new:
                return self._news(known_by, Address(PLATFORM, "", _id(old)), "", News("moved", _id(new)), message)
        if not _by_person(message):
            return None
        alone = chat["type"] == "private"
        if not alone and chat["type"] not in ("group", "supergroup"):
            return None
        body = self._meant(message) if alone else self._asked(message)
        if body is None:
            return None
        thread, album = _thread(message), message.get("media_group_id")
        return Arrival(
            self._event(known_by, _table(message["from"]), _address(chat, thread), body, _moment(message["date"])),
            message=_number(message["message_id"]),
            thread=thread,
            album=album if isinstance(album, str) else "",
        )

    def _meant(self, message: Mapping[str, Any]) -> Body | None:
        """In the chat of the two: a command, a label of the keyboard, words, or something that is no text."""
        if "text" not in message:
            return Command("file") if any(kind in message for kind in FILES) else None
        text = _word(message["text"])
        if label := self._labels.get(text.strip()):
            return Press(label)
        return self._command(text, alone=True) or Text(text)

    def _asked(self, message: Mapping[str, Any]) -> Body | None:
        """In a group: only what is said to us."""
        text = _word(message.get("text", ""))
        if text.startswith("/"):
            return self._command(text, alone=False)
        mentioned = bool(self._mention.search(text))
        if not mentioned and not self._answers_us(message):
            return None
        words = self._mention.sub(" ", text).strip()
        return Command("ask", words) if words else Command("menu")

    def _answers_us(self, message: Mapping[str, Any]) -> bool:
        """A message in a topic that answers nothing names the message that opened the topic."""
        answered = message.get("reply_to_message")
        if not isinstance(answered, Mapping) or answered.get("message_id") == message.get("message_thread_id"):
            return False
        return _table(answered.get("from") or {}).get("id") == self._me.id

    def _command(self, text: str, *, alone: bool) -> Command | None:
        """What nobody has to know is answered with help where we are alone; in a group it may be for somebody else."""
        found = _COMMAND.fullmatch(text.strip())
        if found is None:
            return None
        name, whose, rest = found[1].lower(), found[2], (found[3] or "").strip()
        if whose and whose.lower() != self._me.name.lower():
            return None
        if name == "start":
            return Command("start", "" if rest == HERE else rest) if alone else Command("menu")
        if name in self._commands:
            return Command(name, rest)
        return Command("help") if alone or whose else None

    def _changed(self, known_by: str, message: Mapping[str, Any]) -> Arrival | None:
        chat = _table(message["chat"])
        if chat["type"] != "private" or not _by_person(message) or "text" not in message:
            return None
        text = _word(message["text"])
        if text.startswith("/"):
            return None
        at = _moment(message.get("edit_date") or message["date"])
        event = self._event(known_by, _table(message["from"]), _address(chat), Edit("", text), at)
        return Arrival(event, message=_number(message["message_id"]))

    def _pressed(self, known_by: str, query: Mapping[str, Any]) -> Arrival | None:
        message = query.get("message")
        if message is None:
            return None  # below a message that was sent by way of somebody else; we send none
        message = _table(message)
        action, _, argument = _word(query["data"]).partition(":")
        thread = _thread(message)
        address = _address(_table(message["chat"]), thread)
        event = self._event(known_by, _table(query["from"]), address, Press(action, argument), self._now())
        return Arrival(event, _number(message["message_id"]), _word(query["id"]), thread)

    def _told(self, known_by: str, change: Mapping[str, Any]) -> Arrival | None:
        """What became of our own membership."""
        chat = _table(change["chat"])
        before = _word(_table(change["old_chat_member"])["status"])
        after = _table(change["new_chat_member"])
        news = _news(before, _word(after["status"]), after, alone=chat["type"] == "private")
        if news is None or chat["type"] == "channel":
            return None
        return self._news(known_by, _address(chat), _id(_table(change["from"])["id"]), news, change)

    def _news(self, known_by: str, address: Address, who: str, news: News, told: Mapping[str, Any]) -> Arrival:
        at = _moment(told["date"])
        return Arrival(Event(known_by, who, address, who == address.channel, False, at, news))

    def _event(self, known_by: str, who: Mapping[str, Any], address: Address, body: Body, at: datetime) -> Event:
        sender = _id(who["id"])
        return Event(known_by, sender, address, sender == address.channel, False, at, body)


def _news(before: str, after: str, member: Mapping[str, Any], *, alone: bool) -> News | None:
    if alone:
        return News("back") if after == "member" else None
    if after in AWAY or (after == "restricted" and member.get("is_member") is False):
        return News("gone")
    if after == "restricted":
        return News("hushed") if member.get("can_send_messages") is False else News("back")
    return News("demoted") if before == "administrator" and after == "member" else News("back")


def number_of(update: object) -> int:
    """Its place in the row of all updates. Raises TypeError, KeyError or ValueError where it has none."""
    return _number(_table(update)["update_id"])


def _by_person(message: Mapping[str, Any]) -> bool:
    """Neither a bot, nor a channel, nor a group that speaks as itself."""
    return _table(message.get("from") or {"is_bot": True}).get("is_bot") is not True and "sender_chat" not in message


def _address(chat: Mapping[str, Any], thread: int = 0) -> Address:
    return Address(PLATFORM, "", _id(chat["id"]), str(thread) if thread else "")


def _thread(message: Mapping[str, Any]) -> int:
    """A thread id is also given to answers outside of topics, where nothing can be sent to it."""
    return _number(message["message_thread_id"]) if message.get("is_topic_message") is True else 0


def _id(value: object) -> str:
    if not isinstance(value, int) or isinstance(value, bool) or not value:
        raise TypeError("not an id")
    return str(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise TypeError("not a number")
    return value


def _moment(stamp: object) -> datetime:
    return datetime.fromtimestamp(_number(stamp), UTC)


def _table(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value
