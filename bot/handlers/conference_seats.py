"""Coming to a conference or not, how many can, where it is, and being there."""

import re

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.routing import conference_letters, conference_seats
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, conferences, seats
from bot.store import conference_roles as roles
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.session import Session
from bot.views import conference_forms
from bot.views.cards import conference_seats as cards

router = Router()

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://|(?:javascript|data|file|vbscript):", re.IGNORECASE)


@router.press("conference.coming")
async def come(turn: Turn, press: Press) -> Reply:
    """On a free seat, or at the end of the line; also for who never answered."""

    def write(session: Session) -> Message:
        found = _ahead(turn, session, press.argument)
        if not found.chosen:
            raise Refused("conference_seats.open_yet")
        conference_seats.come(session, found, turn.member.id, turn.now, turn.text)
        return cards.answered(turn.text, found, seats.of(session, found, turn.member.id).turn)

    return Reply(await turn.db.write(write))


@router.press("conference.absent")
async def stay_away(turn: Turn, press: Press) -> Reply:
    """Their seat goes to who waits, and what they would have done is free for others."""

    def write(session: Session) -> Message:
        found = _ahead(turn, session, press.argument)
        if not found.chosen:
            raise Refused("conference_seats.open_yet")
        theirs = conference_seats.give_up(session, found, turn.member.id, turn.now, turn.text, turn.rules)
        return cards.away(turn.text, found, theirs)

    return Reply(await turn.db.write(write))


@router.press("conference.here")
async def arrive(turn: Turn, press: Press) -> Reply:
    """Also for who comes late without having a seat, where one is free."""

    def write(session: Session) -> str:
        found = _ahead(turn, session, press.argument)
        if turn.now < seats.began(found):
            raise Refused("conference_seats.not_yet")
        return seats.arrive(session, found, turn.member.id, turn.now)

    return Reply(cards.here(turn.text, press.argument, await turn.db.write(write)))


@router.press("conference.seats", Role.COORDINATOR)
async def which_size(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: asked.find(session, press.argument, turn.member.id))
    return Reply(cards.sizes(turn.text, found))


@router.press("conference.size", Role.COORDINATOR)
async def resize(turn: Turn, press: Press) -> Reply:
    conference_id, _, size = press.argument.partition(".")
    if not size.isdecimal():
        raise Refused("conference.stale")

    def write(session: Session) -> Message:
        _ahead(turn, session, conference_id)
        moved = seats.resize(session, conference_id, int(size))
        found = conferences.find(session, conference_id)
        conference_seats.moved_up(session, found, moved, turn.now, turn.text)
        return cards.sized(turn.text, found, len(moved))

    return Reply(await turn.db.write(write))


@router.press("conference.place")
async def ask_place(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> tuple[PublicConference, str]:
        found = asked.find(session, press.argument, turn.member.id)
        _may_place(turn, session, found)
        return found, seats.where(session, found.id)

    found, place = await turn.db.read(look)
    return Reply(form=conference_forms.place(turn.text, found.id, place))


@router.submit("conference.place")
async def set_place(turn: Turn, submit: Submit) -> Reply:
    """Whoever comes hears of it once, where it is another than before."""
    place = " ".join(submit.answers["place"].split())
    for scheme in _SCHEME.finditer(place):
        if (scheme[1] or "").lower() not in ("http", "https"):
            raise Refused("conference_seats.bad_link", field="place")

    def write(session: Session) -> Message:
        found = _ahead(turn, session, submit.argument)
        _may_place(turn, session, found)
        told = seats.set_place(session, found.id, place) and found.chosen is not None
        if told:
            conference_letters.tell(
                session,
                seats.coming_to(session, found.id) - {turn.member.id},
                f"seat:{found.occasion}:{turn.event.address.platform}:{turn.event.id}",
                lambda text: cards.place_told(text, found, place),
                turn.now,
                turn.text,
                expires=found.ends_at,
            )
        return cards.place_set(turn.text, found, told=told)

    return Reply(await turn.db.write(write))


def _ahead(turn: Turn, session: Session, conference_id: str) -> PublicConference:
    return conference_seats.ahead(session, conference_id, turn.now, turn.member.id)


def _may_place(turn: Turn, session: Session, found: PublicConference) -> None:
    """Asked of the rows at each press and each answer."""
    theirs = set(roles.held_of(session, found.id, turn.member.id))
    if not turn.member.may(Role.COORDINATOR) and not theirs & cards.SETS_PLACE:
        raise Refused("conference_seats.not_yours")
