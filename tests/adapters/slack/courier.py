"""Slack's way of bringing what people do: once or five times, at once, late, retried, and with nonsense between."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest
from sqlalchemy import text

from bot.store.database import Database
from tests.adapters.slack.nonsense import senseless
from tests.slack.blocks import Json
from tests.slack.server import FakeSlack
from tests.slack.socket_mode import Kind
from tests.slack.workspace import BOT, BOT_ID

MENTIONED = "app_mention"


@dataclass(frozen=True)
class Trouble:
    """What happens around one round of first deliveries.

    first: which of those that wait goes first. together: how many more go at the same moment. copies: of each of them,
    at once or, where late, one after the other. old: earlier deliveries that come again; disguised: under another
    event id, as a back-fill would bring them. poison: payloads that make no sense, before anything else.
    full: nothing can be stored at the first try, and Slack tries again.
    """

    first: int = 0
    together: int = 0
    copies: int = 0
    late: bool = False
    old: tuple[int, ...] = ()
    disguised: bool = False
    poison: tuple[int, ...] = ()
    full: bool = False


CALM = Trouble()


@dataclass
class _Turn:
    """Somebody who has acted and waits for Slack's acknowledgement."""

    who: str
    kind: Kind
    payload: Json
    ack: asyncio.Future[Json | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Courier:
    """The Side that people of one history sit in front of; troubles: one for each round, then all is calm."""

    def __init__(self, slack: FakeSlack, bolt: AsyncApp, database: Database, troubles: Iterable[Trouble]) -> None:
        self.workspace, self.payloads = slack.workspace, slack.payloads
        self.interactions, self.doors = slack.interactions, slack.doors
        self.brought: list[tuple[Kind, Json]] = []
        self.deliveries = 0
        self._bolt, self._database = bolt, database
        self._troubles: Iterator[Trouble] = chain(troubles, repeat(CALM))
        self._waiting: list[_Turn] = []

    async def deliver(self, kind: Kind, payload: Json) -> Json | None:
        task = asyncio.current_task()
        turn = _Turn(task.get_name() if task else "", kind, payload)
        self._waiting.append(turn)
        self.workspace.tell()
        return await turn.ack

    async def play(self, scenes: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Plays the scenes beside each other; whoever acts waits until the dice choose them."""
        playing = [asyncio.create_task(scene, name=f"scene {number:03}") for number, scene in enumerate(scenes)]
        for task in playing:
            task.add_done_callback(lambda _: self.workspace.tell())
        try:
            while not all(task.done() for task in playing):
                await self.workspace.until(lambda: self._at_rest(playing), 20, "everybody acting or being done")
                await self._round(next(self._troubles))
            for task in playing:
                task.result()
        finally:
            for task in playing:
                task.cancel()
            await asyncio.gather(*playing, return_exceptions=True)

    def _at_rest(self, playing: list[asyncio.Task[None]]) -> bool:
        failed = any(task.done() and task.exception() for task in playing)
        return failed or len(self._waiting) >= sum(not task.done() for task in playing)

    async def _round(self, trouble: Trouble) -> None:
        self._waiting.sort(key=lambda turn: turn.who)
        count = min(1 + trouble.together, len(self._waiting))
        chosen = [self._waiting.pop(trouble.first % len(self._waiting)) for _ in range(count)]
        for which in trouble.poison:
            kind, payload = self._poison(which)
            await self._hand(kind, payload, 0)
        if trouble.full:
            async with self._full_disk():
                lost = [await self._hand(turn.kind, turn.payload, 0) for turn in chosen]
            assert not any(ack is not None for ack in lost), "what could not be stored is not acknowledged"
        acks = await asyncio.gather(*(self._bring(turn, trouble) for turn in chosen))
        self.brought += [(turn.kind, turn.payload) for turn in chosen]
        for which in trouble.old:
            kind, payload = self.brought[which % len(self.brought)]
            await self._hand(kind, _disguised(payload) if trouble.disguised else payload, 1 + which % 3)
        for turn, ack in zip(chosen, acks, strict=True):
            turn.ack.set_result(ack)

    async def _bring(self, turn: _Turn, trouble: Trouble) -> Json | None:
        """The acknowledgement of the first copy is the one that counts."""
        copies = [self._hand(turn.kind, turn.payload, attempt) for attempt in range(1 + trouble.copies)]
        acks = [await each for each in copies] if trouble.late else await asyncio.gather(*copies)
        assert all(ack is not None for ack in acks), "what was understood is acknowledged, every time"
        return acks[0]

    async def _hand(self, kind: Kind, payload: Json, attempt: int) -> Json | None:
        """As the SDK does: what raises there is not acknowledged, and nothing else."""
        self.deliveries += 1
        retried = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        envelope = json.loads(json.dumps({"envelope_id": "e", "type": kind, "payload": payload} | retried))
        request = SocketModeRequest.from_dict(envelope)
        assert request
        try:
            response = await run_async_bolt_app(self._bolt, request)
        except Exception:
            return None
        if response.status != 200:
            return None
        return json.loads(response.body) if response.body else {}

    @asynccontextmanager
    async def _full_disk(self) -> AsyncIterator[None]:
        full = "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END"
        await self._database.write(lambda session: session.run(text(full)))
        yield
        await self._database.write(lambda session: session.run(text("DROP TRIGGER full")))

    def _poison(self, which: int) -> tuple[Kind, Json]:
        """Nonsense about somebody who is really there, our own words, another app's, and news of older messages."""
        person = next(reversed(self.workspace.users))
        im = self.workspace.im(person).id
        nonsense: list[tuple[Kind, Json]] = [("events_api", each) for each in senseless("毒", person, im).values()]
        said = {"type": "message", "channel": im, "channel_type": "im", "text": "毒", "ts": self.workspace.ts()}
        nonsense += [
            ("events_api", self.payloads.callback(event))
            for event in (
                said | {"user": BOT, "bot_id": BOT_ID},
                said | {"bot_id": "B0OTHER", "subtype": "bot_message"},
                said | {"subtype": "message_changed", "hidden": True, "message": said | {"user": person}},
                said | {"subtype": "message_deleted", "hidden": True, "previous_message": said | {"user": person}},
                said | {"user": person, "subtype": "channel_join"},
                {"type": "app_home_opened", "tab": "messages", "user": person, "channel": im},
            )
        ]
        nonsense.append(("events_api", self.payloads.callback(said | {"user": person}) | {"team_id": "T0OTHER"}))
        return nonsense[which % len(nonsense)]


def _disguised(payload: Json) -> Json:
    """A message has one place and moment, whatever event tells of it; other events are themselves."""
    if (payload.get("event") or {}).get("type") not in ("message", MENTIONED):
        return payload
    return {"type": "event_callback", "team_id": payload["team_id"], "event": payload["event"]}
