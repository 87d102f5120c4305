"""Whatever Slack brings twice, late, in another order or without sense: the effects are those of one clean delivery."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store.members import Role
from tests.adapters.slack.courier import Courier, Trouble
from tests.adapters.slack.histories import SCENES, Effects, Stage, arrive, forget, stands
from tests.adapters.slack.house import open_slack_house
from tests.adapters.slack.meddling import proposes
from tests.slack.people import SlackPerson
from tests.slack.server import open_slack
from tests.world import START, HeldClock

HISTORIES = 500
ROUNDS = 10

TROUBLES = st.builds(
    Trouble,
    first=st.integers(0, 5),
    together=st.integers(0, 2),
    copies=st.integers(0, 4),
    late=st.booleans(),
    old=st.lists(st.integers(0, 30), max_size=3).map(tuple),
    disguised=st.booleans(),
    poison=st.lists(st.integers(0, 99), max_size=2).map(tuple),
    full=st.integers(0, 9).map(lambda dice: dice == 9),
)
CASTS = st.lists(st.sampled_from(sorted(SCENES)), min_size=1, max_size=3)


Plan = tuple[list[str], list[Trouble]]
PLANS: st.SearchStrategy[Plan] = st.tuples(CASTS, st.lists(TROUBLES, min_size=ROUNDS, max_size=ROUNDS))


@dataclass
class Tally:
    histories: int = 0
    deliveries: int = 0


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    async with open_slack("http", lambda: START) as slack, open_slack_house(folder, slack, HeldClock()) as town:
        slack.echoes = False
        await town.house.handbook.warm()
        square = await town.place("hiroba")
        sato = await town.member("sato", Role.COORDINATOR, square)
        await proposes(town, sato)
        [poll] = slack.workspace.by_bot(square)
        stage = Stage(town, square, poll)
        await forget(stage, [])
        yield stage


async def lived(stage: Stage, cast: Iterable[str], troubles: Iterable[Trouble], tally: Tally) -> Effects:
    """The effects of these scenes, played beside each other by people who were never here before."""
    courier = Courier(stage.town.slack, stage.town.adapter._bolt, stage.town.house.database, troubles)
    people: list[tuple[str, SlackPerson]] = []
    scenes = []
    for scene in cast:
        came = await arrive(stage, courier, scene)
        people += came.items()
        scenes.append(SCENES[scene][0](stage, list(came.values())))
    try:
        await courier.play(scenes)
        return await stands(stage, people)
    finally:
        tally.histories, tally.deliveries = tally.histories + 1, tally.deliveries + courier.deliveries
        await forget(stage, people)


def played(folder: Path, histories: int) -> Tally:
    """So many of them, each held against the clean run of its scenes; raises where one differs."""
    clean, troubled = Tally(), Tally()
    with asyncio.Runner() as runner:
        doors = AsyncExitStack()
        stage = runner.run(doors.enter_async_context(open_stage(folder)))
        nothing = runner.run(stands(stage, []))
        wanted = {scene: runner.run(lived(stage, [scene], (), clean)) - nothing for scene in SCENES}

        @settings(max_examples=histories, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(PLANS)
        def every_history(plan: Plan) -> None:
            cast, troubles = plan
            effects = runner.run(lived(stage, cast, troubles, troubled)) - nothing
            assert effects == sum((wanted[scene] for scene in cast), Counter())

        try:
            every_history()
        finally:
            runner.run(doors.aclose())
    return troubled


def test_whatever_is_brought_again_happens_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    started = time.monotonic()
    troubled = played(tmp_path, HISTORIES)
    with capfd.disabled():
        seconds = time.monotonic() - started
        sys.stdout.write(f"\n{troubled.histories} histories, {troubled.deliveries} deliveries, {seconds:.0f} s\n")
    assert troubled.histories >= HISTORIES
    assert troubled.deliveries > 5 * HISTORIES
