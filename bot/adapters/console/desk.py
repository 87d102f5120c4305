"""The chair before the window: follows each typed line as the person who sits there, or moves the window."""

from collections.abc import Mapping
from datetime import timedelta

from bot.adapters.console.decode import (
    Blank,
    Clock,
    Enter,
    Meant,
    Switch,
    Unclear,
    Window,
    decode,
    folded,
    is_number,
    pick,
    with_newlines,
)
from bot.adapters.console.filling import Filling
from bot.adapters.console.host import Host
from bot.adapters.console.people import NAME_LIMIT, Person, is_name
from bot.adapters.console.places import GROUP, Offer
from bot.adapters.console.screen import Screen
from bot.adapters.console.tour import Guide
from bot.adapters.console.turns import Turns
from bot.chat.events import Command, Press, Text
from bot.chat.messages import Message


class Desk:
    def __init__(self, host: Host, screen: Screen, turns: Turns, invitations: Mapping[str, str], tour: str) -> None:
        self._host, self._people, self._places, self._turns = host, screen.people, screen.places, turns
        self._invitations = invitations
        self._filling = Filling(screen.people, screen.places, screen, turns)
        self._guide = Guide(screen, tour)
        self._untouched = False
        self.screen = screen
        self.ended = False

    async def open(self) -> None:
        """The opening screen, after the first person has come in."""
        self.screen.note("console.opening.lines")
        if self._guide.ready:
            self.screen.note("console.opening.tour")
        self._untouched = self._guide.ready
        await self.sit()

    async def sit(self) -> None:
        with self.screen.held():
            await self._welcome(self.screen.person)
        self.screen.refresh(restart=True)

    async def enter(self, line: str) -> None:
        line = line.rstrip("\r\n")
        untouched, self._untouched = self._untouched, False
        if self._guide.touring and decode(line) != Window("quit"):
            await self._guide.enter(line, self._take)
        elif untouched and folded(line) == "t":
            await self._take(":tour")
        else:
            await self._take(line)

    async def _take(self, line: str) -> None:
        with self.screen.held():
            await self._follow(line, decode(line))
        self.screen.refresh(restart=True)

    async def _follow(self, line: str, meant: Meant) -> None:
        match meant:
            case Switch():
                await self._switch(meant)
            case Enter(place):
                self._go(place)
            case Clock(by):
                await self._clock(by)
            case Window(name):
                await self._window(name)
            case Unclear(key, value):
                self.screen.tell(key, value=value)
            case _ if self.screen.person.dialog:
                await self._filling.fill(self.screen.person, line)
            case Text(text):
                await self._speak(self.screen.person, Text(with_newlines(text)))
            case Command():
                await self._speak(self.screen.person, meant)
            case Blank():
                pass

    async def _speak(self, person: Person, meant: Text | Command) -> None:
        offer = self._picked(person, meant.text) if isinstance(meant, Text) else None
        standing = [number for number, each in person.offers.items() if each.stands]
        if isinstance(meant, Text) and not offer and standing and is_number(meant.text):
            self.screen.tell("console.unclear.number", most=max(standing))
            return
        if isinstance(meant, Text) and not offer and not person.alone:
            self._places.put(person.here, Message(quote=meant.text), author=person.id)
            person.seen[person.here] = self._places.latest
        person.speaks(self._places.latest)
        if offer and offer.post.channel == person.id:
            self.screen.step_aside()
        if offer:
            post, press = offer.post, Press(offer.button.action, offer.button.argument)
            await self._turns.act(person, press, post.channel, post.thread, post)
        else:
            await self._turns.act(person, meant, person.here)

    def _picked(self, person: Person, line: str) -> Offer | None:
        numbered = {number: offer for number, offer in person.offers.items() if offer.stands}
        shown = [post for post in self._places.visible(person.id) if post.changed <= person.seen.get(post.channel, 0)]
        offers = [Offer(post, button) for post in reversed(shown) for button in post.message.buttons]
        labelled = [(offer.button.label, offer) for offer in offers]
        return pick(line, numbered, labelled)

    async def _switch(self, switch: Switch) -> None:
        if not is_name(switch.name):
            self.screen.tell("console.unclear.name", limit=NAME_LIMIT)
            return
        known = self._people.get(switch.name)
        person = self._people.meet(switch.name, switch.role, switch.dialogs)
        await self._welcome(person)
        if known and switch.role not in (None, person.role):
            self.screen.tell("console.people.role_kept", person=person.id)
        self.screen.sit(person)

    async def _welcome(self, person: Person) -> None:
        """On first use a person joins with an invitation, unless they are to see what outsiders see."""
        if person.joined or person.role == "stranger":
            return
        code = self._invitations.get(person.role)
        if code is None:
            person.joined = True
            self.screen.note("console.people.no_code", person=person.id)
        else:
            await self._turns.join(person, code)

    def _go(self, place: str) -> None:
        name = place.removeprefix(GROUP)
        if name and not is_name(name):
            self.screen.tell("console.unclear.name", limit=NAME_LIMIT)
            return
        self.screen.enter(self._places.open(name) if name else self.screen.person.id)

    async def _clock(self, by: timedelta) -> None:
        if by:
            await self._turns.advance(by)
        now = self._host.now().astimezone(self._host.timezone)
        weekday = self.screen.words("console.clock.weekdays").split()[now.weekday()]
        self.screen.tell("console.clock.now", time=now, weekday=weekday)

    async def _window(self, name: str) -> None:
        match name:
            case "people":
                self._list_people()
            case "help":
                self.screen.tell("console.help.lines")
            case "tour":
                self._filling.put_all_aside()
                self._guide.begin()
            case "skip":
                await self._filling.fill(self.screen.person, "")
            case "later":
                self._filling.later(self.screen.person)
            case "cancel":
                self._filling.cancel(self.screen.person)
            case _:
                self.ended = True

    def _list_people(self) -> None:
        for person in self._people:
            mode = self.screen.words(f"console.people.{'dialogs' if person.dialogs else 'questions'}")
            role = self.screen.words(f"console.people.{person.role}")
            place = self.screen.place_name(person.here)
            self.screen.tell("console.people.line", person=person.id, role=role, mode=mode, place=place)
