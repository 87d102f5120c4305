"""The places of the pretended platform: one direct place per person, and groups everyone is in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from bot.chat.messages import Button, Message

GROUP = "#"


@dataclass(slots=True, eq=False)
class Post:
    """One message on the screen. put, changed: its places in the one order in which everything was put or edited.

    at: when that was.
    author: who typed it, empty for the bot. only: the one person who sees it, empty for everyone there.
    """

    reference: str
    channel: str
    message: Message
    put: int
    changed: int
    at: datetime
    author: str = ""
    only: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button somebody has been shown."""

    post: Post
    button: Button

    @property
    def stands(self) -> bool:
        return self.button in self.post.message.buttons


class Places:
    def __init__(self, session: str, now: Callable[[], datetime]) -> None:
        self._session, self._now = session, now
        self._posts: dict[str, Post] = {}
        self._groups: dict[str, None] = {}
        self.latest = 0

    def open(self, name: str) -> str:
        """The channel of the group place with this name."""
        channel = GROUP + name.removeprefix(GROUP)
        self._groups[channel] = None
        return channel

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self._groups)

    def put(self, channel: str, message: Message, *, author: str = "", only: str = "", thread: str = "") -> Post:
        if channel.startswith(GROUP):
            self.open(channel)
        self.latest += 1
        reference = f"{self._session}/{self.latest}"
        post = Post(reference, channel, message, self.latest, self.latest, self._now(), author, only, thread)
        self._posts[reference] = post
        return post

    def find(self, reference: str) -> Post | None:
        return self._posts.get(reference)

    def edit(self, post: Post, message: Message) -> Post:
        self.latest += 1
        post.message, post.changed, post.at = message, self.latest, self._now()
        self._posts[post.reference] = self._posts.pop(post.reference)  # the dict stays in order of change
        return post

    def visible(self, person: str, after: int = 0, channel: str = "") -> Iterator[Post]:
        """What this person could read that changed since, oldest first; in one place, or in all of theirs."""
        newest_first = takewhile(lambda post: post.changed > after, reversed(self._posts.values()))
        for post in reversed(list(newest_first)):
            mine = post.channel == person or post.channel.startswith(GROUP)
            if mine and post.only in ("", person) and channel in ("", post.channel):
                yield post
