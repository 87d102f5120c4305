"""定例: a conference that repeats; its coordinator confirms each date in one press, or says that there is none."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.handlers.conference_polls import read_times
from bot.language import repeating
from bot.routing import conference_letters, working_days
from bot.routing import series as going_on
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, conferences, series, series_dates
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.polls import Candidate
from bot.store.series import Date, PublicSeries
from bot.store.session import Session
from bot.views import conference_forms
from bot.views.cards import conference_series as cards
from bot.views.cards import line

router = Router()

MOST_OFFERED = 6
"""Dates of which one can be left out beforehand."""

FURTHEST = timedelta(days=4 * 366)
"""No button of ours speaks of a date further from now; to look for one would keep everybody else waiting."""


@router.press("series.choose", Role.COORDINATOR)
async def which_rule(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: asked.find(session, press.argument, turn.member.id))
    if found.chosen is None:
        raise Refused("conference_series.no_date")
    rules = repeating.offered(found.chosen.starts_at, turn.rules.zone)
    return Reply(cards.which_rule(turn.text, found.id, rules, found.chosen.starts_at))


@router.press("series.begin", Role.COORDINATOR)
async def begin(turn: Turn, press: Press) -> Reply:
    conference_id, _, name = press.argument.partition(".")
    await working_days.loaded(turn)

    def write(session: Session) -> Message:
        conferences.held(session, conference_id)
        found = asked.find(session, conference_id, turn.member.id)
        starts_at = found.chosen.starts_at if found.chosen else turn.now
        rule = repeating.offered(starts_at, turn.rules.zone).get(name)
        if rule is None:
            raise Refused("conference_series.no_date")
        begun = series_dates.found_from(session, found, rule, turn.rules.zone, turn.member.id)
        return going_on.started(turn, session, begun)

    return Reply(await turn.db.write(write), replace=True)


@router.press("series.list", Role.COORDINATOR)
async def show_all(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(
        cards.every(turn.text, await turn.db.read(lambda session: series_dates.running(session, turn.member.id)))
    )


@router.press("series.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:
    await working_days.loaded(turn)
    card = await turn.db.read(
        lambda session: going_on.home(turn, session, _seen(turn, session, press.argument)),
    )
    return Reply(card)


@router.press("series.hold", Role.COORDINATOR)
async def hold(turn: Turn, press: Press) -> Reply:
    """On the day that the rule says."""

    def write(session: Session, found: PublicSeries, on: Date) -> Message:
        candidates = [Candidate(on.starts_at, found.minutes)]
        return _held(turn, going_on.hold(turn, session, found, on.day, candidates))

    return await _answer(turn, press.argument, write)


@router.press("series.other", Role.COORDINATOR)
async def other(turn: Turn, press: Press) -> Reply:
    series_id, day = _date_of(turn, press.argument)
    await working_days.loaded(turn)
    await turn.db.read(lambda session: series.on(session, _seen(turn, session, series_id), day, turn.rules.zone))
    return Reply(form=conference_forms.series_date(turn.text, press.argument))


@router.submit("series.other", Role.COORDINATOR)
async def hold_otherwise(turn: Turn, submit: Submit) -> Reply:
    """One time is fixed at once; several are asked for."""
    candidates = read_times(turn, submit.answers["times"], fewest=1)

    def write(session: Session, found: PublicSeries, on: Date) -> Message:
        return _held(turn, going_on.hold(turn, session, found, on.day, candidates))

    return await _answer(turn, submit.argument, write)


@router.press("series.rest", Role.COORDINATOR)
async def rest(turn: Turn, press: Press) -> Reply:
    def write(session: Session, found: PublicSeries, on: Date) -> Message:
        if on.starts_at <= turn.now:
            raise Refused("conference.past")
        if on.off == "answered":
            raise Refused("conference_series.answered")
        if on.open:
            found = going_on.rest(session, found, on, turn.now, turn.text, turn.rules)
        return going_on.home(turn, session, found)

    return await _answer(turn, press.argument, write)


@router.press("series.rests", Role.COORDINATOR)
async def which_rests(turn: Turn, press: Press) -> Reply:
    await working_days.loaded(turn)

    def look(session: Session) -> Message:
        found = _seen(turn, session, press.argument)
        ahead = series.ahead(session, found, turn.now, turn.rules.zone, MOST_OFFERED)
        return cards.which_rests(turn.text, found, ahead)

    return Reply(await turn.db.read(look))


@router.press("series.shift", Role.COORDINATOR)
async def shift(turn: Turn, press: Press) -> Reply:
    """隔週 begins a week later, as long as no date of it has been answered."""
    await working_days.loaded(turn)

    def write(session: Session) -> Message:
        found = _held_open(turn, session, press.argument)
        if found.exceptions or series.held_lately(session, found.id):
            raise Refused("conference_series.stop_first")
        second = repeating.moments("FREQ=WEEKLY", found.starts_at, turn.rules.zone, found.starts_at)
        return going_on.started(turn, session, series.shift(session, found, next(second)))

    return Reply(await turn.db.write(write), replace=True)


@router.press("series.stop", Role.COORDINATOR)
async def stop(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _seen(turn, session, press.argument))
    if not found.running:
        raise Refused("conference_series.ended")
    return Reply(cards.stop(turn.text, found))


@router.press("series.stopped", Role.COORDINATOR)
async def stopped(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> PublicSeries:
        ended = series.end(session, _held_open(turn, session, press.argument).id)
        company = series.company(session, ended.id)
        conference_letters.tell(
            session, company, f"series:{ended.id}:ended", lambda text: cards.stopped(text, ended), turn.now, turn.text
        )
        return ended

    return Reply(cards.stopped(turn.text, await turn.db.write(write)), replace=True)


def _seen(turn: Turn, session: Session, series_id: str) -> PublicSeries:
    return series_dates.find(session, series_id, turn.member.id)


def _held_open(turn: Turn, session: Session, series_id: str) -> PublicSeries:
    """Nobody else answers it meanwhile."""
    return series.held(session, _seen(turn, session, series_id).id)


def _held(turn: Turn, made: PublicConference) -> Message:
    if made.chosen is None:
        return line(turn.text, "conference_series.polled")
    return line(turn.text, "conference_series.held", when=turn.text.when(made.chosen.starts_at))


async def _answer(turn: Turn, argument: str, write: Callable[[Session, PublicSeries, Date], Message]) -> Reply:
    """About one date of a series that nobody else answers meanwhile."""
    series_id, day = _date_of(turn, argument)
    await working_days.loaded(turn)

    def settle(session: Session) -> Message:
        found = _held_open(turn, session, series_id)
        return write(session, found, series.on(session, found, day, turn.rules.zone))

    return Reply(await turn.db.write(settle), replace=True)


def _date_of(turn: Turn, argument: str) -> tuple[str, date]:
    series_id, _, written = argument.rpartition(".")
    try:
        day = datetime.strptime(written, "%Y%m%d").date()
    except ValueError:
        raise Refused("conference_series.no_date") from None
    if abs(day - turn.now.date()) > FURTHEST:
        raise Refused("conference_series.no_date")
    return series_id, day
