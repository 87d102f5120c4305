"""How soon a busy Slack is acknowledged and its people answered, against a stock Bolt app that keeps a row."""

import argparse
import asyncio
import gc
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import slack_bots
from benchmarks.question import questions
from benchmarks.slack_bots import PEOPLE, SLOW_SECONDS, SLOW_WORD, Place, missing, person, row_name, stored_at
from benchmarks.timing import percentile
from tests.adapters.slack.house import free_port
from tests.slack.server import FakeSlack, Mode, open_slack

RATE = 200
SECONDS = 30.0
WARM_UP_SECONDS, KILL_SECONDS = 3.0, 1.0
PATIENCE_SECONDS = 60.0
BUDGET_SECONDS = 1.0

RUNS: dict[Mode, tuple[str, ...]] = {
    "socket": ("bare", "ours", "stock", "stock, stored first"),
    "http": ("ours", "stock"),
}
NAMES = {
    "ours": "ours (stored before the ack; handbook searched)",
    "stock": "stock slack-bolt + aiosqlite, one row",
    "stock, stored first": "the same with its row before the ack",
    "bare": "no library, no row: the floor of the fake",
}
WAYS: dict[Mode, str] = {"socket": "Socket Mode", "http": "HTTP"}

Speaker = Callable[[int], int]
"""Who says the n-th thing."""


