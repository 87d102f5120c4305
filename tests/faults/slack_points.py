"""More named points: on the way between Slack and the house, where the child may kill itself."""

import asyncio
import os
import signal
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.adapters.slack.api import Api
from bot.adapters.slack.arrival import Arrival
from bot.adapters.slack.wire import Wire
from bot.app.memory import HouseMemory
from bot.chat.events import Event
from bot.chat.messages import Reply
from bot.routing.pipeline import Pipeline
from bot.scheduler.delivery import Delivery
from bot.store.outbox import Outgoing
from tests.faults import points
from tests.faults.points import switch

NOT_HANDLED = "acknowledged, not handled"
"""The turn waits until its acknowledgement has gone, and then the process ends."""

_acknowledging: ContextVar[str] = ContextVar("acknowledging", default="")
_held = asyncio.Event()


def install() -> None:
    """Wraps the adapter's and the house's own functions; what they do stays the same."""
    points.install()
    _around_arrivals()
    _around_acknowledgements()
    _around_turns()
    _around_letters()
    _around_calls()
    _around_marks()


def _around_arrivals() -> None:
    real = Wire._take

    async def take(self: Wire, arrival: Arrival, until: float) -> BoltResponse:
        switch.passing("event:arrived")
        answered = await real(self, arrival, until)
        kind = "submission" if arrival.way == "submission" else "ack"
        switch.passing(f"{kind}:leaving")
        _acknowledging.set(kind)
        return answered

    setattr(Wire, "_take", take)  # noqa: B010 - mypy forbids assigning to a method


def _around_acknowledgements() -> None:
    """Only those for what people did: how often the bot hears of its own doing is nobody's plan."""
    real = AsyncBaseSocketModeClient.send_socket_mode_response

    async def send(self: AsyncBaseSocketModeClient, response: SocketModeResponse) -> None:
        await real(self, response)
        if kind := _acknowledging.get():
            switch.passing(f"{kind}:sent")
            if _held.is_set():
                os.kill(os.getpid(), signal.SIGKILL)

    setattr(AsyncBaseSocketModeClient, "send_socket_mode_response", send)  # noqa: B010


def _around_turns() -> None:
    real = Pipeline._handle

    async def handle(self: Pipeline, event: Event, *known: Any, **more: Any) -> Reply | None:
        switch.passes[NOT_HANDLED] += 1
        if switch.kill == (NOT_HANDLED, switch.passes[NOT_HANDLED]):
            _held.set()
            await asyncio.Event().wait()
        return await real(self, event, *known, **more)

    setattr(Pipeline, "_handle", handle)  # noqa: B010


def _around_letters() -> None:
    """Claimed, marked as being sent, and nobody has sent it yet: by a look, or as the next of its lane."""
    real = Delivery._start

    def start(self: Delivery, outgoing: Outgoing) -> None:
        task = asyncio.current_task()
        following = task is not None and task.get_name() == "letter"
        switch.passing("letter:next of its lane" if following else "letter:claimed")
        real(self, outgoing)

    setattr(Delivery, "_start", start)  # noqa: B010


def _around_calls() -> None:
    """A letter is a post with metadata; whatever else is called goes by Slack's name."""
    real = Api.call

    async def call(self: Api, method: str, **arguments: Any) -> Mapping[str, Any]:
        name = "letter" if "metadata" in arguments else method
        switch.passing(f"{name}:leaving")
        answer = await real(self, method, **arguments)
        switch.passing(f"{name}:answered")
        return answer

    setattr(Api, "call", call)  # noqa: B010


def _around_marks() -> None:
    """A request from outside is noted against replays after it was taken and before it is answered."""
    real = HouseMemory.first

    async def first(self: HouseMemory, mark: str) -> bool:
        new = await real(self, mark)
        switch.passing("request:noted")
        return new

    setattr(HouseMemory, "first", first)  # noqa: B010
