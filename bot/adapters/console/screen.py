"""What the one window shows to whoever sits before it: new messages, numbers on buttons, hints, questions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.adapters.console.dialog import Dialog
from bot.adapters.console.host import Words
from bot.adapters.console.people import People, Person
from bot.adapters.console.places import GROUP, Offer, Places, Post
from bot.adapters.console.render import Line, clean, render, texts, wrap
from bot.chat.messages import Message

COLUMNS = 80
RECENT = 3
THREAD_INDENT = 4
_EXCERPT = 20
_SHORT_LABEL = 12

Show = Callable[[Sequence[Line]], None]


class Screen:
    """first: the reply in hand, which stands above whatever was delivered at the same time."""

    def __init__(self, words: Words, people: People, places: Places, person: Person) -> None:
        self.words, self.people, self.places, self.person = words, people, places, person
        self.show: Show = lambda _lines: None
        self.columns: Callable[[], int] = lambda: COLUMNS
        self.first: Post | None = None
        self._holders = 0
        self._opened = False
        self._heading = ("", "")

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
        """Somebody else takes the chair: the next refresh shows what waits for them."""
        if person is not self.person:
            self.person = person
            here = {person.id, person.here}
            if not any(post for channel in here for post in self._unseen(person, channel)):
                self.note("console.people.nothing_new", person=person.id)
        self._heading = ("", "")
        if person.dialog:
            person.dialog.announced = False

    def look_around(self) -> None:
        """The next refresh shows this place: what is new, or its latest messages once more."""
        person, channel = self.person, self.person.here
        self._heading = ("", "")
        shown = list(self.places.visible(person.id, channel=channel))
        if not shown:
            self.tell("console.place.empty", place=self.place_name(channel))
        elif shown[-1].changed <= person.seen.get(channel, 0):
            person.seen[channel] = shown[-RECENT:][0].changed - 1

    def refresh(self, restart: bool = False) -> None:
        """Show what is new here. restart: buttons are numbered from 1 again, as after each typed line."""
        self._opened = True
        person, first = self.person, self.first
        answered = (first.channel,) if first else ()
        channels = dict.fromkeys((person.id, person.here, *answered))
        new = [post for channel in channels for post in self._unseen(person, channel)]
        new.sort(key=lambda post: post is not first)
        if restart and any(post.message.buttons for post in new):
            person.next_number = 1
        for post in new:
            self._post(post)
        for channel in channels:
            person.seen[channel] = self.places.latest
        self.first = None
        self._hint()
        if person.dialog and not person.dialog.announced:
            self._question(person.dialog)

    def visible_texts(self) -> list[str]:
        """Everything the person here could read since their own last line."""
        person = self.person
        posts = self.places.visible(person.id, after=person.spoke)
        return [*(texts(post.message) for post in posts), *person.told]

    def _unseen(self, person: Person, channel: str) -> Iterator[Post]:
        return self.places.visible(person.id, person.seen.get(channel, 0), channel)

    def _post(self, post: Post) -> None:
        person, indent = self.person, THREAD_INDENT if post.thread else 0
        if self._heading != (person.id, post.channel):
            self._heading = (person.id, post.channel)
            self._print("class:place", self.words("console.place.head", place=self.place_name(post.channel)))
        root = self.places.find(post.thread)
        if root:
            self._print("class:note", self.words("console.place.under", title=_excerpt(_gist(root.message))))
        if post.edited and post is not self.first:
            self._print("class:note", self.words("console.place.edited"), indent)
        message = post.message
        if post.author:
            said = self.words("console.place.said", person=post.author, text=message.quote)
            message = Message(body=said)
        start = person.next_number
        numbers = range(start, start + len(message.buttons))
        person.offers.update(zip(numbers, (Offer(post, button) for button in message.buttons), strict=True))
        person.next_number = numbers.stop
        self.show([*render(message, self.columns(), numbers, indent), ()])

    def _hint(self) -> None:
        here = self.person
        for channel in self.places.groups:
            if channel != here.here and self._newly_unseen(here, channel):
                self.note("console.hint.place", place=self.place_name(channel))
        for other in self.people:
            if other is not here and self._newly_unseen(other, other.id):
                self.note("console.hint.person", person=other.id)

    def _newly_unseen(self, person: Person, channel: str) -> bool:
        known = max(person.seen.get(channel, 0), person.hinted.get(channel, 0))
        person.hinted[channel] = self.places.latest
        return any(self.places.visible(person.id, known, channel))

    def _question(self, dialog: Dialog) -> None:
        asked = dialog.asked
        if asked is None:
            return
        dialog.announced = True
        number, count = dialog.position
        label_of = {choice.value: choice.label for choice in asked.choices}
        value = label_of.get(asked.value, asked.value)
        parts = [
            ("class:title", dialog.form.title if number == 1 else ""),
            ("", self.words("console.dialog.field", number=number, count=count, label=asked.label)),
            *(("class:button", f"[{at}] {choice.label}") for at, choice in enumerate(asked.choices, 1)),
            ("class:note", self.words(f"console.dialog.how.{asked.kind}", limit=asked.limit)),
            ("class:note", self.words("console.dialog.value", value=value) if value else ""),
            ("class:note", "" if asked.required and not value else self.words("console.dialog.may_skip")),
        ]
        for style, text in parts:
            if text:
                self._print(style, text)
                self.person.told.append(text)

    def _print(self, style: str, text: str, indent: int = 0) -> None:
        margin = " " * indent
        self.show([(("", margin), (style, part)) for part in wrap(text, self.columns() - indent)])


def _gist(message: Message) -> str:
    return message.title or message.quote or message.body


def _excerpt(text: str, limit: int = _EXCERPT) -> str:
    short = " ".join(clean(text).split())
    return short if len(short) <= limit else short[:limit] + "…"
