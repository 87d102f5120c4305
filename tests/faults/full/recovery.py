"""F3: how long a restart with ten thousand events in the inbox takes until somebody is answered, and until all are."""

import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.app.keys import open_keys
from bot.chat.events import Command, Event
from bot.settings import Settings
from bot.store import inbox
from bot.store.database import Database
from bot.store.seal import Keys
from bot.store.session import Session
from tests.faults.days import fresh_folder
from tests.faults.lives import Lives
from tests.faults.nursery import open_nursery
from tests.faults.slack_hand import SlackHand
from tests.faults.town import Size, Town, address_of, open_town
from tests.store.postgres import empty_database, running_server

TITLE = "a restart with 10,000 events in the inbox: first answer, and all of them handled (F3)"

WAITING = 10_000
READY_SECONDS = 5.0
MOST_SECONDS = 400.0


def run() -> dict[str, int | float | str]:
    figures: dict[str, int | float | str] = {"inbox_rows": WAITING}
    with running_server() as server:
        for name in ("sqlite", "postgresql"):
            with fresh_folder() as folder:
                if name == "sqlite":
                    found = asyncio.run(_restart(folder, ""))
                else:
                    with empty_database(server) as url:
                        found = asyncio.run(_restart(folder, url))
            figures |= {f"{name}_{each}": value for each, value in found.items()}
            sys.stdout.write(f"  {name}: {found}\n")
    late = [name for name, value in figures.items() if name.endswith("first_answer_seconds") and value > READY_SECONDS]  # type: ignore[operator]
    assert not late, f"{late}: {figures}"
    return figures


async def _restart(folder: Path, url: str) -> dict[str, float]:
    async with open_nursery() as nursery, open_town(folder, url, Size(1)) as town:
        await town.found()
        await asyncio.to_thread(_fill, town)
        lives = Lives(nursery, town)
        lives.patience = MOST_SECONDS
        began = time.monotonic()
        person = SlackHand(town, town.slackers[0])
        living = asyncio.create_task(lives.live([], lambda _: None, lambda: True))
        answered = asyncio.create_task(_answered(person))
        await answered
        first = time.monotonic() - began
        await living
        await lives.settled(MOST_SECONDS)
        handled = time.monotonic() - began
        await lives.end()
        return {"first_answer_seconds": round(first, 2), "all_handled_seconds": round(handled, 2)}


async def _answered(person: SlackHand) -> None:
    """Somebody asks for the menu until it is there; they are among those for whom something waits."""
    while True:
        since = len(person.me.letters) + len(person.me.whispers)
        await person.me.slash("menu")
        try:
            await person.town.slack.workspace.until(
                lambda: person.me.modal or len(person.me.letters) + len(person.me.whispers) > since, 3  # noqa: B023
            )  # fmt: skip
        except AssertionError:
            continue
        return


def _fill(town: Town) -> None:
    """Everybody opened their home page again and again, and nobody was there."""
    database = Database(Settings(data_dir=town.folder / "data", database_url=town.url).database, _keys(town))
    try:
        asyncio.run(_store(database, town))
    finally:
        database.close()


def _keys(town: Town) -> Keys:
    return open_keys(Settings(data_dir=town.folder / "data", database_url=town.url))


async def _store(database: Database, town: Town) -> None:
    now = datetime.now(UTC)
    people = town.everybody
    events: Sequence[Event] = [
        Event(f"waiting-{n}", str(people[n % len(people)].id), address_of(people[n % len(people)]), True, False, now,
              Command("home"))
        for n in range(WAITING)
    ]  # fmt: skip

    def receive(session: Session) -> None:
        for event in events:
            inbox.receive(session, event, now)

    await database.write(receive)
