"""Every pass of every point, for an evening: python -m tests.faults.slack_sweep [socket|http] [PART OF A POINT …]"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.slack_life import SlackNursery
from tests.faults.slack_points import NOT_HANDLED
from tests.faults.slack_runs import Stage
from tests.slack.server import Mode

AT_SLACK = {
    "slack:chat.postMessage:C0HIROBA": 3,
    "slack:chat.postMessage:D0HANAYAMA": 1,
    "slack:chat.postMessage:D0KENMOCHI": 2,
    "slack:chat.update": 2,
    "slack:views.open": 5,
    "slack:views.update": 5,
    "slack:views.publish": 1,
    "slack:conversations.open": 2,
    "slack:auth.test": 1,
}


async def sweep(stage: Stage, folder: Path, mode: Mode, parts: list[str]) -> Counter[str]:
    figures = Counter[str]()
    clean = await stage.play(folder / "clean", mode=mode)
    for point, number in {**clean.passes, **AT_SLACK}.items():
        if (parts and not any(part in point for part in parts)) or (mode == "http" and point == NOT_HANDLED):
            continue  # over HTTP nobody in the bot knows when the acknowledgement has gone
        for nth in range(1, number + 1):
            wrong: list[str] = []
            case = folder / f"{point}-{nth}".replace("/", "_")
            started = time.monotonic()
            try:
                played = await stage.play(case, (point, nth), mode=mode)
                wrong = played.wrong
                figures["kills"] += played.found.kills
                figures["not reached"] += played.found.kills == 0
            except AssertionError as error:
                wrong = [str(error)]
            figures["runs"] += 1
            figures["with a complaint"] += bool(wrong)
            for each in wrong:
                sys.stdout.write(f"{point} {nth}: {each}\n")
            if (took := time.monotonic() - started) > 5:
                sys.stdout.write(f"{point} {nth}: took {took:.1f} s\n")
            sys.stdout.flush()
    return figures


def main(arguments: list[str]) -> int:
    mode: Mode = "http" if "http" in arguments else "socket"
    parts = [each for each in arguments if each not in ("socket", "http")]
    nursery, started = SlackNursery(), time.monotonic()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        nursery.prepare(folder / "community")
        figures = asyncio.run(sweep(Stage(nursery, folder / "community"), folder, mode, parts))
    nursery.close()
    sys.stdout.write(f"{dict(figures)}, {time.monotonic() - started:.0f} s\n")
    return 1 if figures["with a complaint"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
