"""F6: a platform is down for an hour, in every way; nothing is lost, memory and log stay small."""

import gc
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.session import Session
from tests.faults.report import Figure
from tests.faults.storms.line import Line
from tests.faults.storms.towns import Town, a_town
from tests.faults.storms.written import Written, written

SECONDS = 0.15
"""For what takes thirty in earnest: until an answer is no longer waited for."""

GROWTH_MB, RETURN_SECONDS = 50, 600


async def outage(
    platform: str, folder: Path, mode: str, *, letters: int, chats: int, minutes: int = 60, step: int = 30
) -> dict[str, Figure]:
    line = Line()
    with pytest.MonkeyPatch.context() as patch, written(folder / "log") as log:
        for where in ("slack.api.TIMEOUT_SECONDS", "slack.slack.TIMEOUT_SECONDS"):  # read once, when it is opened
            patch.setattr(f"bot.adapters.{where}", 5 * SECONDS)
        try:
            async with a_town(platform, folder, line) as town:
                return await _through(town, line, mode, log, letters=letters, chats=chats, minutes=minutes, step=step)
        finally:
            await line.close()


async def _through(
    town: Town, line: Line, mode: str, log: Written, *, letters: int, chats: int, minutes: int, step: int
) -> dict[str, Figure]:
    rooms = [town.new_chat(f"room{number}") for number in range(chats)]
    await _write(town, rooms, range(chats))
    await town.calm()
    before = _megabytes()
    await line.fails(mode)
    steps, number, began = minutes * 60 // step, chats, town.clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.adapters.telegram.transport.SECONDS", SECONDS)
        for nth in range(1, steps + 1):
            until = chats + letters * nth // steps
            await _write(town, rooms, range(number, until))
            number = until
            await town.after(step)
    waiting = await town.waiting()
    grown = _megabytes() - before
    await line.heals()
    back = town.clock()
    while await town.waiting():
        await town.after(5)
        assert town.clock() - back < timedelta(hours=3), await town.states()
    took = (town.clock() - back).total_seconds()
    twins, lost, unmarked = _counted(town, rooms, number)
    most = max(log.causes().values(), default=0)
    held = (town.clock() - began).total_seconds() / 60
    assert waiting > 0, "it was an outage"
    assert grown < GROWTH_MB, f"{mode}: memory grew by {grown:.0f} MB"
    assert lost == 0, f"{mode}: {lost} letters lost"
    assert unmarked == 0, f"{mode}: {unmarked} twins that do not say so"
    assert twins <= (0 if town.platform == "slack" else chats), f"{mode}: {twins} twins"
    assert took <= RETURN_SECONDS, f"{mode}: the last arrived {took:.0f} s after the return"
    assert most <= held + 1, f"{mode}: {most} lines of one cause in {held:.0f} min"
    return {
        "waiting": waiting,
        "memory_growth_mb": round(grown),
        "all_delivered_seconds": round(took),
        "twins": twins,
        "lines_of_a_cause": most,
    }


async def _write(town: Town, rooms: list[str], numbers: range) -> None:
    """All in one commit, as a handler that tells many people does."""

    def put(session: Session) -> None:
        for number in numbers:
            room = rooms[number % len(rooms)]
            address = Address(town.platform, town.space, room)
            outbox.put(session, Letter(f"letter{number}", address, Message(body=f"n{number:05}"), town.clock()))

    await town.house.database.write(put)


def _counted(town: Town, rooms: list[str], number: int) -> tuple[int, int, int]:
    read = [words for room in rooms for words in town.read(room)]
    plain = [words for words in read if "※再送" not in words]
    known = {words[:6] for words in read}
    return len(read) - len(known), number - len(known), len(plain) - len(set(plain))


def _megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20
