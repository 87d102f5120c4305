"""Letters in the outbox of a machine, and what is typed about them; nothing that is shown ever holds a word of them."""

import asyncio
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.database import Database
from bot.store.keyfile import read_keys
from bot.store.outbox import Letter
from tests.command_line.machine import Done, Machine

WORDS = "だれにも見せないことば"
PERSON = "4815162342"
LINE = re.compile(r"^([0-9a-f]{8})  (\w+) +(\w+) +(\w+) +(\d+) +(\d+) +(.+?)  +(\S+)$", re.MULTILINE)


async def post(machine: Machine, key: str, *, person: str = PERSON, state: str = "", ahead: int = 0) -> None:
    """A letter in the outbox of this machine, and what became of it."""
    now = datetime.now(UTC)
    letter = Letter(key, Address("telegram", "", person), Message(body=WORDS), now + timedelta(hours=ahead))
    with closing(Database(f"sqlite:///{machine.database}", read_keys(machine.key))) as database:
        await database.write(lambda session: outbox.put(session, letter))
        if state:
            (outgoing,) = await database.write(lambda session: outbox.claim(session, now))
            await database.write(lambda session: outbox.give_up(session, outgoing, state, "Unreachable"))


async def typed(machine: Machine, *words: str) -> Done:
    done = await asyncio.to_thread(machine.yorisoi, "outbox", *words)
    for secret in (WORDS, PERSON, "answer-id"):
        assert secret not in done.said
    return done


def lines(done: Done) -> list[tuple[str, ...]]:
    return [found.groups() for found in LINE.finditer(done.out)]
