"""The console as an adapter: brings what is typed, carries letters into the places of one window."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from bot.adapters.console import terminal
from bot.adapters.console.desk import Desk
from bot.adapters.console.host import Host, Words
from bot.adapters.console.people import People
from bot.adapters.console.places import GROUP, Places
from bot.adapters.console.screen import Screen
from bot.adapters.console.turns import PLATFORM, SPACE, Turns
from bot.chat.adapter import Answer, Dispatch
from bot.chat.errors import Unreachable
from bot.chat.events import Address
from bot.chat.messages import Message


class Console:
    """invitations: the code for each role. known: people who joined in an earlier session.

    commands: names to complete after "/". history: a file for window commands, never for what people say.
    folder: where files are put down that somebody was given.
    """

    name = PLATFORM
    can_look = True
    hearing = True
    hears_alone = False

    def __init__(
        self,
        words: Words,
        host: Host,
        invitations: Mapping[str, str],
        *,
        tour: str = "",
        session: str = "",
        first: str = "hana",
        known: Iterable[str] = (),
        commands: Iterable[str] = (),
        history: Path | None = None,
        folder: Path | None = None,
    ) -> None:
        session = session or secrets.token_hex(4)
        self._people, self._places = People(known), Places(session, host.now)
        self._commands, self._history = tuple(commands), history
        self._letters: dict[str, str] = {}
        self.screen = Screen(words, self._people, self._places, self._people.meet(first))
        self._turns = Turns(host, self._places, self.screen, session, folder)
        self.desk = Desk(host, self.screen, self._turns, invitations, tour)

    def bind(self, dispatch: Answer) -> None:
        """Where events go from now on."""
        self._turns.dispatch = dispatch

    async def run(self, dispatch: Dispatch) -> None:
        self.bind(dispatch)
        await terminal.run(self.desk, self._people, self._commands, self._history)

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        channel = address.channel
        group = channel.startswith(GROUP) and channel != GROUP
        if address.space != SPACE or not (group or self._people.get(channel)):
            raise Unreachable("nobody of this name has sat down at this console")
        earlier = self._places.find(replacing)
        if earlier is None:
            post = self._places.put(channel, message, thread=address.thread)
        else:
            post = self._places.edit(earlier, message)
        self._letters[key] = post.reference
        self.screen.arrived()
        return post.reference

    async def find(self, key: str, address: Address, since: datetime) -> str | None:  # noqa: ARG002
        reference = self._letters.get(key)
        post = self._places.find(reference) if reference else None
        return reference if post and post.channel == address.channel else None
