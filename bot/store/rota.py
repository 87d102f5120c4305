"""Who is on duty (当番): the volunteers of a day, and where there are none the coordinators."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlmodel import col

from bot.store import members
from bot.store.community_models import Duty
from bot.store.members import Recipient
from bot.store.outbox import shuffled
from bot.store.rules import Rules
from bot.store.session import Session

_today = select(col(Duty.member)).where(col(Duty.day) == bindparam("which"), col(Duty.state) != "skipped")


def on_duty(session: Session, now: datetime, rules: Rules) -> list[Recipient]:
    """Whom to tell first."""
    today = now.astimezone(rules.zone).date().isoformat()
    found = [members.recipient(session, row.member) for row in session.rows(_today, which=today)]
    return shuffled(each for each in found if each) or shuffled(members.coordinators(session))
