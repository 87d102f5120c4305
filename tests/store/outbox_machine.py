"""The outbox against a simple model of it: whatever happens in whatever order, both say the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine, select
from sqlmodel import col

from bot.chat.events import Address
from bot.chat.messages import Button, Message
from bot.store import outbox, stranded
from bot.store.models import Outbox
from bot.store.outbox import Letter, Outgoing
from bot.store.session import Session
from tests.store.people import HANA, KEN, KEYS, MIO, NOW

LANES = (HANA, KEN, MIO)
OPEN = ("ready", "sending", "doubtful")
KEY_NAMES = st.sampled_from([f"letter-{number}" for number in range(12)])
SECONDS = st.sampled_from([0, 0, 1, 30, 3600])


@dataclass
class Expected:
    """One letter as the model knows it."""

    letter: Letter
    not_before: datetime
    state: str = "ready"
    attempts: int = 0

    @property
    def lane(self) -> str:
        return self.letter.address.channel


class OutboxMachine(RuleBasedStateMachine):
    """Everything happens in one transaction that is taken back at the end."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.connection = engine.connect()
        self.session = Session(self.connection, KEYS)
        self.now = NOW
        self.expected: dict[str, Expected] = {}
        self.flying: dict[str, Outgoing] = {}
        self.arrived: list[str] = []

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    @initialize()
    def empty(self) -> None:
        assert outbox.claim(self.session, self.now) == []

    @rule(key=KEY_NAMES, lane=st.sampled_from(LANES), delay=SECONDS, lasting=st.booleans(), thread=st.booleans())
    def put(self, key: str, lane: Address, delay: int, lasting: bool, thread: bool) -> None:
        address = Address(lane.platform, lane.space, lane.channel, "thread" if thread else "")
        message = Message(body=key, quote="言葉", buttons=(Button("押す", "worry.read", key),))
        moment = self.now + timedelta(seconds=delay)
        letter = Letter(key, address, message, moment, lasting=lasting)
        assert outbox.put(self.session, letter) == (key not in self.expected)
        self.expected.setdefault(key, Expected(letter, moment))

    @rule(key=KEY_NAMES)
    def withdraw(self, key: str) -> None:
        outbox.withdraw(self.session, key)
        known = self.expected.get(key)
        if known and known.state in ("ready", "doubtful", "dead", "unknown"):
            del self.expected[key]

    @rule()
    def claim(self) -> None:
        claimed = outbox.claim(self.session, self.now)
        heads: dict[str, Expected] = {}
        for each in self.expected.values():
            if each.state in OPEN and (each.not_before <= self.now or each.attempts):
                heads.setdefault(each.lane, each)
        busy = {each.lane for each in self.expected.values() if each.state == "sending"}
        due = [each for each in heads.values() if each.lane not in busy and each.not_before <= self.now]
        assert [outgoing.letter for outgoing in claimed] == [each.letter for each in due]
        for outgoing, each in zip(claimed, due, strict=True):
            assert (outgoing.doubtful, outgoing.attempts) == (each.state == "doubtful", each.attempts)
            each.state, each.attempts = "sending", each.attempts + 1
            assert outgoing.letter.key not in self.flying
            self.flying[outgoing.letter.key] = outgoing

    @precondition(lambda self: self.flying)
    @rule(pick=st.integers(0, 99))
    def deliver(self, pick: int) -> None:
        outgoing = self._land(pick)
        outbox.delivered(self.session, outgoing, f"ref-{outgoing.letter.key}")
        self.expected[outgoing.letter.key].state = "delivered"
        assert outgoing.letter.key not in self.arrived, "delivered twice"
        self.arrived.append(outgoing.letter.key)

    @precondition(lambda self: self.flying)
    @rule(pick=st.integers(0, 99), delay=SECONDS, doubtful=st.booleans())
    def try_later(self, pick: int, delay: int, doubtful: bool) -> None:
        outgoing = self._land(pick)
        known = self.expected[outgoing.letter.key]
        known.not_before = self.now + timedelta(seconds=delay)
        known.state = "doubtful" if doubtful or outgoing.doubtful else "ready"
        (outbox.doubt if doubtful else outbox.try_later)(self.session, outgoing, known.not_before)

    @precondition(lambda self: self.flying)
    @rule(pick=st.integers(0, 99), state=st.sampled_from(["dead", "unknown"]))
    def give_up(self, pick: int, state: str) -> None:
        outgoing = self._land(pick)
        outbox.give_up(self.session, outgoing, state)
        self.expected[outgoing.letter.key].state = state

    @rule()
    def crash(self) -> None:
        assert stranded.recover(self.session) == len(self.flying)
        for key in self.flying:
            self.expected[key].state = "doubtful"
        self.flying.clear()

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def a_week_later(self) -> None:
        """Old settled letters are swept out; those that others may stand under stay."""
        self.now += timedelta(days=7, seconds=1)
        outbox.forget_old(self.session, self.now)
        for key, each in list(self.expected.items()):
            kept = each.state == "delivered" and each.letter.lasting
            if each.state not in OPEN and not kept and each.not_before < self.now - timedelta(days=7):
                del self.expected[key]
                self.arrived = [arrived for arrived in self.arrived if arrived != key]

    @invariant()
    def nothing_is_lost_and_settled_letters_are_empty(self) -> None:
        rows = {row.token: row for row in self.session.rows(select(Outbox.__table__))}  # type: ignore[attr-defined]
        assert rows.keys() == {KEYS.token("letter", key) for key in self.expected}
        for key, each in self.expected.items():
            row = rows[KEYS.token("letter", key)]
            assert (row.state, row.attempts) == (each.state, each.attempts)
            assert (row.letter is None, row.lane is None) == (each.state == "delivered", each.state not in OPEN)
            assert (row.reference is not None) == (each.state == "delivered" and each.letter.lasting)

    @invariant()
    def at_most_one_letter_of_a_lane_is_on_its_way(self) -> None:
        lanes = [row[0] for row in self.session.rows(select(col(Outbox.lane)).where(col(Outbox.state) == "sending"))]
        assert len(lanes) == len(set(lanes))

    @invariant()
    def the_next_look_is_in_time(self) -> None:
        ahead = [
            each.not_before
            for each in self.expected.values()
            if each.state in ("ready", "doubtful") and each.not_before > self.now
        ]
        assert outbox.next_due(self.session, self.now) == min(ahead, default=None)

    def _land(self, pick: int) -> Outgoing:
        return self.flying.pop(sorted(self.flying)[pick % len(self.flying)])
