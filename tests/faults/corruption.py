"""A file that rots: bytes flipped, logs cut short. What a start makes of it, against what it should have been."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.chat.errors import Misconfigured
from bot.chat.events import Address, Command, Event
from bot.chat.messages import Message
from bot.store import drafts, inbox, members, occurrences, outbox, places, schema, tombstones, worries
from bot.store.copying import beside
from bot.store.engines import make_engine
from bot.store.members import Role
from bot.store.outbox import Letter
from bot.store.seal import WrongKey
from bot.store.session import Session
from tests.store.community import Dump
from tests.store.opening import opened
from tests.store.people import KEYS, LATER, NOW

REFUSED, NOTICED, RIGHT, WRONG = "refused", "noticed", "ran correctly", "silently wrong"
"""noticed: it starts, and says that it cannot read this as soon as it comes to it."""

UNGUARDED = {
    "answer.reader_token", "answer.seq", "answer.voice", "answer.voice_token",
    "conference.decided", "conference.minutes", "conference.proposer", "conference.revision",
    "draft.kind", "draft.step", "inbox.attempts", "invitation.uses_left", "invitation.expires_at",
    "member.joined_at", "member.language", "meta.value",
    "outbox.attempts", "outbox.doubts", "outbox.expires_at", "outbox.not_before", "outbox.reason", "outbox.seq",
    "place.joining", "place.language", "place.name",
    "occurrence.kind", "occurrence.subject", "slot.starts_at", "tombstone.kind", "vote.value",
    "worry.active_at", "worry.closed_at", "worry.closing_token", "worry.opened_at",
}  # fmt: skip
"""Neither sealed nor repeated in an index: nothing can tell that such a value is another one than was written."""


@dataclass
class Found:
    """columns: where something was silently wrong."""

    kinds: Counter[str] = field(default_factory=Counter)
    columns: Counter[str] = field(default_factory=Counter)


def lived_in(folder: Path, people: int = 30) -> Path:
    """A house where something of everything is stored, without free pages in its file."""
    file = folder / "yorisoi.db"
    engine = make_engine(f"sqlite:///{file}", writes=True)
    schema.prepare(engine, KEYS)
    with engine.begin() as connection:
        session = Session(connection, KEYS)
        for number in range(people):
            _live(session, number)
    with closing(engine.raw_connection()) as raw:
        raw.execute("VACUUM")
    engine.dispose()
    return file


def _live(session: Session, number: int) -> None:
    person = Address("telegram", "", f"user-{number}")
    code = members.invite(session, Role.COORDINATOR if number % 10 == 0 else Role.SUPPORTER, 2, LATER)
    members.join(session, person, code, "ja", NOW)
    place = places.link(session, Address("telegram", "", f"group-{number}"), "広場", "ja")
    worry = worries.share(session, f"{number}番めの悩みです。どうしたらよいでしょう。", [place.id], person, NOW)
    worries.answer(session, worry.id, "まず手紙を一通、置いてみませんか。", Address("telegram", "", "user-0"), NOW)
    drafts.keep(session, person, "preview", {"text": "書きかけです"}, NOW)
    for name in ("handled", "waiting"):
        event = Event(f"{name}-{number}", person.channel, person, True, False, NOW, Command("help"))
        inbox.receive(session, event, NOW)
        if name == "handled":
            inbox.finish(session, event)
    outbox.put(session, Letter(f"letter-{number}", person, Message("お知らせがひとつ届いています"), LATER))
    occurrences.plan(session, "conference.reminder", f"subject-{number}", LATER)
    tombstones.bury(session, "worry", f"erased-{number}", NOW)


def started(file: Path) -> Dump:
    """Raises Misconfigured where a start refuses it, and an error of its own where something cannot be read."""
    engine = make_engine(f"sqlite:///{file}", writes=True)
    try:
        schema.prepare(engine, KEYS)
        with engine.connect() as connection:
            session = Session(connection, KEYS)
            found = opened(session)
            for row in (*found["member"], *found["invitation"]):
                Role(row["role"])
            return found
    finally:
        engine.dispose()


def flipped(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(len(changed))] ^= dice.randrange(1, 256)
    return bytes(changed)


def flips(file: Path, number: int, seed: int) -> Found:
    """Each on a fresh copy."""
    content, clean, dice, found = file.read_bytes(), started(file), random.Random(seed), Found()
    case = file.with_name("case.db")
    for _ in range(number):
        for each in beside(case):
            each.unlink(missing_ok=True)
        case.write_bytes(flipped(content, dice))
        _judge(case, clean, found)
    return found


def _judge(case: Path, clean: Dump, found: Found) -> None:
    try:
        differs = set(_differences(clean, started(case)))
    except Misconfigured:
        found.kinds[REFUSED] += 1
    except (WrongKey, DBAPIError, ValueError):
        found.kinds[NOTICED] += 1
    else:
        found.kinds[WRONG if differs else RIGHT] += 1
        found.columns.update(differs)


def _differences(clean: Dump, found: Dump) -> Iterator[str]:
    for table, rows in clean.items():
        if len(rows) != len(found[table]):
            yield table
        for left, right in zip(rows, found[table], strict=False):
            yield from (f"{table}.{column}" for column in left if left[column] != right[column])


def with_log(folder: Path, commits: int = 20) -> tuple[Path, list[Dump]]:
    """A database as a kill leaves it, its last commits in the log, and how it was before and after each of them."""
    file = lived_in(folder, 3)
    moments = [started(file)]
    keeper = sqlite3.connect(file)  # while somebody has it open the log is not folded
    keeper.execute("SELECT count(*) FROM meta").fetchone()
    for number in range(commits):
        engine = make_engine(f"sqlite:///{file}", writes=True)
        with engine.begin() as connection:
            _live(Session(connection, KEYS), 100 + number)
        with engine.connect() as connection:
            moments.append(opened(Session(connection, KEYS)))
        engine.dispose()
    killed = folder / "killed"
    killed.mkdir()
    for each in beside(file)[:2]:
        shutil.copy(each, killed)
    keeper.close()
    return killed / file.name, moments


def after_cutting(file: Path, length: int, case: Path) -> Dump:
    """What a start makes of a log of which only so much is left; the file of the database is as it was."""
    for original, copy in zip(beside(file), beside(case), strict=True):
        copy.unlink(missing_ok=True)
        if original.exists():
            shutil.copy(original, copy)
    log = beside(case)[1]
    if length:
        log.write_bytes(log.read_bytes()[:length])
    else:
        log.unlink()
    return started(case)
