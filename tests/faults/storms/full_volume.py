"""F10: a disk that is really full, as a page cap and as a small volume; space returns, and all goes on."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import text

from bot.app.house import House
from bot.store.session import Session
from tests.faults.storms.driver import Driver
from tests.faults.storms.flows import FLOWS, Stage, Trouble

VOLUME = 3 * 2**20
PAGE = 4096
FULL_SECONDS = 0.1
_NO_CAP = 1_000_000


async def capped(folder: Path, *flows: str, spares: range) -> dict[str, int | str]:
    """spares: how many pages the database may still grow by, one run each."""
    stage = Stage(folder, Driver())
    await stage.prepare(flows or FLOWS)

    def trouble(spare: int) -> Trouble:
        @asynccontextmanager
        async def cap(house: House) -> AsyncIterator[None]:
            await house.database.write(lambda session: _cap(session, spare))
            later = asyncio.create_task(_uncapped(house))
            try:
                yield
            finally:
                await later

        return cap

    return await _each(stage, flows or FLOWS, spares, trouble, folder)


async def small_volume(folder: Path, *flows: str, spares: range) -> dict[str, int | str]:
    """As capped, but it is the disk that has no page left; where this machine lets nobody mount one, it says so."""
    stage = Stage(folder, Driver())
    await stage.prepare(flows or FLOWS)
    with _volume(folder / "volume") as volume:
        if volume is None:
            return {"small volume": "not allowed here"}

        def trouble(spare: int) -> Trouble:
            @asynccontextmanager
            async def fill(_: House) -> AsyncIterator[None]:
                ballast = volume / "ballast"
                _fill(ballast, spare)
                later = asyncio.create_task(_emptied(ballast))
                try:
                    yield
                finally:
                    await later

            return fill

        return await _each(stage, flows or FLOWS, spares, trouble, volume)


async def _each(
    stage: Stage, flows: tuple[str, ...], spares: range, trouble: Callable[[int], Trouble], on: Path
) -> dict[str, int | str]:
    failed, wrong = 0, []
    for flow in flows:
        for spare in spares:
            found = await stage.through(flow, trouble(spare), on)
            failed += found.failed > 0
            wrong += [f"{flow}, {spare} pages left: {each}" for each in stage.wrong(flow, found)]
    assert failed > 0, "no disk was full"
    assert wrong == [], "\n".join(wrong)
    return {"runs": len(flows) * len(spares), "met a full disk": failed, "lost, twice or half done": 0}


def _cap(session: Session, spare: int) -> None:
    used = int(session.scalar(text("PRAGMA page_count")))
    session.scalar(text(f"PRAGMA max_page_count={used + spare}"))


async def _uncapped(house: House) -> None:
    await asyncio.sleep(FULL_SECONDS)
    await house.database.write(lambda session: session.scalar(text(f"PRAGMA max_page_count={_NO_CAP}")))


def _fill(ballast: Path, spare: int) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * PAGE)
        except OSError:
            file.truncate(max(0, file.tell() - spare * PAGE))


async def _emptied(ballast: Path) -> None:
    await asyncio.sleep(FULL_SECONDS)
    await asyncio.to_thread(ballast.unlink)


@contextmanager
def _volume(at: Path) -> Iterator[Path | None]:
    at.mkdir()
    order = ["mount", "-t", "tmpfs", "-o", f"size={VOLUME}", "tmpfs", str(at)]
    try:
        mounted = subprocess.run(order, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield at if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(at)], check=True)
