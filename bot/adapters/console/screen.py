"""What the one window shows to whoever sits before it: new messages, numbers on buttons, hints, questions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot.adapters.console.dialog import question
from bot.adapters.console.host import Words
from bot.adapters.console.people import People, Person
from bot.adapters.console.places import GROUP, Offer, Places, Post
from bot.adapters.console.render import Line, clean, render, texts, wrap
from bot.chat.messages import Message

COLUMNS = 80
THREAD_INDENT = 4
_EXCERPT = 20
_SHORT_LABEL = 12
NOWHERE = ("", "", "")

Show = Callable[[Sequence[Line]], None]


class Screen:
    """first: the reply in hand, which stands above whatever was delivered at the same time.

    moved: the time at the end of the last move of the clock; what came before it is shown with its own time.
    """

    def __init__(self, words: Words, people: People, places: Places, person: Person) -> None:
        self.words, self.people, self.places, self.person = words, people, places, person
        self.show: Show = lambda _lines: None
        self.columns: Callable[[], int] = lambda: COLUMNS
        self.first: Post | None = None
        self.moved: datetime | None = None
        self._holders = 0
        self._opened = False
        self._came = self._looking = False
        self._heading = NOWHERE
        self._dated = ""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing that arrives is shown inside, so that the order on the screen never depends on speed."""
        self._holders += 1
        try:
            yield
        finally:
            self._holders -= 1

    def arrived(self) -> None:
        """A letter came by itself; before anyone sits here it waits, or nobody would ever have seen it."""
        if self._opened and not self._holders:
            self.refresh()

    def tell(self, key: str, **values: object) -> None:
        """The window's own answer to the person who sits here."""
        self.note(key, **values)
        self.person.told.append(self.words(key, **values))

    def note(self, key: str, **values: object) -> None:
        self._print("class:note", self.words(key, **values))

    def echo(self, line: str) -> None:
        """A line typed for somebody, as it would stand on the screen."""
        self._print("class:typed", self.prompt() + line)

    def place_name(self, channel: str) -> str:
        if channel.startswith(GROUP):
            return channel.removeprefix(GROUP)
        return self.words("console.place.direct")

    def prompt(self) -> str:
        values = {"person": self.person.id, "place": self.place_name(self.person.here)}
        asked = self.person.dialog and self.person.dialog.asked
        if asked:
            return self.words("console.prompt.asked", **values, label=_excerpt(asked.label, _SHORT_LABEL))
        return self.words("console.prompt.free", **values)

    def sit(self, person: Person) -> None:
        """Somebody takes the chair: the next refresh shows what waits for them."""
        self._came = person is not self.person
        self.person = person
        self._look()
        if person.dialog:
            person.dialog.show_again()

    def enter(self, channel: str) -> None:
        """The person here goes to a place: the next refresh shows what they have not seen there."""
        self.person.here = channel
        self._look()
        if not any(self.places.visible(self.person.id, channel=channel)):
            self.tell("console.place.empty", place=self.place_name(channel))

    def step_aside(self) -> None:
        """What belongs to a private place goes on there, so that the next line is not said before everyone."""
        if not self.person.alone:
            self.person.here = self.person.id
            self._heading = NOWHERE
            self.tell("console.place.aside")

    def own_doing(self, person: Person) -> None:
        """What somebody has just caused themselves is no news to them."""
        for channel in self.places.groups:
            person.hinted[channel] = self.places.latest

    def refresh(self, restart: bool = False) -> None:
        """Show what is new here. restart: buttons are numbered from 1 again, as after each typed line."""
        self._opened = True
        person = self.person
        channels = dict.fromkeys((person.id, person.here, *((self.first.channel,) if self.first else ())))
        shown = [post for channel in channels for post in self._unseen(person, channel)]
        shown.sort(key=lambda post: post is not self.first)
        elsewhere = [channel for channel in self.places.groups if channel not in channels]
        hints = self._hints(elsewhere)
        if self._came and not shown and not hints:
            self.note("console.people.nothing_new", person=person.id)
        if self._looking and not shown and not person.dialog:
            shown = self._latest_to_press(person)
        if restart:
            self._dated = ""
            if any(post.message.buttons for post in shown):
                person.next_number = 1
        for post in shown:
            self._post(post)
        for channel in channels:
            person.seen[channel] = self.places.latest
        self.first, self._came, self._looking = None, False, False
        for hint in (*hints, *self._hints_for_others()):
            self._print("class:note", hint)
        self._question()

    def visible_texts(self) -> list[str]:
        """Everything the person here could read since their own last line."""
        person = self.person
        posts = self.places.visible(person.id, after=person.spoke)
        return [*(texts(self._as_shown(post)) for post in posts), *person.told]

    def _look(self) -> None:
        self._looking, self._heading = True, NOWHERE

    def _unseen(self, person: Person, channel: str) -> Iterator[Post]:
        return self.places.visible(person.id, person.seen.get(channel, 0), channel)

    def _latest_to_press(self, person: Person) -> list[Post]:
        """Once more the latest message here that has buttons, so that their numbers work; or just the latest."""
        here = list(self.places.visible(person.id, channel=person.here))
        return ([post for post in here if post.message.buttons] or here)[-1:]

    def _post(self, post: Post) -> None:
        person, indent = self.person, THREAD_INDENT if post.thread else 0
        self._head(post)
        self._date(post)
        root = self.places.find(post.thread)
        if root:
            self._print("class:note", self.words("console.place.under", title=_excerpt(_gist(root.message))))
        if post.put <= person.seen.get(post.channel, 0) < post.changed and post is not self.first:
            self._print("class:note", self.words("console.place.edited"), indent)
        buttons = post.message.buttons
        numbers = range(person.next_number, person.next_number + len(buttons))
        person.offers.update(zip(numbers, (Offer(post, button) for button in buttons), strict=True))
        person.next_number = numbers.stop
        self.show([*render(self._as_shown(post), self.columns(), numbers, indent), ()])

    def _head(self, post: Post) -> None:
        only = post.only if post.channel.startswith(GROUP) else ""
        heading = (self.person.id, post.channel, only)
        if self._heading != heading:
            self._heading, self._dated = heading, ""
            key = "console.place.only" if only else "console.place.head"
            self._print("class:place", self.words(key, place=self.place_name(post.channel)))

    def _date(self, post: Post) -> None:
        """When it came, if the clock was moved since, or if what stands above came at another time."""
        came = self.words.when(post.at)
        earlier = self.moved is not None and post.at < self.moved.replace(second=0, microsecond=0)
        if (earlier or self._dated) and came != self._dated:
            self._dated = came
            self._print("class:note", came)

    def _as_shown(self, post: Post) -> Message:
        if not post.author:
            return post.message
        return Message(body=self.words("console.place.said", person=post.author, text=post.message.quote))

    def _hints(self, elsewhere: Sequence[str]) -> list[str]:
        """The places that have something new for the person here."""
        return [
            self.words("console.hint.place", place=self.place_name(channel))
            for channel in elsewhere
            if self._newly_unseen(self.person, channel)
        ]

    def _hints_for_others(self) -> list[str]:
        return [
            self.words("console.hint.person", person=other.id)
            for other in self.people
            if other is not self.person and self._newly_unseen(other, other.id)
        ]

    def _newly_unseen(self, person: Person, channel: str) -> bool:
        known = max(person.seen.get(channel, 0), person.hinted.get(channel, 0))
        person.hinted[channel] = self.places.latest
        return any(self.places.visible(person.id, known, channel))

    def _question(self) -> None:
        dialog = self.person.dialog
        if dialog is None or dialog.announced or dialog.asked is None:
            return
        for style, text in question(dialog, dialog.asked, self.words):
            self._print(style, text)
            self.person.told.append(text)
        dialog.named = dialog.announced = True

    def _print(self, style: str, text: str, indent: int = 0) -> None:
        margin = " " * indent
        self.show([(("", margin), (style, part)) for part in wrap(text, self.columns() - indent)])


def _gist(message: Message) -> str:
    return message.title or message.quote or message.body


def _excerpt(text: str, limit: int = _EXCERPT) -> str:
    short = " ".join(clean(text).split())
    return short if len(short) <= limit else short[:limit] + "…"
