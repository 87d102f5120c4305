"""A serve that runs on an operator's machine, as a service manager would start and end it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.command_line.machine import WELL, Machine


@asynccontextmanager
async def serving(
    machine: Machine, settings: Mapping[str, str], *options: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """options: of Python itself. Ends in order, and nothing in its log is a traceback."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
    chosen = {f"YORISOI_{name}": value for name, value in {"DATA_DIR": str(machine.data), **settings}.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *options, "-m", "bot", "serve",
        env={**inherited, **chosen}, cwd=machine.data.parent, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(process.communicate(), 20)
    assert "Traceback" not in said.decode()
    assert process.returncode == WELL, said.decode()
