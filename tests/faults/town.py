"""A community on both platforms before its first day: members, places, worries that wait to be confirmed, reminders."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app.keys import open_keys
from bot.chat.events import Address
from bot.settings import Settings
from bot.store import drafts, members, occurrences, places, polls
from bot.store.database import Database
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.faults.canaries import reminder_words, worry_words
from tests.platforms.ledger import Ledger
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack
from tests.slack.workspace import TEAM
from tests.telegram.people import TelegramPerson
from tests.telegram.server import FakeTelegram, open_telegram

SLACK, TELEGRAM, LOAD = "slack.jsonl", "telegram.jsonl", "load.jsonl"
LOG = "served.log"

RETRIES = (0.05,) * 60
"""Seconds until Slack brings an event again: a bot that is killed every second would wait for it too long."""


@dataclass(frozen=True, slots=True)
class Size:
    """people, rooms: on each platform. reminders: conferences whose day has come near. guests: who will join."""

    worries: int
    people: int = 12
    rooms: int = 4
    reminders: int = 8
    guests: int = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A worry that is written, and waits for its author to say that it may go. places: ids of channels and groups."""

    number: int
    author: SlackPerson | TelegramPerson
    draft: str
    places: tuple[str, ...]


@dataclass(eq=False)
class Town:
    folder: Path
    url: str
    slack: FakeSlack
    telegram: FakeTelegram
    size: Size
    load: Ledger
    seed: int
    slackers: list[SlackPerson] = field(default_factory=list)
    telegrammers: list[TelegramPerson] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    worries: list[Prepared] = field(default_factory=list)
    code: str = ""

    @property
    def database(self) -> str:
        """The address for whoever only looks."""
        return self.url or f"sqlite:///file:{self.folder}/data/yorisoi.db?mode=ro&uri=true"

    def settings(self) -> dict[str, str]:
        """The environment of a bot that lives here."""
        chosen = {
            "DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": self.url,
            "EMBEDDING_MODEL": "nobody asks",
            "LOG_LEVEL": "WARNING",
            "PUBLISH_TIMES": "now",
            "LABEL_MEMBERS": "1000",
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.api_url,
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.root,
        }
        return {f"YORISOI_{name}": value for name, value in chosen.items()}

    @property
    def everybody(self) -> list[SlackPerson | TelegramPerson]:
        return [*self.slackers, *self.telegrammers]

    async def found(self) -> None:
        """Everybody is a member, and every room a place, in the bot's own rows."""
        self.channels = [self.slack.channel(f"room{number}") for number in range(self.size.rooms)]
        self.groups = [self.telegram.group(f"room{number}").id for number in range(self.size.rooms)]
        self.slackers = [self.slack.person(f"slacker{n:03}", self.channels) for n in range(self.size.people)]
        self.telegrammers = [self.telegram.person(f"telegrammer{n:03}") for n in range(self.size.people)]
        for each in self.telegrammers:
            each.chat.started = True
        for channel in (*self.channels, *self.groups):
            self.load.add("place", channel=str(channel))
        for person in self.everybody:
            address = address_of(person)
            self.load.add("person", platform=address.platform, id=address.channel, chat=str(chat_of(person)))
        await asyncio.to_thread(self._write_rows)

    def _write_rows(self) -> None:
        settings = Settings(data_dir=self.folder / "data", database_url=self.url)
        database = Database(settings.database, open_keys(settings))
        try:
            asyncio.run(self._write(database))
        finally:
            database.close()

    async def _write(self, database: Database) -> None:
        now = datetime.now(UTC)
        ids = await database.write(lambda session: self._join_and_link(session, now))
        await database.write(lambda session: self._prepare_worries(session, ids, now))
        await database.write(lambda session: self._plan_reminders(session, now))

    def _join_and_link(self, session: Session, now: datetime) -> dict[str, str]:
        """The ids of the places, by channel."""
        later = now + timedelta(days=1)
        self.code = members.invite(session, Role.SUPPORTER, 10_000, later)
        for person in self.everybody:
            members.join(session, address_of(person), self.code, "ja", now)
        rooms = [Address("slack", TEAM, each) for each in self.channels]
        rooms += [Address("telegram", "", str(each)) for each in self.groups]
        return {each.channel: places.link(session, each, f"場{n}", "ja").id for n, each in enumerate(rooms)}

    def _prepare_worries(self, session: Session, ids: dict[str, str], now: datetime) -> None:
        chance = random.Random(self.seed)
        for number in range(1, self.size.worries + 1):
            author = chance.choice(self.everybody)
            there = (chance.choice(self.channels), str(chance.choice(self.groups)))
            content = {"text": worry_words(number), "audience": "all", "places": [ids[each] for each in there]}
            draft = drafts.keep(session, address_of(author), "preview", content, now)
            self.worries.append(Prepared(number, author, draft, there))

    def _plan_reminders(self, session: Session, now: datetime) -> None:
        """Each to four people who come; all of them are due."""
        chance = random.Random(self.seed + 1)
        for number in range(1, self.size.reminders + 1):
            coming = chance.sample(self.everybody, 4)
            ids = [found.id for each in coming if (found := members.find(session, address_of(each)))]
            starts = (now + timedelta(hours=20), now + timedelta(hours=30))
            proposed = polls.propose(
                session, Plan(reminder_words(number)), [Candidate(each) for each in starts], ids[0]
            )
            for member in ids:
                polls.vote(session, proposed.id, member, {1: "yes", 2: "no"}, now)
            polls.decide(session, proposed.id, 1, now)
            occurrences.plan(session, "conference.reminder", proposed.occasion, now - timedelta(minutes=number))
            self.load.add("reminder", number=number, to=[str(chat_of(each)) for each in coming])


def address_of(person: SlackPerson | TelegramPerson) -> Address:
    if isinstance(person, SlackPerson):
        return Address("slack", TEAM, person.id)
    return Address("telegram", "", str(person.id))


def chat_of(person: SlackPerson | TelegramPerson) -> str | int:
    """Where the bot and this person are alone."""
    return person.im if isinstance(person, SlackPerson) else person.id


@asynccontextmanager
async def open_town(folder: Path, url: str, size: Size, seed: int = 1) -> AsyncIterator[Town]:
    """url: empty for SQLite in the folder. Its two platforms and its own notes each keep a ledger there."""
    (folder / "data").mkdir(parents=True)
    ledgers = [Ledger(folder / name) for name in (SLACK, TELEGRAM, LOAD)]
    try:
        async with open_slack(ledger=ledgers[0]) as slack, open_telegram(ledger=ledgers[1]) as telegram:
            slack.socket.retry_delays = RETRIES
            telegram.polling.patience = 0
            yield Town(folder, url, slack, telegram, size, ledgers[2], seed)
    finally:
        for each in ledgers:
            each.close()
