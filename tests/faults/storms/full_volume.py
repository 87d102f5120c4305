"""F10: a volume that is really full; space returns, and all goes on without a restart."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.app.house import House
from tests.faults.report import Figure
from tests.faults.storms.driver import Driver
from tests.faults.storms.flows import FLOWS, Stage, Trouble

VOLUME = 3 * 2**20
PAGE = 4096
FULL_SECONDS = 0.1


async def small_volume(folder: Path, *flows: str, spares: range) -> dict[str, Figure]:
    """spares: how many pages are left on the disk, one run each. Where nobody may mount a volume there is no run."""
    stage = Stage(folder, Driver())
    await stage.prepare(flows or FLOWS)
    with _volume(folder / "volume") as volume:
        if volume is None:
            return {"runs": 0, "met_a_full_disk": 0, "lost_twice_or_half_done": 0}

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
) -> dict[str, Figure]:
    failed, wrong = 0, []
    for flow in flows:
        for spare in spares:
            found = await stage.through(flow, trouble(spare), on)
            failed += found.failed > 0
            wrong += [f"{flow}, {spare} pages left: {each}" for each in stage.wrong(flow, found)]
    assert failed > 0, "no disk was full"
    assert wrong == [], "\n".join(wrong)
    return {"runs": len(flows) * len(spares), "met_a_full_disk": failed, "lost_twice_or_half_done": 0}


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
            subprocess.run(["umount", "--lazy", str(at)], check=True)
