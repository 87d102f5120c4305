"""A platform as a process of its own: arguments, one line that says where it is, and an orderly end."""

import argparse
import asyncio
import json
import signal
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from tests.platforms.troubles import KINDS, share


def arguments(name: str) -> argparse.ArgumentParser:
    kinds = "; ".join(f"{kind}: {meaning}" for kind, meaning in KINDS.items())
    parser = argparse.ArgumentParser(prog=f"python -m tests.{name}", description=f"A fake {name} on the loopback.")
    parser.add_argument("--port", type=int, default=0, help="where it listens; 0 for any free one")
    parser.add_argument("--ledger", type=Path, help="a file for one line of JSON per fact")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same troubles")
    parser.add_argument("--trouble", type=share, action="append", default=[], metavar="KIND=SHARE", help=kinds)
    parser.add_argument("--seconds", type=float, default=1.0, help="of waiting, for 429 and slow")
    return parser


def run(opened: AbstractAsyncContextManager[dict[str, Any]]) -> int:
    """Until SIGTERM or SIGINT. What opening gives is told in one line of JSON."""
    asyncio.run(_until_told(opened))
    return 0


async def _until_told(opened: AbstractAsyncContextManager[dict[str, Any]]) -> None:
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    async with opened as here:
        sys.stdout.write(f"{json.dumps(here)}\n")
        sys.stdout.flush()
        await told.wait()
