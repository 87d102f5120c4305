"""Becoming a member: with an invitation code, or by the button a coordinator put into a group for its people."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Press, Submit
from bot.chat.messages import Reply
from bot.handlers import leaving
from bot.handlers.welcome import menu
from bot.language.cleaning import clean
from bot.routing.limits import GUESSES
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, dwellers, members, outbox, places
from bot.store.members import Member, Role
from bot.store.outbox import Letter
from bot.store.session import Session
from bot.views import forms
from bot.views.cards import line, welcome

router = Router()


@router.command("start", Role.STRANGER, GUESSES)
@router.command("join", Role.STRANGER, GUESSES)
async def join_by_command(turn: Turn, command: Command) -> Reply:
    code = clean(command.argument, lines=False)
    if not code:
        return Reply(welcome.how_to_join(turn.text)) if turn.member.role == Role.STRANGER else await menu(turn)
    if not turn.event.direct:
        raise Refused("join.alone")
    return await _join(turn, code)


@router.press("join.begin", Role.STRANGER)
async def ask_for_code(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(form=forms.code(turn.text))


@router.submit("join.code", Role.STRANGER, GUESSES)
async def join_by_form(turn: Turn, submit: Submit) -> Reply:
    try:
        return await _join(turn, submit.answers["code"])
    except Refused as refused:
        raise Refused(refused.key, field="code") from refused


async def _join(turn: Turn, code: str) -> Reply:
    def join(session: Session) -> Member:
        member = members.join(session, turn.private, code[:100], turn.text.language, turn.now)
        leaving.take_over(turn, session, member)
        return member

    return _welcome(turn, await turn.db.write(join))


def _welcome(turn: Turn, member: Member) -> Reply:
    return Reply(welcome.joined(turn.text, coordinator=member.may(Role.COORDINATOR)))


@router.press("place.open", Role.COORDINATOR)
async def open_door(turn: Turn, press: Press) -> Reply:
    """Whoever is in this group may join from now on; the button is posted there."""

    def post(session: Session) -> None:
        place = places.let_join(session, press.argument, allowed=True)
        acts.note(session, turn.member.id, "let_join", place.id, turn.now)
        card = welcome.door(turn.text.speaking(place.language), place)
        outbox.put(session, Letter(f"door:{place.id}:{turn.event.id}", place.address, card, turn.now))

    await turn.db.write(post)
    return Reply(welcome.door_opened(turn.text, press.argument), replace=True)


@router.press("place.shut", Role.COORDINATOR)
async def shut_door(turn: Turn, press: Press) -> Reply:
    """The button stays where it was posted, and lets nobody in any more."""
    await turn.db.write(lambda session: places.let_join(session, press.argument, allowed=False))
    return Reply(line(turn.text, "join.door_shut"), replace=True)


@router.press("join.here", Role.STRANGER)
async def join_here(turn: Turn, press: Press) -> Reply:
    """Only in the group itself: a copy of the button elsewhere lets nobody in."""

    def enter(session: Session) -> Member:
        place = places.at(session, turn.event.address)
        if place is None or place.id != press.argument or not place.joining:
            raise Refused("join.shut")
        member = members.enter(session, turn.private, Role.SUPPORTER, turn.text.language, turn.now)
        dwellers.notice(session, turn.event, member, turn.now)
        return member

    return _welcome(turn, await turn.db.write(enter))
