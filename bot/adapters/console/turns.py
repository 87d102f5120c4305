"""A person's act → one event through the house, and the reply in hand back into their place."""

from collections.abc import Awaitable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

import structlog

from bot.adapters.console.dialog import Dialog
from bot.adapters.console.host import Host
from bot.adapters.console.people import Person
from bot.adapters.console.places import Places, Post
from bot.adapters.console.screen import Screen
from bot.chat.adapter import Answer
from bot.chat.errors import NotStored
from bot.chat.events import Address, Body, Command, Event, Text
from bot.chat.messages import File, Reply

PLATFORM = "console"
SPACE = "demo"

Result = TypeVar("Result")

log = structlog.get_logger()


class Turns:
    def __init__(self, host: Host, places: Places, screen: Screen, session: str, folder: Path | None = None) -> None:
        """folder: where files are put down that somebody was given."""
        self._host, self._places, self._screen, self._session = host, places, screen, session
        self._folder = folder
        self._events = count(1)
        self.dispatch: Answer | None = None

    async def act(
        self, person: Person, deed: Body, channel: str, thread: str = "", pressed: Post | None = None
    ) -> None:
        """pressed: the message whose button led here; a reply may take its place."""
        event = self._event(person, deed, channel, thread)
        reply = await self._bring(event)
        if reply is not None:
            self._take(person, reply, event, pressed)
        self._screen.own_doing(person)

    async def join(self, person: Person, code: str) -> None:
        """Join as anyone would, with a code; the welcome waits in the person's own place."""
        event = self._event(person, Command("join", code), person.id, "")
        reply = await self._bring(event)
        person.joined = reply is not None
        if reply is not None:
            self._screen.note("console.people.joined", person=person.id)
            self._take(person, reply, event, None)

    async def advance(self, by: timedelta) -> None:
        await self._safely(self._host.advance(by))
        await self._safely(self._host.settled())
        self._screen.moved = self._host.now()

    def _event(self, person: Person, deed: Body, channel: str, thread: str) -> Event:
        return Event(
            id=f"{self._session}:{next(self._events)}",
            sender=person.id,
            address=Address(PLATFORM, SPACE, channel, thread),
            direct=channel == person.id,
            modal=person.dialogs and not isinstance(deed, Text),
            at=self._host.now(),
            body=deed,
        )

    async def _bring(self, event: Event) -> Reply | None:
        if self.dispatch is None:
            raise RuntimeError("the console was not started")
        reply = await self._safely(self._brought(self.dispatch(event)))
        await self._safely(self._host.settled())
        return reply

    async def _brought(self, dispatched: Awaitable[Reply | None]) -> Reply | None:
        """What could not be kept may still have an answer that cannot wait."""
        try:
            return await dispatched
        except NotStored as missed:
            self._screen.tell("console.error.failed")
            return missed.reply

    async def _safely(self, work: Awaitable[Result]) -> Result | None:
        try:
            return await work
        except Exception as error:
            log.warning("console turn failed", platform=PLATFORM, error=type(error).__name__)
            self._screen.tell("console.error.failed")
            return None

    def _put_down(self, file: File) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / file.name
            path.write_bytes(file.content)
            self._screen.note("console.file.saved", path=path)
        except OSError:
            self._screen.tell("console.file.failed", path=self._folder)

    def _take(self, person: Person, reply: Reply, event: Event, pressed: Post | None) -> None:
        at = event.address
        if reply.message is not None:
            if reply.replace and pressed is not None:
                self._screen.first = self._places.edit(pressed, reply.message)
            else:
                self._screen.first = self._places.put(at.channel, reply.message, only=person.id, thread=at.thread)
        for file in reply.files:
            self._put_down(file)
        if reply.form is not None and event.modal and reply.form.fields:
            kept = {each.name: each.value for each in reply.form.fields if each.name != reply.field}
            person.dialog = Dialog(reply.form, at.channel, at.thread, pressed, kept if reply.field else {})
        elif reply.form is not None:
            self._screen.tell("console.dialog.cannot")