@dataclass(slots=True)
class Said:
    """One message of a person. Times are seconds of the clock, 0 for what never came."""

    planned: float
    channel: str
    person: int
    ts: str = ""
    acked: float = 0.0
    answered: float = 0.0

    def row(self, bot: str) -> str:
        return row_name(bot, self.channel, self.ts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Waits are counted from the planned moment, in seconds.

    cpu: seconds of the bot's process for one event. beside: acknowledgements of somebody whose slow turn was under way.
    early: the part of the events that the stock app acknowledged before they were on the disk.
    gone: acknowledged before the kill, and not on the disk after it.
    """

    acks: list[float]
    answers: list[float]
    lost: int
    cpu: float
    beside: list[float]
    early: float
    gone: int


class Crowd:
    """Everybody's screens: says things at their planned moments, whatever the bot does meanwhile."""

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._questions = questions()
        self._rooms = [slack.workspace.im(slack.person(f"p{number}").id).id for number in range(PEOPLE)]
        self.said: list[Said] = []

    async def talk(self, seconds: float, speaker: Speaker, first_words: str = "") -> list[Said]:
        """Returns when the last thing was said, which is not when it was answered."""
        begin, mine = time.time(), len(self.said)
        for number in range(int(seconds * RATE)):
            planned = begin + number / RATE
            await asyncio.sleep(max(0.0, planned - time.time()))
            who = speaker(number)
            said = Said(planned, self._rooms[who], who)
            self.said.append(said)
            words = self._questions[number % len(self._questions)]
            self._slack.start(self._say(said, first_words if first_words and number == 0 else words))
        return self.said[mine:]

    async def _say(self, said: Said, words: str) -> None:
        post = self._slack.workspace.post(said.channel, words, user=person(said.person))
        said.ts = post.ts
        if await self._slack.deliver("events_api", self._slack.payloads.message(post)) is not None:
            said.acked = time.time()

    async def quiet(self) -> None:
        """Returns when everything has been answered, or nothing more is to be hoped for."""
        workspace = self._slack.workspace
        with suppress(AssertionError):
            await workspace.until(lambda: len(workspace.posts) >= 2 * len(self.said), PATIENCE_SECONDS)

    def note_answers(self) -> None:
        """The n-th answer in a chat belongs to the n-th thing said there."""
        waiting: defaultdict[str, deque[Said]] = defaultdict(deque)
        for said in self.said:
            waiting[said.channel].append(said)
        for post in self._slack.workspace.by_bot():
            if waiting[post.channel]:
                waiting[post.channel].popleft().answered = float(post.ts)


@asynccontextmanager
async def living(bot: str, slack: FakeSlack, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot in its own process, ready to hear."""
    port = free_port() if slack.mode == "http" else 0
    slack.http.request_url = f"http://127.0.0.1:{port}{slack_bots.PATH}"
    place = Place(str(folder), slack.api_url, slack.bot_token, slack.app_token, slack.signing_secret, port)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", slack_bots.__name__, bot, place.written(), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        while (line := await process.stdout.readline()).decode().strip() != slack_bots.READY:
            assert line, f"{bot} did not come"
        if slack.mode == "socket":
            await slack.workspace.until(lambda: slack.socket.links, 10, "the bot coming")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def under_load(bot: str, mode: Mode, seconds: float) -> Outcome:
    with tempfile.TemporaryDirectory() as folder, never_pausing():
        async with open_slack(mode) as slack:
            slack.socket.retry_delays = slack.http.retry_delays = ()  # what is not acknowledged in time is lost here
            crowd = Crowd(slack)
            async with living(bot, slack, Path(folder)) as process:
                await crowd.talk(WARM_UP_SECONDS, _in_turn)
                await crowd.quiet()
                worked = _cpu(process)
                measured = await crowd.talk(seconds, _in_turn)
                await crowd.quiet()
                worked = (_cpu(process) - worked) / len(measured)
                busy = await crowd.talk(SLOW_SECONDS, _one_again_and_again, SLOW_WORD)
                await crowd.quiet()
                crowd.note_answers()
                last = await crowd.talk(KILL_SECONDS, _in_turn)
                process.kill()
                await process.wait()
                await asyncio.sleep(0.2)  # acknowledgements that are on their way arrive
        return _outcome(bot, Path(folder), measured, busy, last, worked)


@contextmanager
def never_pausing() -> Iterator[None]:
    """The measuring side does not stop to collect garbage; the bot's own collector works as ever."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _cpu(process: asyncio.subprocess.Process) -> float:
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)


def _in_turn(number: int) -> int:
    return number % PEOPLE


def _one_again_and_again(number: int) -> int:
    """Every tenth thing is said by the one who waits for the slow answer."""
    return 0 if number % 10 == 0 else 1 + number % (PEOPLE - 1)


def _outcome(bot: str, folder: Path, measured: list[Said], busy: list[Said], last: list[Said], cpu: float) -> Outcome:
    whole = {said.row(bot) for said in measured if said.acked and said.answered}
    whole -= missing(bot, folder, whole, "handled")
    moments = stored_at(folder)
    stored = [(said.acked, moments[said.row(bot)]) for said in measured if said.row(bot) in moments]
    return Outcome(
        acks=[said.acked - said.planned for said in measured if said.acked],
        answers=[said.answered - said.planned for said in measured if said.answered],
        lost=len(measured) - len(whole),
        cpu=cpu,
        beside=[said.acked - said.planned for said in busy[1:] if said.person == 0 and said.acked],
        gone=len(missing(bot, folder, {said.row(bot) for said in last if said.acked}, "kept")),
        early=sum(1 for acked, moment in stored if 0 < acked < moment) / len(measured),
    )


def lines(seconds: float = SECONDS) -> list[str]:
    rows, acks = [], 0.0
    for mode, bots in RUNS.items():
        outcomes = {bot: asyncio.run(under_load(bot, mode, seconds)) for bot in bots}
        rows += [f"| {WAYS[mode]}: {NAMES[bot]} | {_row(each, outcomes['stock'])} |" for bot, each in outcomes.items()]
        acks = max(acks, percentile(outcomes["ours"].acks, 0.99) / 1000)
    return [
        f"| {RATE} events/s for {seconds:.0f} s (against stock) | lost | ack p50 ms | ack p99 | answer p50 | "
        f"answer p99 | CPU ms an event | longest ack beside a turn of {SLOW_SECONDS:.0f} s | acked before stored | "
        "gone at a kill |",
        "|" + "---|" * 10,
        *rows,
        "",
        f"{PEOPLE} members ask the handbook, each in their own chat; waits count from the planned moment; Slack tells",
        "the bot of its own answers, too. "
        f"Worst p99 of our acks: {acks / BUDGET_SECONDS:.2f} of {BUDGET_SECONDS:.0f} s allowed.",
    ]


def _row(outcome: Outcome, peer: Outcome) -> str:
    def wait(of: Callable[[Outcome], list[float]], part: float) -> str:
        mine, theirs = percentile(of(outcome), part), percentile(of(peer), part)
        return f"{mine:.1f} ({mine / theirs:.1f})"

    waits = [wait(of, part) for of in (lambda each: each.acks, lambda each: each.answers) for part in (0.5, 0.99)]
    cpu = f"{outcome.cpu * 1000:.1f} ({outcome.cpu / peer.cpu:.1f})"
    beside = f"{percentile(outcome.beside, 1.0):.1f}"
    return " | ".join([str(outcome.lost), *waits, cpu, beside, f"{outcome.early:.1%}", str(outcome.gone)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    sys.stdout.write("\n".join(lines(parser.parse_args().seconds)) + "\n")
