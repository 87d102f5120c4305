"""python -m tests.telegram: a whole Telegram in a process of its own, for a bot and a test of any language."""

import sys
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.platforms import process
from tests.platforms.ledger import Ledger
from tests.platforms.people_door import PeopleDoor
from tests.platforms.troubles import Troubles
from tests.telegram.faults import TROUBLES, Fault
from tests.telegram.server import FakeTelegram, open_telegram

ACTS = {
    "starts", "says", "commands", "says_in", "commands_in", "mentions", "presses", "forwards", "blocks", "returns",
    "leaves_telegram", "sends_file", "look",
}  # fmt: skip


@asynccontextmanager
async def opened(chosen: Namespace) -> AsyncIterator[dict[str, Any]]:
    ledger = Ledger(chosen.ledger)
    async with open_telegram(ledger=ledger, port=chosen.port, also=add_door) as telegram:
        troubles = Troubles(dict(chosen.trouble), TROUBLES, chosen.seed, chosen.seconds)
        telegram.faults.weather = lambda *_: troubles.drawn()
        yield {"url": telegram.root, "api_url": telegram.root, "token": telegram.token}
    ledger.close()


def add_door(telegram: FakeTelegram, app: web.Application) -> None:
    def room(name: str) -> tuple[object, object]:
        group = telegram.group(name)
        return group, group.id

    def trouble(given: dict[str, Any]) -> None:
        method, times, chat = given.pop("method"), given.pop("times", 1), given.pop("chat", 0)
        telegram.faults.next(method, Fault(**given), times, chat)

    PeopleDoor(ACTS, telegram.person, lambda person: str(person.screen), room, trouble).add_routes(app)


def main(words: list[str]) -> int:
    return process.run(opened(process.arguments("telegram").parse_args(words)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
