"""The console's own little community: invitations, a place, and the house lent to the window."""

import asyncio
from datetime import datetime, timedelta
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.adapters.console import Console, play
from bot.app.house import House, open_house, warm
from bot.chat.errors import Misconfigured
from bot.chat.events import Address
from bot.handlers import every_route
from bot.settings import Settings
from bot.store import members, places
from bot.store.members import Role
from bot.store.session import Session
from bot.views.text import scene

_INVITATION_USES = 1000
_INVITATION_LIFE = timedelta(days=3650)


class DemoHost:
    """What the console may ask of the house."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def timezone(self) -> ZoneInfo:
        return self._house.settings.zone

    def now(self) -> datetime:
        return self._house.clock()

    async def advance(self, by: timedelta) -> None:
        await self._house.advance(by)

    async def settled(self) -> None:
        await self._house.settled()


async def console_of(house: House, session: str = "") -> Console:
    """A console whose people join by real invitations, with one place where everyone meets."""
    square = house.text("welcome.default_place")

    def prepare(session: Session) -> tuple[dict[str, str], list[str]]:
        if members.at_home_elsewhere(session, "console"):
            raise Misconfigured(
                "YORISOI_DATA_DIR",
                "a real community lives here, and the console would make its own guests coordinators of it.",
                "give the console a folder of its own, for example YORISOI_DATA_DIR=demo.",
            )
        address = Address("console", "demo", f"#{square}")
        places.link(session, address, square, house.text.language)
        expires = house.clock() + _INVITATION_LIFE
        roles = (Role.SUPPORTER, Role.COORDINATOR)
        invitations = {role.value: members.invite(session, role, _INVITATION_USES, expires) for role in roles}
        return invitations, [address.channel for address in members.at_home_on(session, "console")]

    invitations, known = await house.database.write(prepare)
    commands = [name for kind, name in every_route().routes if kind == "command"]
    return Console(
        house.text,
        DemoHost(house),
        invitations,
        tour=scene(house.text.language),
        session=session,
        known=known,
        commands=commands,
        history=house.settings.data_dir / "console-history",
        folder=house.settings.data_dir / "files",
    )


async def run_console_in(settings: Settings) -> None:
    async with open_house(settings) as house:
        warming = asyncio.create_task(warm(house.handbook))  # the prompt does not wait for it
        await house.run([await console_of(house)])
        await warming


async def play_scene(settings: Settings, lines: list[str], name: str, out: TextIO) -> int:
    """Returns the exit status: 0 when every expectation was met."""
    async with open_house(settings) as house:
        console = await console_of(house)
        house.adapters[console.name] = console
        await warm(house.handbook)  # a scene gives the same answers every time
        async with house.working():
            return await play(console, house.pipeline.dispatch, lines, name, out)
