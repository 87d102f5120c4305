"""A date of a series becomes a conference like the one before it; only once, whoever answers and however often."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlmodel import col

from bot.chat.errors import Refused
from bot.language import repeating
from bot.store import asked, conference_roles, conferences, participants, polls, series
from bot.store.conference_models import Conference
from bot.store.conferences import PublicConference
from bot.store.polls import Candidate, Plan
from bot.store.series import PublicSeries
from bot.store.session import Session


def hold(
    session: Session, found: PublicSeries, day: date, candidates: Sequence[Candidate], proposer: str, now: datetime
) -> PublicConference:
    """On one date it is fixed at once, and whoever came lately may come; on several it is asked for. found: held."""
    if series.stands(session, found.id, day):
        raise Refused("conference_series.answered")
    company = series.company(session, found.id)
    before = series.like(session, found.id)
    conference_id = series.conference_of(found.id, day)
    made = polls.propose(session, _like(session, found, before), candidates, proposer, conference_id)
    _copy_place(session, before, made.id)
    series.rest(session, found, day, rests=False)
    if len(candidates) == 1:
        made = polls.decide(session, made.id, 1, now)
    for member in company:
        participants.put(session, made.id, member, "maybe" if made.chosen else "asked")
    return made


def find(session: Session, series_id: str, member: str) -> PublicSeries:
    """Refused for whoever may not see it: of what few were to know no other coordinator learns the theme."""
    found = series.find(session, series_id)
    if not _may_see(session, found, member):
        raise Refused("conference_series.gone")
    return found


def running(session: Session, member: str) -> list[PublicSeries]:
    return [found for found in series.running(session) if _may_see(session, found, member)]


def _may_see(session: Session, found: PublicSeries, member: str) -> bool:
    """Who looks after it, and who may see its last conference; before there is one, everybody if it will be public."""
    if member in series.responsible(session, found.id):
        return True
    last = series.like(session, found.id)
    return asked.may_see(session, conferences.find(session, last), member) if last else found.kind == "case"


def _like(session: Session, found: PublicSeries, before: str) -> Plan:
    if not before:
        case = found.kind == "case"
        required, audience = (conference_roles.USUAL, "places") if case else ((), "code")
        kind: conferences.Kind = "case" if case else "support"
        return Plan(found.theme, found.minutes, kind, audience, required=required, series=found.id)
    last = conferences.find(session, before)
    return Plan(
        theme=found.theme,
        minutes=found.minutes,
        kind="support" if last.kind == "support" else "case",
        audience=last.audience,
        hidden=last.hidden,
        required=last.required,
        minimum=last.minimum,
        capacity=last.capacity,
        online=last.online,
        series=found.id,
    )


def _copy_place(session: Session, before: str, to: str) -> None:
    sealed = session.scalar(select(col(Conference.place)).where(col(Conference.id) == before)) if before else None
    if isinstance(sealed, bytes):
        place = session.keys.box.seal(session.keys.box.open(sealed, f"place_of:{before}"), f"place_of:{to}")
        session.run(update(Conference).where(col(Conference.id) == to).values(place=place))


def found_from(
    session: Session, conference: PublicConference, rule: str, zone: ZoneInfo, proposer: str
) -> PublicSeries:
    """A series whose first conference is this one; its own dates begin after it. Refused where it belongs to one."""
    if conference.chosen is None or conference.state != "decided":
        raise Refused("conference_series.no_date")
    if conference.series:
        raise Refused("conference_series.already")
    first = conference.chosen.starts_at
    following = next(repeating.moments(rule, first, zone, first))
    minutes = conference.chosen.minutes
    begun = series.begin(session, conference.theme, minutes, conference.kind, rule, following, proposer)
    session.run(update(Conference).where(col(Conference.id) == conference.id).values(series=begun.id))
    return begun
