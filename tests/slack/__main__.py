"""python -m tests.slack: a whole Slack in a process of its own, for a bot and a test of any language."""

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
from tests.slack.faults import TROUBLES, Fault
from tests.slack.server import FakeSlack, Mode, open_slack

ACTS = {
    "says", "says_in", "mentions", "slash", "presses", "fills", "types", "submits", "closes", "opens_home", "look",
    "shortcut",
}  # fmt: skip


@asynccontextmanager
async def opened(chosen: Namespace) -> AsyncIterator[dict[str, Any]]:
    ledger = Ledger(chosen.ledger)
    mode: Mode = "http" if chosen.request_url else "socket"
    async with open_slack(mode, ledger=ledger, port=chosen.port, also=add_door) as slack:
        slack.http.request_url = chosen.request_url
        troubles = Troubles(dict(chosen.trouble), TROUBLES, chosen.seed, chosen.seconds)
        slack.faults.weather = lambda *_: troubles.drawn()
        yield {
            "url": slack.url,
            "api_url": slack.api_url,
            "bot_token": slack.bot_token,
            "app_token": slack.app_token,
            "signing_secret": slack.signing_secret,
        }
    ledger.close()


def add_door(slack: FakeSlack, app: web.Application) -> None:
    def room(name: str) -> tuple[object, object]:
        known = next((each.id for each in slack.workspace.channels.values() if each.name == name), "")
        channel = known or slack.channel(name)
        return channel, channel

    def trouble(given: dict[str, Any]) -> None:
        method, times, channel = given.pop("method"), given.pop("times", 1), given.pop("channel", "")
        slack.faults.next(method, Fault(**given), times, channel)

    PeopleDoor(ACTS, slack.person, lambda person: str(person.shown), room, trouble).add_routes(app)


def main(words: list[str]) -> int:
    parser = process.arguments("slack")
    parser.add_argument("--request-url", default="", help="bring events there by HTTP, instead of over Socket Mode")
    return process.run(opened(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
