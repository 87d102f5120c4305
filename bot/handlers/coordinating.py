"""What only coordinators look after: the places, who else coordinates, and stepping down."""

from datetime import timedelta

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.handlers import leaving
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, labels, members, places, withdrawing
from bot.store.members import Role
from bot.store.places import Place
from bot.store.session import Session
from bot.views.cards import coordinating, line

router = Router()

INVITATION_LIFE = timedelta(days=7)


@router.press("coordinating.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    return Reply(coordinating.overview(turn.text, await turn.db.read(places.every)))


@router.press("coordinating.invite", Role.COORDINATOR)
async def invite(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """A code for one more coordinator; it is shown once, and only its digest is kept."""
    turn.only_us()
    until = turn.now + INVITATION_LIFE

    def make(session: Session) -> str:
        acts.note(session, turn.member.id, "invited", "", turn.now)
        return members.invite(session, Role.COORDINATOR, 1, until)

    code = await turn.db.write(make)
    return Reply(coordinating.invited(turn.text, code, until))


@router.press("coordinating.step_down", Role.COORDINATOR)
async def confirm_stepping_down(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    return Reply(coordinating.confirm_stepping_down(turn.text))


@router.press("coordinating.stepped_down", Role.COORDINATOR)
async def step_down(turn: Turn, press: Press) -> Reply:
    turn.only_us()

    def become_supporter(session: Session) -> None:
        members.set_role(session, turn.member.id, Role.SUPPORTER)

    if warning := await leaving.step_down(turn, press, become_supporter):
        return Reply(warning, replace=True)
    return Reply(line(turn.text, "coordinating.stepped_down"), replace=True)


@router.press("place.unlink", Role.COORDINATOR)
async def confirm_unlinking(turn: Turn, press: Press) -> Reply:
    place = await turn.db.read(lambda session: _linked(session, press.argument))
    return Reply(coordinating.confirm_unlinking(turn.text, place))


@router.press("place.unlinked", Role.COORDINATOR)
async def unlink(turn: Turn, press: Press) -> Reply:
    """What stands there stays; what still waits to be brought there is taken back."""

    def remove(session: Session) -> Place:
        place = _linked(session, press.argument)
        places.unlink(session, place.id)
        labels.look_again(session, turn.now)
        acts.note(session, turn.member.id, "unlinked", place.id, turn.now)
        withdrawing.all_to(session, place.address)
        return place

    place = await turn.db.write(remove)
    return Reply(line(turn.text, "coordinating.unlinked", name=place.name), replace=True)


def _linked(session: Session, place_id: str) -> Place:
    for place in places.among(session, [place_id]):
        return place
    raise Refused("join.no_place")
