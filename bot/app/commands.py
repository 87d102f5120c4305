"""What the command line does, once it knows the settings."""

import asyncio
import gc
import re
import signal
import sys
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.console import plain_text
from bot.app import hotline_care
from bot.app.demo import play_scene, run_console_in
from bot.app.house import House, handbook_of, open_house, warm
from bot.app.memory import HouseMemory
from bot.chat.errors import Misconfigured
from bot.chat.messages import Message
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.handbook import Handbook
from bot.language.cleaning import clean
from bot.routing import safety
from bot.routing.found import found
from bot.routing.limits import Limits
from bot.settings import Settings
from bot.store import members
from bot.store.members import Role
from bot.views.cards import handbook as cards
from bot.views.text import Text

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


async def run_console(settings: Settings) -> None:
    await prepare_encoder(settings)
    await run_console_in(settings)


async def play(settings: Settings, script: Path) -> int:
    scene = _read_scene(script)
    await prepare_encoder(settings)
    return await play_scene(settings, scene.split("\n"), script.name, sys.stdout)


def _read_scene(script: Path) -> str:
    try:
        written = sys.stdin.buffer.read() if str(script) == "-" else script.read_bytes()
        return written.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            "--script", f"{script} cannot be read ({type(error).__name__}).", "give a UTF-8 text file, or - ."
        ) from None


async def prepare_encoder(settings: Settings) -> None:
    """Builds the encoder at the first run, saying how far it is; without it search goes by words alone."""
    text = Text(settings.language, settings.zone)

    def say(step: int, steps: int, name: str) -> None:
        sys.stderr.write(text("cli.encoder_step", step=step, steps=steps, name=text(f"cli.encoder.{name}")) + "\n")

    try:
        await asyncio.to_thread(ensure_encoder, settings.encoder_dir, say)
    except KnowledgeUnavailable as error:
        sys.stderr.write(f"yorisoi: {error.problem}\n  fix: {error.fix}\n")


async def serve(settings: Settings) -> int:
    """Until it is told to stop; 3 where no platform is configured, rather than pretending to serve."""
    from bot.app.operators import open_operators_pages, refuse_debug
    from bot.app.platforms import open_platforms  # with the platforms' libraries: a console need not wait for them

    refuse_debug(settings)
    hotline_care.warn(datetime.now(UTC))
    text = Text(settings.language, settings.zone)
    async with (
        open_house(settings, limits=Limits) as house,
        open_operators_pages(house),
        open_platforms(house) as adapters,
    ):
        if not adapters:
            sys.stderr.write(text("cli.no_platform") + "\n")
            return 3
        await prepare_encoder(settings)
        await house.gaps.begin([adapter.name for adapter in adapters], house.clock())
        sys.stderr.write(text("cli.serving", platforms=", ".join(adapter.name for adapter in adapters)) + "\n")
        warming = asyncio.create_task(_warm_up(house.handbook))
        try:
            await until_told_to_stop(house.run(adapters))
        finally:
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)
    return 0


async def _warm_up(handbook: Handbook) -> None:
    """What is loaded by then stays; left to the garbage collector, it would be looked through again and again, for
    a tenth of a second each time."""
    await warm(handbook)
    tell_problem(handbook)
    await safety.warm()
    gc.collect()
    gc.freeze()


def tell_problem(handbook: Handbook) -> None:
    """It answers all the same, with our own encoder or by words."""
    if handbook.problem:
        sys.stderr.write(f"yorisoi: {handbook.problem.problem}\n  fix: {handbook.problem.fix}\n")


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Ends the work in order at SIGTERM, as service managers send it, and at SIGINT."""
    loop, working = asyncio.get_running_loop(), asyncio.ensure_future(work)
    told = False

    def stop() -> None:
        nonlocal told
        told = True
        working.cancel()

    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    try:
        await working
    except asyncio.CancelledError:
        if not told:
            raise
    finally:
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(sign)


async def ask(settings: Settings, question: str) -> int:
    """0 with entries, 1 with an honest nothing."""
    text = Text(settings.language, settings.zone)
    if not clean(question):
        _say(cards.ask(text, alone=True))
        return 1
    await prepare_encoder(settings)
    handbook = handbook_of(settings)
    await warm(handbook)
    tell_problem(handbook)
    hits = await handbook.nearest(question)
    near = await found(handbook, [hit.entry for hit in hits], text.language)
    _say(cards.nearest(text, near) if near else cards.nothing(text))
    return 0 if hits else 1


def _say(message: Message) -> None:
    """Without its buttons: there is nothing to press here."""
    sys.stdout.write(plain_text(replace(message, buttons=())) + "\n")


async def invite(settings: Settings, role: str, uses: int, expires: str) -> int:
    if role not in (Role.SUPPORTER, Role.COORDINATOR, Role.OPERATOR):
        raise Misconfigured("--role", "this role does not exist.", "supporter, coordinator or operator")
    life = lifetime(expires)
    async with open_house(settings) as house:
        until = house.clock() + life
        code = await house.database.write(lambda session: members.invite(session, Role(role), uses, until))
        sys.stdout.write(house.text("cli.invitation", code=code, uses=uses, until=house.text.when(until)) + "\n")
        if name := await _name_on_telegram(house):
            link = f"https://t.me/{name}?start={code}"
            sys.stdout.write(house.text("cli.invitation_link", link=link) + "\n")
    return 0


async def _name_on_telegram(house: House) -> str:
    """Known once it has been served there."""
    from bot.adapters.telegram import NAME  # with the platform's library: a console need not wait for it

    return await HouseMemory(house.database, "telegram", house.clock).recall(NAME)


def lifetime(written: str) -> timedelta:
    """7d, 12h or 2w; at most two years, so that no code is forgotten in a drawer."""
    found = re.fullmatch(r"([1-9][0-9]{0,3})([hdw])", written.strip().lower(), re.ASCII)
    life = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta()
    if not timedelta() < life <= timedelta(days=731):
        raise Misconfigured("--expires", "this is no length of time up to two years.", "for example 7d, 12h or 2w")
    return life
