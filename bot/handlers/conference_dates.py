"""The date of a conference is proposed with its reason and fixed, and everyone it concerns is told."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers.conference_polls import tell_author
from bot.routing import conference_letters, conference_plans, working_days
from bot.routing.conference_letters import Card
from bot.routing.conference_seen import seen
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, participants, polls, proposals, rescheduling
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.proposals import Judged, Proposal
from bot.store.session import Session
from bot.views.cards import conference, conference_dates

router = Router()


@router.press("conference.decide", Role.COORDINATOR)
async def propose(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _proposal(turn, session, press.argument))
    return Reply(conference_dates.proposal(turn.text, found))


@router.press("conference.others", Role.COORDINATOR)
async def every(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _proposal(turn, session, press.argument))
    return Reply(conference_dates.every(turn.text, found))


@router.press("conference.choose", Role.COORDINATOR)
async def choose(turn: Turn, press: Press) -> Reply:
    conference_id, number = slot_of(press)
    found = await turn.db.read(lambda session: _proposal(turn, session, conference_id))
    return Reply(conference_dates.chosen(turn.text, found, _possible(found, number)))


@router.press("conference.fix", Role.COORDINATOR)
async def decide(turn: Turn, press: Press) -> Reply:
    conference_id, number = slot_of(press)
    await working_days.loaded(turn)
    await turn.db.write(lambda session: _decide(turn, session, conference_id, number))
    return Reply(conference.decided(turn.text, conference_id), replace=True)


def _decide(turn: Turn, session: Session, conference_id: str, number: int) -> None:
    """Judged once more while it is held: the button may be older than an answer."""
    asked = polls.undecided(session, conference_id, turn.now)
    _possible(_proposal(turn, session, conference_id), number)
    decided = polls.decide(session, conference_id, number, turn.now)
    conference_letters.update_posts(session, decided, turn.now, turn.text)
    without = set(polls.answered_by(session, conference_id, ("no",), number))
    others = rescheduling.concerned(session, asked) - without
    if about := cases.of(session, conference_id):
        tell_author(turn, session, decided, about, f"fixed{decided.sequence}")
    conference_plans.plan(session, decided, turn.now, turn.rules)
    sure = others & set(participants.of(session, conference_id, ("coming",)))  # a seat is theirs only now
    _tell(turn, session, sure, decided, lambda text: conference.fixed_letter(text, decided, comes=True))
    _tell(turn, session, others - sure, decided, lambda text: conference.fixed_letter(text, decided, comes=False))
    _tell(turn, session, without, decided, lambda text: conference_dates.fixed_without(text, decided))


def _tell(turn: Turn, session: Session, whom: set[str], decided: PublicConference, card: Card) -> None:
    conference_letters.tell(session, whom, f"fixed:{decided.occasion}", card, turn.now, turn.text)


def _proposal(turn: Turn, session: Session, conference_id: str) -> Proposal:
    """Of one whose date is not fixed."""
    found = seen(turn, session, conference_id).conference
    if not found.asking:
        raise Refused("conference_changes.gone" if found.state == "cancelled" else "conference.closed")
    return proposals.of(session, found, turn.now)


def _possible(found: Proposal, number: int) -> Judged:
    """Refused where it cannot be decided, or is no date of it."""
    slot = found.of(number)
    if slot is None:
        raise Refused("conference.stale")
    if slot.why:
        raise Refused(f"conference_dates.refused.{slot.why}")
    return slot


def slot_of(press: Press) -> tuple[str, int]:
    """The conference and the number of a slot."""
    conference_id, _, number = press.argument.partition(".")
    if not number.isdecimal():
        raise Refused("conference.stale")
    return conference_id, int(number)
