"""The bot as the parent sees it: it lives, is killed where it was told, and is started again at once."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tests.adapters.slack.house import free_port
from tests.faults.nursery import KILLED
from tests.slack.faults import Fault
from tests.slack.server import FakeSlack
from tests.source import ROOT

Kill = tuple[str, int]

AT_SLACK = "slack:"
"""Points on Slack's side: `slack:METHOD` or `slack:METHOD:CHANNEL`; the call was done, its answer never comes."""

PATIENCE = 10.0


class SlackNursery:
    """Forks a bot for every order from a process that has the imports behind it."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "tests.faults.slack_child")
        self._parent = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1
        )

    def order(self, **order: object) -> None:
        assert self._parent.stdin
        self._parent.stdin.write(f"{json.dumps(order)}\n")

    def told(self) -> tuple[str, str]:
        """The next thing it says: a word and what belongs to it."""
        assert self._parent.stdout
        word, _, rest = self._parent.stdout.readline().strip().partition(" ")
        return word, rest

    def prepare(self, folder: Path) -> None:
        self.order(folder=str(folder), prepare=True)
        assert self.told()[0] == "pid"
        assert self.told() == ("ended", "0")

    def close(self) -> None:
        self._parent.communicate()


class Life:
    """One bot after the other on one folder. kills: where each of them ends; the one after the last stays.

    deaths: how many were killed.
    """

    def __init__(
        self, nursery: SlackNursery, slack: FakeSlack, folder: Path, kills: Sequence[Kill], bug: str = ""
    ) -> None:
        self._nursery, self._slack, self._folder, self._bug = nursery, slack, folder, bug
        self._kills = list(kills)
        self.deaths = 0
        self._pid = 0
        self._ready = self._over = self._closing = False
        self._port = free_port()
        self._killers: set[asyncio.Task[None]] = set()
        self._watching = asyncio.create_task(self._live())
        slack.http.request_url = f"http://127.0.0.1:{self._port}/slack/events"

    async def back(self) -> None:
        """Returns when there is a bot that takes what comes."""
        await self._until(lambda: self._over or self._listens(), "the bot coming")
        if self._watching.done():
            self._watching.result()

    def _listens(self) -> bool:
        return self._ready and (self._slack.mode == "http" or bool(self._slack.socket.links))

    async def settle(self, patience: float) -> None:
        """Tells it to end when all is done; one that is killed meanwhile has a successor that is told, too.

        Raises AssertionError where it does not come to an end.
        """
        while not self._over:
            await self.back()
            deaths = self.deaths
            os.kill(self._pid, signal.SIGTERM)
            await self._until(lambda: self._over or self.deaths > deaths, "the bot having done all", patience)  # noqa: B023
        self._watching.result()

    async def close(self) -> None:
        self._closing = True
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        await asyncio.gather(self._watching, *self._killers, return_exceptions=True)

    async def _until(self, holds: Callable[[], object], hope: str, patience: float = PATIENCE) -> None:
        await self._slack.workspace.until(holds, patience, hope)

    async def _live(self) -> None:
        try:
            while not self._closing and await self._one() == KILLED:
                pass
        finally:
            self._over = True
            self._slack.workspace.tell()

    async def _one(self) -> int:
        """From its start to its end; returns how it ended."""
        point, nth = self._kills.pop(0) if self._kills else ("", 0)
        held = self._hold(point, nth) if point.startswith(AT_SLACK) else asyncio.Event()
        there = point if not point.startswith(AT_SLACK) else ""
        self._nursery.order(
            folder=str(self._folder), port=self._port, slack=self._settings(), point=there, nth=nth, bug=self._bug
        )
        while True:
            word, rest = await asyncio.to_thread(self._nursery.told)
            if word == "pid":
                self._pid = int(rest)
            elif word == "ready":
                self._ready = True
                self._slack.workspace.tell()
            else:
                await self._buried(held)
                self.deaths += int(rest) == KILLED
                self._slack.workspace.tell()
                assert self._closing or int(rest) in (0, KILLED), f"the bot ended with {rest}"
                return int(rest)

    def _settings(self) -> dict[str, str]:
        slack = self._slack
        way = (
            {"slack_app_token": slack.app_token}
            if slack.mode == "socket"
            else {"slack_signing_secret": slack.signing_secret}
        )
        return {"slack_bot_token": slack.bot_token, "slack_api_url": slack.api_url, **way}

    def _hold(self, point: str, nth: int) -> asyncio.Event:
        """The nth such call is done and stays without an answer, and the bot is killed meanwhile."""
        _, method, channel = f"{point}:".split(":")[:3]
        held, fault = asyncio.Event(), Fault()
        fault.hold = held
        if nth > 1:
            self._slack.faults.next(method, Fault(), nth - 1, channel)
        self._slack.faults.next(method, fault, 1, channel)

        async def kill() -> None:
            happened = self._slack.faults.happened
            await self._until(lambda: any(each is fault for _, each in happened), point, patience=600)
            os.kill(self._pid, signal.SIGKILL)

        task = asyncio.create_task(kill())
        self._killers.add(task)
        task.add_done_callback(self._killers.discard)
        return held

    async def _buried(self, held: asyncio.Event) -> None:
        """What it acknowledged with its last breath is heard first; for everything else no answer comes any more."""
        self._pid, self._ready = 0, False
        for each in self._killers:
            each.cancel()
        held.set()
        self._slack.faults.clear()
        await self._until(lambda: not self._slack.socket.connected, "the sockets closing")
        self._slack.socket.give_up()
