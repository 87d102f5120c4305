"""The same few things of either town: put a letter, read a chat, change the weather."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app.house import House
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.outbox import Letter
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.faults.storms.line import Line
from tests.held_time import held
from tests.slack.faults import Fault as SlackFault
from tests.slack.server import open_slack
from tests.slack.workspace import TEAM
from tests.telegram.faults import Fault as TelegramFault
from tests.telegram.server import open_telegram
from tests.world import HeldClock

Weather = Callable[[str], tuple[bool, int | str | None]]
"""By chat: whether this send is refused with 429, and what it is told."""


@dataclass
class Town:
    """send: the method that carries a letter. read: the words that stand in a chat, oldest first."""

    house: House
    clock: HeldClock
    send: str
    space: str
    platform: str
    new_chat: Callable[[str], str]
    read: Callable[[str], list[str]]
    rain: Callable[[Weather], None]
    inner: Any

    async def put(self, chat: str, words: str, **options: Any) -> None:
        letter = Letter(f"{chat}:{words}", Address(self.platform, self.space, chat), Message(body=words), self.clock())
        await self.house.database.write(lambda session: outbox.put(session, replace(letter, **options)))

    async def states(self) -> dict[str, int]:
        return await self.house.database.read(outbox.open_count)

    async def waiting(self) -> int:
        """Letters that are not settled."""
        states = await self.states()
        return sum(states.get(state, 0) for state in ("ready", "doubtful", "sending"))

    async def after(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))
        await self.house.settled()

    async def calm(self) -> float:
        """Lets time pass, as much as needed and no more, until nothing waits. Returns the seconds it took."""
        began = self.clock()
        while await self.waiting():
            now = self.clock()
            due = await self.house.database.read(lambda session, now=now: outbox.next_due(session, now))  # type: ignore[misc]
            await self.after(max((due - now).total_seconds() if due else 0.0, 1.0))
            assert self.clock() - began < timedelta(days=4), await self.states()
        return (self.clock() - began).total_seconds()


@asynccontextmanager
async def a_town(platform: str, folder: Path, line: Line | None = None) -> AsyncIterator[Town]:
    """line: what lies between the bot and the platform."""
    opened = _telegram if platform == "telegram" else _slack
    clock = HeldClock()
    with held(clock):
        async with opened(folder, clock, line) as town:
            yield town


@asynccontextmanager
async def _telegram(folder: Path, clock: HeldClock, line: Line | None) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(open_telegram(now=clock))
        if line:
            telegram.root = await line.to(telegram.root)
        house = await stack.enter_async_context(open_telegram_house(folder, telegram, clock))

        def new_chat(name: str) -> str:
            person = telegram.person(name)
            person.chat.started = True
            return str(person.id)

        def rain(weather: Weather) -> None:
            def fault(method: str, args: dict[str, Any]) -> TelegramFault | None:
                if method != "sendMessage":
                    return None
                refused, said = weather(str(args["chat_id"]))
                return TelegramFault(429, "Too Many Requests", said) if refused else None

            telegram.faults.weather = fault

        yield Town(
            house=house.house,
            clock=clock,
            send="sendMessage",
            space="",
            platform="telegram",
            new_chat=new_chat,
            read=lambda chat: [post.text for post in telegram.chats.by_bot(int(chat))],
            rain=rain,
            inner=house,
        )


@asynccontextmanager
async def _slack(folder: Path, clock: HeldClock, line: Line | None) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(open_slack(now=clock))
        if line:
            slack.url = await line.to(slack.url)
        house = await stack.enter_async_context(open_slack_house(folder, slack, clock))

        def rain(weather: Weather) -> None:
            def fault(method: str, args: dict[str, Any]) -> SlackFault | None:
                if method != "chat.postMessage":
                    return None
                refused, said = weather(str(args["channel"]))
                return SlackFault(status=429, retry_after=said) if refused else None

            slack.faults.weather = fault

        yield Town(
            house=house.house,
            clock=clock,
            send="chat.postMessage",
            space=TEAM,
            platform="slack",
            new_chat=slack.channel,
            read=lambda chat: [_words(post.blocks) for post in slack.workspace.by_bot(chat)],
            rain=rain,
            inner=house,
        )


def _words(blocks: Sequence[dict[str, Any]]) -> str:
    return "\n".join(str(block.get("text", {}).get("text", "")) for block in blocks)


__all__ = ["SlackHouse", "TelegramHouse", "Town", "Weather", "a_town"]
