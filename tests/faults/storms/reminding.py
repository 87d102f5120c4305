"""Conferences with one member each and a reminder due; who was reminded of what, and how often."""

from collections import Counter
from datetime import datetime, timedelta

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.routing.conference_reminders import REMINDER
from bot.store import conferences, members, occurrences, polls
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.world import FakePlatform, World

COMES: dict[int, conferences.Answer] = {1: "yes", 2: "no"}


class Reminded(FakePlatform):
    """Outlives every restart, as a platform does."""

    def __init__(self) -> None:
        super().__init__("slack", dialogs=True)
        self.reminded: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.told_missed: Counter[str] = Counter()
        self.digests = 0

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        reference = await super().send(address, message, key=key, replacing=replacing)
        if message.title == "事例検討会が近づきました":
            self.reminded[message.quote] += 1
            self.late[message.quote] += "※遅延" in message.note
        elif "始まる前のお知らせ" in message.body:
            self.digests += 1
            self.told_missed.update(line.rpartition("　")[2] for line in message.quote.splitlines())
        return reference


async def plan(world: World, member: str, due: dict[str, tuple[datetime, datetime]]) -> None:
    """By theme: when its reminder is due, and when it begins."""

    def write(session: Session) -> None:
        for theme, (due_at, starts) in due.items():
            slots = [Candidate(starts), Candidate(starts + timedelta(hours=1))]
            found = polls.propose(session, Plan(theme, 60), slots, "nobody")
            polls.vote(session, found.id, member, COMES, world.house.clock())
            polls.decide(session, found.id, 1, world.house.clock())
            occurrences.plan(session, REMINDER, found.occasion, due_at)

    await world.house.database.write(write)


async def member_of(world: World, person: str) -> str:
    """Who this is in the rows."""
    address = Address("slack", "team", f"slack-user-{person}")
    found = await world.house.database.read(lambda session: members.find(session, address))
    assert found
    return found.id
