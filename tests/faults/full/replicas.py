"""Three `yorisoi serve` on one PostgreSQL: every ten seconds one is killed and another frozen, under load."""

import asyncio
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.days import fresh_folder
from tests.faults.facts import facts_of
from tests.faults.lives import Lives
from tests.faults.load import Load
from tests.faults.nursery import Child, Nursery, open_nursery
from tests.faults.town import LOG, Size, Town, open_town
from tests.faults.verdict import judge
from tests.store.postgres import empty_database, running_server

TITLE = "three replicas on one PostgreSQL, one killed and one frozen every ten seconds (F18)"

REPLICAS = 3
SECONDS = int(os.environ.get("YORISOI_FAULT_REPLICA_SECONDS", "180"))
EVERY, LONGEST_FREEZE = 10.0, 10.0
ACTS_A_SECOND = 8
SEED = int(os.environ.get("YORISOI_FAULT_SEED", "1"))


@dataclass
class Replicas:
    """freezes: seconds of each. Real times everywhere: nobody hurries here."""

    nursery: Nursery
    town: Town
    alive: list[Child] = field(default_factory=list)
    kills: int = 0
    freezes: list[float] = field(default_factory=list)

    async def born(self) -> None:
        child = await self.nursery.born(settings=self.town.settings(), log=str(self.town.folder / LOG))
        self.alive.append(child)

    async def trouble(self, chance: random.Random, lives: Lives) -> None:
        """One is killed and another takes its place; a third stands still meanwhile."""
        victim, frozen = chance.sample(self.alive, 2)
        self.alive.remove(victim)
        await victim.end(signal.SIGKILL)
        lives.note("killed beside others")
        self.kills += 1
        seconds = chance.uniform(1.0, LONGEST_FREEZE)
        self.freezes.append(seconds)
        frozen.send(signal.SIGSTOP)
        await self.born()
        await asyncio.sleep(seconds)
        frozen.send(signal.SIGCONT)
        await asyncio.sleep(EVERY - seconds)

    async def end(self) -> None:
        for child in self.alive:
            assert await child.end(signal.SIGTERM) == 0


def run() -> dict[str, int | float | str]:
    with running_server() as server, empty_database(server) as url, fresh_folder() as folder:
        figures, wrong = asyncio.run(_day(folder, url))
    sys.stdout.write(f"  {figures}\n")
    assert not wrong, f"seed {SEED}: {wrong[:20]}"
    assert figures["lost"] == figures["slack_twins"] == 0
    return figures


async def _day(folder: Path, url: str) -> tuple[dict[str, int | float | str], list[str]]:
    chance = random.Random(SEED)
    async with open_nursery() as nursery, open_town(folder, url, Size(SECONDS * ACTS_A_SECOND, 16, 8), SEED) as town:
        await town.found()
        lives, replicas, load = Lives(nursery, town), Replicas(nursery, town), Load(town, SEED)
        for _ in range(REPLICAS):
            await replicas.born()
        await town.slack.workspace.until(lambda: len(town.slack.socket.links) == REPLICAS, 30, "three connections")
        day, pace = asyncio.create_task(load.day()), asyncio.create_task(_paced(load))
        try:
            for _ in range(round(SECONDS / EVERY)):
                await replicas.trouble(chance, lives)
            done_under_fire = load.done
            pace.cancel()
            load.set_free()
            await day
        finally:
            day.cancel()
            pace.cancel()
        await lives.settled(240)
        await load.evening()
        await lives.settled(240)
        await replicas.end()
        facts = facts_of(folder, url)
        verdict = judge(facts, one_writer=False)
        counted = verdict.counted
        return {
            "kills": replicas.kills,
            "freezes": len(replicas.freezes),
            "longest_freeze_seconds": round(max(replicas.freezes), 1),
            "worries": len(facts.confirmed),
            "worries_under_fire": done_under_fire,
            "lost": counted["lost"],
            "doubled": counted["doubled"],
            "misattributed": counted["misattributed"] + counted["leaked"] + counted["astray"],
            "slack_twins": counted["slack_twins"],
            "telegram_twins": counted["telegram_twins"],
            "telegram_twins_marked": counted["telegram_twins_marked"],
            "letters_in_doubt": facts.doubtful,
        }, verdict.wrong


async def _paced(load: Load) -> None:
    while True:
        load.allow(1)
        await asyncio.sleep(1 / ACTS_A_SECOND)
