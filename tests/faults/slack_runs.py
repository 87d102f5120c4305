"""Plays a whole scene through kills and restarts, and hands what is left to the checker."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.faults.slack_checker import Found, complaints, found_in
from tests.faults.slack_child import PASSES
from tests.faults.slack_life import Kill, Life, SlackNursery
from tests.faults.slack_people import Stuck
from tests.faults.slack_scene import Scene
from tests.slack.server import Mode, open_slack

DATABASE = "yorisoi.db"
RETRIES = (0.05,) * 60
"""Seconds until Slack brings an event again; over a socket it waits for the bot first."""


@dataclass(frozen=True, slots=True)
class Played:
    """stuck: where people could not get on. passes: how often the last bot passed each point."""

    found: Found
    stuck: str
    passes: dict[str, int]

    @property
    def wrong(self) -> list[str]:
        return [*complaints(self.found), *([self.stuck] if self.stuck else [])]


@dataclass(frozen=True, slots=True)
class Stage:
    """One nursery and one community for all runs; each run has a Slack and a copy of the community of its own."""

    nursery: SlackNursery
    community: Path

    async def play(
        self,
        folder: Path,
        *kills: Kill,
        mode: Mode = "socket",
        bug: str = "",
        busy_lane: bool = False,
        patience: float = 8.0,
    ) -> Played:
        """patience: seconds until people, or the end, give up on something that does not come."""
        shutil.copytree(self.community, folder)
        async with open_slack(mode) as slack:
            slack.socket.retry_delays = slack.http.retry_delays = RETRIES
            life = Life(self.nursery, slack, folder, kills, bug)
            try:
                stuck = await _played(Scene(slack, life, patience=patience, busy_lane=busy_lane))
                stuck = await _settled(life, patience) or stuck
            finally:
                await life.close()
            return Played(found_in(slack, folder / DATABASE, life.deaths), stuck, _passes(folder / PASSES))


async def _played(scene: Scene) -> str:
    """Where people could not get on."""
    try:
        await scene.play()
    except Stuck as where:
        return str(where)
    return ""


async def _settled(life: Life, patience: float) -> str:
    try:
        await life.settle(patience)
    except AssertionError as where:
        return str(where)
    return ""


def _passes(file: Path) -> dict[str, int]:
    counted: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    return counted
