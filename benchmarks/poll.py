"""200 people answer one poll in a group of Telegram, through the real wire: how soon each is told, and how often the
card is changed for it; against the plain way, one change for every vote."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from unittest.mock import patch

from benchmarks.timing import percentile
from bot.chat.events import Address
from bot.routing import conference_letters
from bot.store import members, outbox, poll_posts, polls
from bot.store.members import Role
from bot.store.outbox import Letter
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.adapters.telegram.house import TelegramHouse, open_telegram_house
from tests.telegram.people import TelegramPerson
from tests.telegram.server import open_telegram

PEOPLE, SLOTS, A_SECOND = 200, 6, 20
PATIENCE = 120.0

Way = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Figures:
    """waits: seconds from a press to the words that it was noted. changes: of the card, until it showed all votes."""

    waits: list[float]
    changes: int


@contextmanager
def one_by_one() -> Iterator[None]:
    """Every vote changes the card at once, as one would write it first."""
    numbers = count()

    def put(session: Session, letter: Letter) -> bool:
        return outbox.put(session, replace(letter, key=f"{letter.key}:{next(numbers)}"))

    def due(session: Session, conference_id: str, now: datetime) -> datetime:  # noqa: ARG001
        return now

    with patch.object(poll_posts, "renew", put), patch.object(poll_posts, "due", due):
        yield


WAYS: dict[str, Way] = {"ours, at most one in three seconds": nullcontext, "one change for every vote": one_by_one}


async def votes(way: Way) -> Figures:
    with tempfile.TemporaryDirectory() as folder, way():
        async with open_telegram() as telegram, open_telegram_house(Path(folder), telegram) as town:
            people = [telegram.person(f"p{number}") for number in range(PEOPLE)]
            group = await town.place()
            await town.house.database.write(lambda session: _prepare(town, session, people))
            await town.settled()
            card = telegram.chats.by_bot(group.id)[-1]
            assert card.markup is not None
            data = [button["callback_data"] for row in card.markup["inline_keyboard"] for button in row]
            pressed: dict[int, datetime] = {}
            began = time.perf_counter()
            for number, person in enumerate(people):
                await asyncio.sleep(max(0.0, began + number / A_SECOND - time.perf_counter()))
                pressed[person.id] = datetime.now(UTC)
                person.sends_press(card, data[number % len(data)])
            chats = telegram.chats
            await chats.until(lambda: all(person.letters for person in people), PATIENCE, "everybody being told")
            await chats.until(lambda: f"{PEOPLE}人が回答" in card.text, PATIENCE, "the card showing all")
            waits = [(person.letters[0].date - pressed[person.id]).total_seconds() for person in people]
            return Figures(waits, len(chats.called("editMessageText")))


def _prepare(town: TelegramHouse, session: Session, people: list[TelegramPerson]) -> None:
    """Everybody has joined and begun the chat with the bot, and the poll is on its way to the group."""
    now = town.house.clock()
    code = members.invite(session, Role.SUPPORTER, len(people), now + timedelta(days=1))
    for person in people:
        person.chat.started = True
        members.join(session, Address("telegram", "", str(person.id)), code, "ja", now)
    slots = [Candidate(now + timedelta(days=7 + number)) for number in range(SLOTS)]
    proposed = polls.propose(session, Plan("居場所づくり"), slots, "")
    conference_letters.post(session, proposed, now, town.house.text)


def lines() -> list[str]:
    """As a section of docs/quality.md."""
    found = {name: asyncio.run(votes(way)) for name, way in WAYS.items()}
    *_, plain = found.values()
    rows = [
        f"| {name} | {_wait(each, 0.5)} | {_wait(each, 0.99)} "
        f"| {percentile(each.waits, 0.99) / percentile(plain.waits, 0.99):.2f} "
        f"| {each.changes} | {(each.changes - 1) * poll_posts.EVERY.total_seconds():.0f} s |"
        for name, each in found.items()
    ]
    return [
        f"## Votes of {PEOPLE} people in one group ({datetime.now(UTC).date().isoformat()})",
        "",
        f"| {A_SECOND} votes a second, {SLOTS} dates | told, p50 ms | p99 ms | p99, ratio | changes of the card "
        "| what a group of Telegram needs for them |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        "From the press to the words in one's own chat that it was noted, over the real wire to a Telegram on the same",
        "machine and in the same process, which takes everything at once; the real one takes 20 messages a minute in a",
        "group, and would have everybody else's letters there wait for the changes.",
    ]


def _wait(figures: Figures, part: float) -> str:
    return f"{percentile(figures.waits, part):.0f}"


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
