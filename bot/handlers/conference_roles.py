"""Roles of a conference: seen, taken, handed on to whoever would like to, given back; a coordinator can free one."""

from collections.abc import Callable

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Message, Reply
from bot.routing import conference_letters, conference_roles, conference_seats
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import asked, participants, seats
from bot.store import conference_roles as roles
from bot.store.conferences import PublicConference
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import conference_roles as cards

router = Router()

Change = Callable[[Session, PublicConference], str]
"""Returns what is said of it."""


@router.press("conference.roles")
async def board(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> Message:
        return _board(turn, session, asked.find(session, press.argument, turn.member.id), "")

    return Reply(await turn.db.read(look))


@router.press("conference.role")
async def one(turn: Turn, press: Press) -> Reply:
    """Their own, or for a coordinator somebody else's."""
    conference_id, _, role = press.argument.partition(".")

    def look(session: Session) -> Message:
        found = asked.find(session, conference_id, turn.member.id)
        holder = roles.holders(session, found.id).get(roles.as_role(found, role))
        if holder == turn.member.id:
            offered = role in roles.offered(session, found.id)
            return cards.own(turn.text, found, role, offered=offered)
        if not _coordinator(turn):
            raise Refused("conference_roles.not_yours")
        if not holder:
            raise Refused("conference_roles.free_already")
        return cards.of_another(turn.text, found, role)

    return Reply(await turn.db.read(look))


@router.press("conference.take")
async def take(turn: Turn, press: Press) -> Reply:
    """Where the date is fixed, whoever takes a role takes a seat."""
    role = _role(press)

    def write(session: Session, found: PublicConference) -> str:
        former = roles.take(session, found, role, turn.member.id)
        if found.chosen:
            conference_seats.come(session, found, turn.member.id, turn.now, turn.text)
            if participants.state_of(session, found.id, turn.member.id) != "coming":
                raise Refused("conference_roles.full")
        if former:
            _tell(turn, session, found, role, former, cards.relieved)
        return turn.text("conference_roles.thanks", role=cards.name(turn.text, role))

    return await _change(turn, press, write)


@router.press("conference.offer")
async def offer(turn: Turn, press: Press) -> Reply:
    """They keep it until somebody takes it; the others who come hear of it once."""
    role = _role(press)

    def write(session: Session, found: PublicConference) -> str:
        if roles.wish(session, found, role, turn.member.id, relieved=True):
            others = seats.coming_to(session, found.id) if found.chosen else set()
            responsible = conference_letters.responsible(session, found.id)
            conference_letters.tell(
                session,
                {*others, *responsible} - {turn.member.id},
                f"role:{found.occasion}:{role}:{turn.member.id}",
                lambda text: cards.wanted(text, found, role),
                turn.now,
                turn.text,
                expires=found.ends_at,
            )
        return turn.text("conference_roles.offered")

    return await _change(turn, press, write)


@router.press("conference.keep")
async def keep(turn: Turn, press: Press) -> Reply:
    def write(session: Session, found: PublicConference) -> str:
        roles.wish(session, found, _role(press), turn.member.id, relieved=False)
        return turn.text("conference_roles.kept")

    return await _change(turn, press, write)


@router.press("conference.release")
async def release(turn: Turn, press: Press) -> Reply:
    role = _role(press)

    def write(session: Session, found: PublicConference) -> str:
        roles.release(session, found, role, turn.member.id)
        conference_roles.freed(session, found, (role,), turn.now, turn.text, turn.rules)
        return turn.text("conference_roles.released", role=cards.name(turn.text, role))

    return await _change(turn, press, write)


@router.press("conference.free", Role.COORDINATOR)
async def free(turn: Turn, press: Press) -> Reply:
    role = _role(press)

    def write(session: Session, found: PublicConference) -> str:
        former = roles.free(session, found, role)
        if former != turn.member.id:
            _tell(turn, session, found, role, former, cards.freed)
        conference_roles.call_again(session, found, role, turn.now, turn.rules)
        return turn.text("conference_roles.freed_now", role=cards.name(turn.text, role))

    return await _change(turn, press, write)


async def _change(turn: Turn, press: Press, change: Change) -> Reply:
    """One after the other: nobody takes what another has just taken."""

    def write(session: Session) -> Message:
        found = conference_seats.ahead(session, press.argument.partition(".")[0], turn.now, turn.member.id)
        return _board(turn, session, found, change(session, found))

    return Reply(await turn.db.write(write))


def _board(turn: Turn, session: Session, found: PublicConference, said: str) -> Message:
    seen = roles.board(session, found, turn.member.id)
    return cards.board(turn.text, found, seen, coordinator=_coordinator(turn), said=said)


def _tell(
    turn: Turn,
    session: Session,
    found: PublicConference,
    role: str,
    member: str,
    card: Callable[..., Message],
) -> None:
    key = f"role:{found.occasion}:{turn.event.address.platform}:{turn.event.id}"
    conference_letters.tell(session, [member], key, lambda text: card(text, found, role), turn.now, turn.text)


def _role(press: Press) -> str:
    return press.argument.partition(".")[2]


def _coordinator(turn: Turn) -> bool:
    return turn.member.may(Role.COORDINATOR)
