"""Calling who is on duty, one after the other until somebody opens what was left, and then every coordinator."""

from datetime import datetime, timedelta

from bot.language.workdays import after_open_hours
from bot.store import held, members, occurrences, outbox, rota
from bot.store.members import Recipient
from bot.store.outbox import Letter, shuffled
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.cards import danger
from bot.views.text import Text

STEP = "danger.step"
"""The kind of occurrence at which the next one is told, if nobody has opened it."""

PATIENCE = timedelta(minutes=15)
"""Of hours in which somebody is on duty."""


def call(session: Session, worry_id: str, now: datetime, rules: Rules, text: Text) -> None:
    """At once while somebody is on duty, else when they begin: nobody is promised at night, and nobody woken."""
    begins = rota.next_open(now, rules)
    if begins == now:
        _tell(session, worry_id, 0, now, rules, text)
    else:
        occurrences.plan(session, STEP, f"{worry_id}.0", begins)


def next_one(session: Session, subject: str, now: datetime, rules: Rules, text: Text) -> None:
    worry_id, _, number = subject.rpartition(".")
    if held.waits(session, worry_id):
        held.find(session, worry_id)  # closed meanwhile: nobody needs to be told
        _tell(session, worry_id, int(number), now, rules, text)


def _tell(session: Session, worry_id: str, number: int, now: datetime, rules: Rules, text: Text) -> None:
    """A notice without content, and nothing that tells whose worry it is."""
    in_turn = _in_turn(session, worry_id, now, rules)
    last = number >= len(in_turn)
    told = shuffled(members.coordinators(session)) if last else [in_turn[number]]
    for place, recipient in enumerate(told):
        card = danger.notice(text.speaking(recipient.language), worry_id)
        key = f"danger:{worry_id}:{number}:{place}"
        outbox.put(session, Letter(key, recipient.address, card, now, alone=True))
    if not last:
        after = after_open_hours(now, PATIENCE, rules.zone, rules.duty_opens, rules.duty_closes)
        occurrences.plan(session, STEP, f"{worry_id}.{number + 1}", after)


def _in_turn(session: Session, worry_id: str, now: datetime, rules: Rules) -> list[Recipient]:
    """The same at every step of one worry, without a row that says so."""

    def place(one: Recipient) -> str:
        return session.keys.token("duty", worry_id, one.address.platform, one.address.space, one.address.channel)

    return sorted(rota.on_duty(session, now, rules), key=place)
