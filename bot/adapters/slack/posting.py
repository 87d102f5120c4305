"""Carries letters into channels and direct chats, and looks whether one has already arrived."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.adapters.slack.api import Api, SlackRefused
from bot.adapters.slack.decode import reference
from bot.adapters.slack.render import HARMLESS, Renderer
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.events import Address
from bot.chat.messages import Message

LETTER = "yorisoi_letter"
"""The type of the metadata that every letter carries: its opaque key, which part it is, and of how many."""

PAGE = 200
MOST_PAGES = 50
CLOCKS_APART = timedelta(minutes=10)
"""How far Slack's clock and ours may differ."""

PEOPLE = ("U", "W")
"""How ids of people begin; a channel's begins with C or G, a direct chat's with D."""


@dataclass(slots=True)
class Standing:
    """The parts of one letter that stand in a chat, by number, and how many there should be."""

    parts: dict[int, str] = field(default_factory=dict)
    of: int = 1

    @property
    def whole(self) -> bool:
        return len(self.parts) == self.of


class Posting:
    def __init__(self, api: Api, renderer: Renderer, team: str) -> None:
        self._api, self._renderer, self._team = api, renderer, team
        self._direct: dict[str, str] = {}

    async def send(self, address: Address, message: Message, key: str, replacing: str) -> str:
        """Returns the reference of the first message that shows it."""
        if address.space != self._team:
            raise Unreachable("another workspace")
        if replacing:
            return await self._update(replacing, message)
        channel = await self._channel(address)
        parts = self._renderer.messages(message)
        there = Standing()
        if len(parts) > 1:  # an earlier try may have brought some of them
            there = await self._standing(key, channel, address, datetime.now(UTC) - timedelta(days=1))
        first = there.parts.get(0, "")
        for number, part in enumerate(parts):
            if number in there.parts:
                continue
            payload = {"key": key, "part": number, "of": len(parts)}
            posted = await self._api.letter(
                "chat.postMessage",
                channel=channel,
                thread_ts=_stamp(address.thread),
                metadata={"event_type": LETTER, "event_payload": payload},
                **part,
            )
            first = first or reference(str(posted.get("channel", channel)), str(posted["ts"]))
        return first

    async def find(self, key: str, address: Address, since: datetime) -> str | None:
        if address.space != self._team:
            return None
        channel = await self._channel(address)
        found = await self._standing(key, channel, address, since - CLOCKS_APART)
        return found.parts.get(0) if found.whole else None

    async def _update(self, replacing: str, message: Message) -> str:
        channel, _, stamp = replacing.partition("/")
        part = {name: value for name, value in self._renderer.whole(message).items() if name in ("text", "blocks")}
        flags = {name: HARMLESS[name] for name in ("parse", "link_names")}
        await self._api.letter("chat.update", channel=channel, ts=stamp, **part, **flags)
        return replacing

    async def _channel(self, address: Address) -> str:
        """A person is met in the direct chat with the bot."""
        person = address.channel
        if not person.startswith(PEOPLE):
            return person
        if person not in self._direct:
            try:
                opened = await self._api.call("conversations.open", users=person)
            except SlackRefused as refused:
                raise self._certain(refused) from None
            except (aiohttp.ClientError, TimeoutError) as error:  # nothing was posted
                raise RetryLater(type(error).__name__) from None
            self._direct[person] = str(opened["channel"]["id"])
        return self._direct[person]

    def _certain(self, refused: SlackRefused) -> Exception:
        """Nothing was posted yet, whatever happened: no doubt is needed."""
        meaning = self._api.meaning(refused.code)
        return meaning if isinstance(meaning, RetryLater | Unreachable) else RetryLater(refused.code)

    async def _standing(self, key: str, channel: str, address: Address, since: datetime) -> Standing:
        found = Standing()
        async for message in self._history(channel, _stamp(address.thread), since):
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == LETTER and payload.get("key") == key:
                found.parts[int(payload.get("part", 0))] = reference(channel, str(message["ts"]))
                found.of = int(payload.get("of", 1))
                if found.whole:
                    break
        return found

    async def _history(self, channel: str, thread: str, since: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """Raises RetryLater rather than an error that would count as one more doubtful send."""
        method = "conversations.replies" if thread else "conversations.history"
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                page = await self._api.call(
                    method,
                    channel=channel,
                    ts=thread,
                    oldest=f"{since.timestamp():.6f}",
                    limit=PAGE,
                    cursor=cursor,
                    include_all_metadata=True,
                )
            except SlackRefused as refused:
                raise self._certain(refused) from None
            except (aiohttp.ClientError, TimeoutError) as error:  # only looked
                raise RetryLater(type(error).__name__) from None
            for message in page.get("messages") or ():
                yield message
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return
        raise RetryLater("too much to look through")


def _stamp(thread: str) -> str:
    """The time stamp in a reference of the house."""
    return thread.partition("/")[2]
