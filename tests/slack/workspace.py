"""The state of one workspace and the ledger of every call: no network, no rules."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal

from tests.slack.blocks import Json, kept
from tests.slack.views import Views

TEAM, APP, BOT, BOT_ID = "T0TEAM", "A0APP", "U0BOT", "B0BOT"
DOMAIN = "fake-workspace"

Kind = Literal["public", "private", "im"]


@dataclass
class User:
    id: str
    name: str
    real_name: str
    display_name: str
    team: str = TEAM
    deleted: bool = False
    bot: bool = False
    locale: str = "ja-JP"


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    members: set[str]
    archived: bool = False

    @property
    def person(self) -> str:
        """Whose direct messages with the bot these are."""
        return next(member for member in self.members if member != BOT)


@dataclass
class Post:
    """A message everybody in the channel sees. bot: BOT_ID or empty. asked: the arguments it was posted with."""

    channel: str
    ts: str
    text: str = ""
    user: str = ""
    bot: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str = ""
    subtype: str = ""
    edited: str = ""
    deleted: bool = False
    asked: Json = field(default_factory=dict)
    replies: list["Post"] = field(default_factory=list, repr=False)


@dataclass
class Ephemeral:
    """A message one person sees until they reload."""

    channel: str
    user: str
    ts: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    deleted: bool = False
    asked: Json = field(default_factory=dict)


def real_time() -> datetime:
    return datetime.now(UTC)


class Workspace:
    def __init__(self, now: Callable[[], datetime] = real_time) -> None:
        self.now = now
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.posts: list[Post] = []
        self._rooms: defaultdict[str, dict[str, Post]] = defaultdict(dict)
        self.ephemerals: list[Ephemeral] = []
        self.views = Views(self.tell)
        self.calls: list[tuple[str, Json]] = []
        self._last_ts = 0
        self._numbers = count(1)
        self._change = asyncio.Event()
        self.add_user(User(BOT, "yorisoi", "yorisoi", "yorisoi", bot=True))

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
        calls = ", ".join(method for method, _ in self.calls[-8:]) or "none"
        posts = "\n".join(f"  {post.channel} {post.user or post.bot}: {post.text[:80]!r}" for post in self.posts[-8:])
        return f"last calls: {calls}; newest posts:\n{posts}"

    def ts(self) -> str:
        """The next timestamp: never twice the same, even when the clock stands still."""
        micros = int(self.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self.now().timestamp())

    def number(self) -> int:
        return next(self._numbers)

    def called(self, method: str) -> list[Json]:
        """The arguments of every call of this method."""
        return [args for name, args in self.calls if name == method]

    def record(self, method: str, args: Json) -> None:
        self.calls.append((method, args))
        self.tell()

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        return user

    def add_channel(self, name: str, kind: Kind, members: set[str]) -> Channel:
        prefix = {"public": "C0", "private": "C1", "im": "D0"}[kind]
        plain = "".join(letter for letter in name.upper() if letter.isascii() and letter.isalnum())
        channel_id = f"{prefix}{plain or self.number()}"
        while channel_id in self.channels:
            channel_id = f"{prefix}{plain}{self.number()}"
        self.channels[channel_id] = Channel(channel_id, name, kind, members)
        return self.channels[channel_id]

    def im(self, user: str) -> Channel:
        """The direct messages of this person with the bot."""
        for channel in self.channels.values():
            if channel.kind == "im" and user in channel.members:
                return channel
        return self.add_channel(user.removeprefix("U0"), "im", {user, BOT})

    def post(self, channel: str, text: str = "", blocks: list[Json] | None = None, **more: Any) -> Post:
        post = Post(channel, self.ts(), text, blocks=kept(blocks or []), **more)
        self.posts.append(post)
        self._rooms[channel][post.ts] = post
        parent = self.find(channel, post.thread_ts)
        if parent is not None:
            parent.replies.append(post)
        self.tell()
        return post

    def whisper(self, channel: str, user: str, text: str, blocks: list[Json], asked: Json) -> Ephemeral:
        ephemeral = Ephemeral(channel, user, self.ts(), text, kept(blocks), asked=asked)
        self.ephemerals.append(ephemeral)
        self.tell()
        return ephemeral

    def find(self, channel: str, ts: str) -> Post | None:
        post = self._rooms[channel].get(ts)
        return None if post is None or post.deleted else post

    def standing(self, channel: str) -> Iterator[Post]:
        """What is still to be seen there, oldest first."""
        return (post for post in self._rooms[channel].values() if not post.deleted)

    def by_bot(self, channel: str = "") -> list[Post]:
        """The bot's posts that stand, everywhere or in one channel."""
        return [post for post in self.posts if post.bot and not post.deleted and channel in ("", post.channel)]
