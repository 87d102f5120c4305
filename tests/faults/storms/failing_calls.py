"""F10, F11: every call of the database driver fails in its turn, in every way; the core flows end as if none had."""

from pathlib import Path

from tests.faults.report import Figure
from tests.faults.storms.driver import WAYS, failing_driver
from tests.faults.storms.flows import FLOWS, Stage

LASTING = 10
"""Writes for which a disk stays full."""


async def failing_calls(
    folder: Path, *flows: str, every: int = 1, first: int = 1, full: bool = False
) -> dict[str, Figure]:
    """full: at each write in turn the disk is full for a while; otherwise each call fails once, in turn before it ran,
    after it ran, and with its transaction rolled back, with an I/O error or for want of permission."""
    played = failed = 0
    every_wrong: list[str] = []
    with failing_driver() as driver:
        stage = Stage(folder, driver)
        await stage.prepare(flows or FLOWS)
        for flow in flows or FLOWS:
            for nth in range(first, stage.calls[flow, full] + 1, every):
                if full:
                    found = await stage.play(flow, nth, WAYS[nth % 2 * 2], "full", lasting=LASTING, writes=True)
                else:
                    found = await stage.play(flow, nth, WAYS[nth % 3], ("io", "permission")[nth // 3 % 2])
                played, failed = played + 1, failed + (found.failed > 0)
                every_wrong += [f"{flow}, call {nth}: {each}" for each in stage.wrong(flow, found)]
    assert every_wrong == [], "\n".join(every_wrong)
    assert failed >= played - 5, "the last calls may not be reached in every run; the others are"
    return {"calls_failed": failed, "lost_twice_or_half_done": len(every_wrong)}
