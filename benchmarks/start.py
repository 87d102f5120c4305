"""From the command to the console's first prompt, where that time goes, and the memory at rest."""

import json
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
BUDGET_SECONDS = 5.0

_STAGES = """
import asyncio, json, sys, time
began = time.perf_counter()
marks = {}
def mark(name):
    global began
    marks[name] = time.perf_counter() - began
    began = time.perf_counter()
import typer
mark("typer")
from bot.settings import read_settings
settings = read_settings()
mark("settings (pydantic)")
import bot.store.database
mark("store (sqlmodel, SQLAlchemy)")
import bot.adapters.console
mark("console (prompt_toolkit)")
import bot.app.commands
mark("the other rooms")
from bot.app.demo import console_of
from bot.app.house import open_house
import psutil
from pathlib import Path
def own():
    rows = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(row.split()[1]) for row in rows if row.startswith("Anonymous:")) / 1024
async def go():
    async with open_house(settings) as house:
        mark("database opened and checked")
        await console_of(house)
        mark("demo community")
        marks["rss"] = own()
        await house.handbook.warm()
        await house.handbook.nearest("親ばかり話して本人の声が聞けません")
        mark("encoder and search, off the way")
        marks["rss encoder"] = own()
        marks["rss all"] = psutil.Process().memory_info().rss / 2**20
asyncio.run(go())
print(json.dumps(marks))
"""


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "YORISOI_DATA_DIR": str(data), "YORISOI_LANGUAGE": "ja", "TERM": "xterm", "COLUMNS": "80"}


def first_prompt(data: Path) -> float:
    """Seconds until a person could type, in a real terminal."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "bot", "console"], environment(data))
    try:
        _read_until(terminal, b"hana@")
        return time.perf_counter() - began
    finally:
        os.write(terminal, b":quit\r")
        _drain(terminal)
        os.waitpid(pid, 0)
        os.close(terminal)


def _read_until(terminal: int, wanted: bytes, seconds: float = 120) -> None:
    seen, deadline = b"", time.monotonic() + seconds
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError("the prompt never came")
        seen += os.read(terminal, 65536)
        if b"\x1b[6n" in seen:  # the terminal is asked where its cursor stands
            os.write(terminal, b"\x1b[1;1R")
            seen = seen.replace(b"\x1b[6n", b"")


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # Linux says EIO when the other side has gone
        return


def stages(data: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _STAGES], env=environment(data), capture_output=True, text=True, check=True
    )
    return {str(name): float(value) for name, value in json.loads(done.stdout.splitlines()[-1]).items()}


def lines() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        set_up = first_prompt(data)
        prompts = [first_prompt(data) for _ in range(ROUNDS)]
        runs = [stages(data) for _ in range(ROUNDS)]
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    prompt = statistics.median(prompts)
    return [
        "| cold start of the console | |",
        "|---|---|",
        f"| to the first prompt | {prompt:.2f} s, {prompt / BUDGET_SECONDS:.2f} of {BUDGET_SECONDS:.0f} s allowed |",
        f"| the very first time (builds the encoder) | {set_up:.1f} s |",
        *(f"| … {name} | {seconds:.2f} s |" for name, seconds in found.items() if not name.startswith("rss")),
        f"| memory of its own at rest, without the encoder | {found['rss']:.0f} MiB |",
        f"| … with encoder and Sudachi loaded | {found['rss encoder']:.0f} MiB |",
        f"| … with mapped dictionary files counted | {found['rss all']:.0f} MiB |",
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
