"""A conference while it is held: who may do what, and what is planned for its parts, its minutes and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.chat.errors import Refused
from bot.language import workdays
from bot.routing import conference_letters
from bot.routing.limits import Allowance
from bot.routing.support_meetings import refuse_support
from bot.store import agenda, conference_roles, conference_standing, meeting_notes, occurrences
from bot.store.agenda import Part
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import PublicNote
from bot.store.members import Member, Role
from bot.store.rules import Rules
from bot.store.session import Session
from bot.store.step_windows import Window

START, PART, MINUTES, STEP = "meeting.start", "meeting.part", "meeting.minutes", "meeting.step"
"""What falls due: the offer to begin, the beginning of a part, the minutes, the end of a step's window."""

AFTER = timedelta(minutes=5)
"""So long after its end the minutes are offered."""

LONGER = timedelta(minutes=5)
"""By so much all that is still to come can be put off."""

MORNING = time(9, 0)
Change = Callable[[Session, PublicNote], None]
NOTES = Allowance("meeting notes", 60, "conference_meeting.wait", rests=True)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What one member may do in it. began_at: nothing before somebody pressed that it begins."""

    standing: Standing
    responsible: bool
    began_at: datetime | None
    sent: bool

    @property
    def found(self) -> PublicConference:
        return self.standing.conference

    @property
    def starts(self) -> bool:
        """May press that it begins."""
        return self.responsible or bool({"chair", "timekeeper"} & {*self.standing.roles})

    @property
    def keeps(self) -> bool:
        """May write the next small steps, and send the minutes."""
        return self.responsible or bool({"chair", "recorder"} & {*self.standing.roles})

    @property
    def begun(self) -> bool:
        chosen = self.found.chosen
        return self.began_at is not None or (chosen is not None and chosen.starts_at <= self.standing.now)


def of(session: Session, conference_id: str, member: Member, now: datetime) -> Meeting:
    """Refused for whoever has no part in it, for a statutory meeting, and where no date stands."""
    coordinator = member.may(Role.COORDINATOR)
    standing = conference_standing.of(session, conference_id, member.id, now, coordinator=coordinator)
    responsible = coordinator and member.id in conference_letters.responsible(session, conference_id)
    if not (standing.comes or responsible or member.id in meeting_notes.readers(session, conference_id)):
        raise Refused("conference_meeting.not_yours")
    refuse_support(standing.conference)
    if not standing.fixed:
        raise Refused("conference_meeting.not_held")
    return Meeting(
        standing, responsible, meeting_notes.began(standing.conference), meeting_notes.sent(session, conference_id)
    )


def begun(session: Session, conference_id: str, member: Member, now: datetime) -> Meeting:
    """Refused, too, before it has begun."""
    found = of(session, conference_id, member, now)
    if not found.begun:
        raise Refused("conference_meeting.not_begun")
    return found


def kept(session: Session, conference_id: str, member: Member, now: datetime) -> Meeting:
    """Refused, too, for whoever does not keep its minutes."""
    found = begun(session, conference_id, member, now)
    if not found.keeps:
        raise Refused("conference_meeting.not_keeper")
    return found


def step(session: Session, step_id: str, member: Member, now: datetime) -> PublicNote:
    """A step of a conference this member has a part in."""
    found = meeting_notes.find(session, step_id, member.id)
    if found.kind != meeting_notes.STEP or found.state == meeting_notes.OUT:  # no press brings it back by a side door
        raise Refused("conference_meeting.note_gone")
    if not found.mine:
        of(session, found.conference, member, now)
    return found


def parts(found: PublicConference) -> tuple[Part, ...]:
    return agenda.parts(found.chosen.minutes if found.chosen else found.minutes)


def plan(session: Session, fixed: PublicConference, now: datetime, rules: Rules) -> None:  # noqa: ARG001
    """When a date stands. A statutory meeting is run by others."""
    if fixed.kind == "support" or fixed.chosen is None or fixed.ends_at is None:
        return
    occurrences.plan(session, START, fixed.occasion, fixed.chosen.starts_at)
    occurrences.plan(session, MINUTES, fixed.occasion, fixed.ends_at + AFTER)


def plan_parts(session: Session, found: PublicConference, began_at: datetime, now: datetime) -> None:
    """When it begins, or takes longer; the part that is on needs no word."""
    for part in parts(found):
        begins = began_at + timedelta(minutes=part.begins)
        if begins > now:
            occurrences.plan(session, PART, f"{found.occasion}:{part.name}", begins)


def plan_step(session: Session, step_id: str, window: Window, now: datetime, rules: Rules) -> None:
    """The morning of its last working day; nothing where that has passed."""
    last = window.closes if workdays.is_workday(window.closes) else workdays.workday_before(window.closes)
    moment = datetime.combine(last, MORNING, rules.zone)
    if moment > now:
        occurrences.plan(session, STEP, f"{step_id}:{window.closes.isoformat()}", moment)


def timekeepers(session: Session, found: PublicConference) -> list[str]:
    """Who is told of the parts: the timekeeper, or else the chair, or else who is responsible."""
    return _first_of(session, found, "timekeeper", "chair")


def minute_keepers(session: Session, found: PublicConference) -> list[str]:
    return _first_of(session, found, "recorder", "chair")


def _first_of(session: Session, found: PublicConference, *roles: str) -> list[str]:
    holders = conference_roles.holders(session, found.id)
    here = [holders[role] for role in roles if role in holders]
    return here[:1] or conference_letters.responsible(session, found.id)
