"""A backlog on Telegram: how fast it is answered, how long one answer takes, and how many are lost at a kill."""

import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.telegram_bots import BOTS
from benchmarks.timing import percentile
from tests.telegram.server import FakeTelegram, open_telegram

BACKLOG, PEOPLE = 5000, 50
ONE_BY_ONE = 300
KILLS, WAITING = 5, 200
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Figures:
    """lost: of WAITING updates at a kill, those that left no row. silent: those that left one, and got no answer; an
    answer in hand may be lost, what it was for may not. Medians and worst cases of KILLS kills."""

    per_second: float
    p50: float
    p99: float
    lost: list[int]
    silent: list[int]


@asynccontextmanager
async def running(name: str, folder: Path, telegram: FakeTelegram) -> AsyncIterator[asyncio.subprocess.Process]:
    command = (sys.executable, "-m", "benchmarks.telegram_bots", name, str(folder), telegram.token, telegram.root)
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def speed(name: str) -> tuple[float, list[float]]:
    """Answers per second while the backlog is drained, and then the time of one answer after the other."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_telegram() as telegram:
            telegram.polling.patience = 0
            for number in range(BACKLOG):
                await telegram.person(f"p{number % PEOPLE}").commands("help")
            async with running(name, Path(folder), telegram):
                await telegram.chats.until(lambda: telegram.chats.called("getUpdates"), PATIENCE)
                began = time.perf_counter()
                await until_answered(telegram, BACKLOG)
                per_second = BACKLOG / (time.perf_counter() - began)
                return per_second, [await one_answer(telegram, number) for number in range(ONE_BY_ONE)]


async def one_answer(telegram: FakeTelegram, number: int) -> float:
    began = time.perf_counter()
    await telegram.person(f"p{number % PEOPLE}").commands("help")
    await until_answered(telegram, BACKLOG + number + 1)
    return time.perf_counter() - began


async def harmed(name: str, chance: random.Random) -> tuple[int, int]:
    """Each of WAITING people says one thing; the bot is killed on the way and started again. Lost, and silent."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_telegram() as telegram:
            telegram.polling.patience = 0
            people = [telegram.person(f"p{number}") for number in range(WAITING)]
            for person in people:
                await person.commands("help")
            async with running(name, Path(folder), telegram) as process:
                some = chance.randint(1, WAITING // 2)
                await until_answered(telegram, some)
                process.kill()
                await process.wait()
            async with running(name, Path(folder), telegram):
                await telegram.drained(PATIENCE)
                marker = telegram.person("marker")
                await marker.commands("help")  # whatever is still to come is behind the bot when this is answered
                await telegram.chats.until(lambda: marker.letters, PATIENCE)
                await settled(telegram)
            missing = WAITING + 1 - rows(name, Path(folder))
            return missing, max(sum(not person.letters for person in people) - missing, 0)


def rows(name: str, folder: Path) -> int:
    """What is kept for good: a handled event, or the stock bot's note."""
    file, count = {
        "ours": ("yorisoi.db", "SELECT count(*) FROM inbox WHERE state = 'done'"),
        "stock": ("notes.db", "SELECT count(DISTINCT who) FROM note"),
    }[name]
    with closing(sqlite3.connect(folder / file)) as database:
        return int(database.execute(count).fetchone()[0])


async def settled(telegram: FakeTelegram, seconds: float = 2.0) -> None:
    """Until nothing has been sent for so long."""
    sent = -1
    while sent != len(telegram.chats.messages):
        sent = len(telegram.chats.messages)
        await asyncio.sleep(seconds)


async def until_answered(telegram: FakeTelegram, so_many: int) -> None:
    await telegram.chats.until(lambda: answered(telegram) >= so_many, PATIENCE, f"{so_many} answers")


def answered(telegram: FakeTelegram) -> int:
    """Every message that is not a person's is an answer."""
    return len(telegram.chats.messages) - len(telegram.queue.sent)


async def measure(name: str) -> Figures:
    per_second, waits = await speed(name)
    chance = random.Random(KILLS)
    harm = [await harmed(name, chance) for _ in range(KILLS)]
    lost, silent = [each for each, _ in harm], [each for _, each in harm]
    return Figures(per_second, percentile(waits, 0.5), percentile(waits, 0.99), lost, silent)


def typical(counts: list[int]) -> str:
    return f"{statistics.median(counts):.0f} (at most {max(counts)})"


def lines() -> list[str]:
    found = {name: asyncio.run(measure(name)) for name in BOTS}
    peer = found["stock"]
    names = {"ours": "ours, inbox and effect", "stock": "python-telegram-bot polling, one row"}
    rows = [
        f"| {names[name]} | {each.per_second:,.0f} | {each.per_second / peer.per_second:.2f} "
        f"| {each.p50:.1f} | {each.p99:.1f} | {each.p99 / peer.p99:.2f} "
        f"| {typical(each.lost)} | {typical(each.silent)} |"
        for name, each in found.items()
    ]
    return [
        f"| Telegram, {BACKLOG:,} updates waiting | answers/s | ratio | p50 ms | p99 ms | ratio "
        f"| lost of {WAITING} at a kill | unanswered |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
