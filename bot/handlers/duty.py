"""当番: taking turns at being asked first; days are taken, offered to others and skipped, and never given to anyone."""

from bot.chat.events import Press
from bot.chat.messages import Message, Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import outbox, rota
from bot.store.members import Recipient, Role
from bot.store.outbox import Letter
from bot.store.rota import DutyDay
from bot.store.session import Session
from bot.views.cards import duty, line, noted

router = Router()


@router.press("duty.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return Reply(await turn.db.read(lambda session: _overview(turn, session)))


def _overview(turn: Turn, session: Session) -> Message:
    days = rota.days(session, turn.member.id, turn.now, turn.rules)
    takes_turns = rota.is_volunteer(session, turn.member.id)
    return duty.overview(turn.text, days, volunteer=takes_turns, coordinator=turn.member.may(Role.COORDINATOR))


@router.press("duty.volunteer")
async def volunteer(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    def begin(session: Session) -> Message:
        rota.volunteer(session, turn.member.id)
        return _overview(turn, session)

    return Reply(await turn.db.write(begin), replace=True)


@router.press("duty.stop")
async def stop(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    await turn.db.write(lambda session: rota.stop(session, turn.member.id))
    return Reply(line(turn.text, "duty.stopped"), replace=True)


@router.press("duty.day")
async def show_day(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> Message:
        found = rota.find(session, turn.member.id, press.argument, turn.now, turn.rules)
        return _day(turn, session, found)

    return Reply(await turn.db.read(look))


def _day(turn: Turn, session: Session, found: DutyDay) -> Message:
    return duty.day(turn.text, found, volunteer=rota.is_volunteer(session, turn.member.id))


@router.press("duty.take")
async def take(turn: Turn, press: Press) -> Reply:
    def have(session: Session) -> Message:
        rota.take(session, turn.member.id, press.argument, turn.now, turn.rules)
        return _overview(turn, session)

    return Reply(await turn.db.write(have), replace=True)


@router.press("duty.offer")
async def offer(turn: Turn, press: Press) -> Reply:
    """It stays one's own until somebody has taken it."""

    def ask_others(session: Session) -> Message:
        found = rota.change(session, turn.member.id, press.argument, "offered", turn.now, turn.rules)
        for number, each in enumerate(rota.volunteers(session, but=turn.member.id)):
            card = duty.offered(turn.text.speaking(each.language), press.argument)
            _tell(turn, session, each, card, f"{_event(turn)}:{number}")
        return _day(turn, session, found)

    return Reply(await turn.db.write(ask_others), replace=True)


@router.press("duty.skip")
async def skip(turn: Turn, press: Press) -> Reply:
    def leave_out(session: Session) -> Message:
        found = rota.change(session, turn.member.id, press.argument, "skipped", turn.now, turn.rules)
        return _day(turn, session, found)

    return Reply(await turn.db.write(leave_out), replace=True)


@router.press("duty.take_over")
async def take_over(turn: Turn, press: Press) -> Reply:
    """Whoever is first has it; who offered it is told."""

    def have(session: Session) -> Message:
        relieved = rota.take_over(session, turn.member.id, press.argument, turn.now, turn.rules)
        if relieved:
            card = duty.relieved(turn.text.speaking(relieved.language), press.argument)
            _tell(turn, session, relieved, card, _event(turn))
        return _overview(turn, session)

    return Reply(await turn.db.write(have), replace=True)


@router.press("duty.ask", Role.COORDINATOR)
async def ask(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """At most once a day; nobody is on duty who did not say so themself."""
    today = turn.now.astimezone(turn.rules.zone).date().isoformat()

    def tell(session: Session) -> Message:
        asked = rota.volunteers(session, but=turn.member.id)
        for number, each in enumerate(asked):
            _tell(turn, session, each, duty.asked(turn.text.speaking(each.language)), f"ask:{today}:{number}")
        key = "duty.asked_note" if asked else "duty.asked_nobody"
        return noted(_overview(turn, session), turn.text(key))

    return Reply(await turn.db.write(tell), replace=True)


def _tell(turn: Turn, session: Session, whom: Recipient, card: Message, key: str) -> None:
    begins = rota.next_open(turn.now, turn.rules)
    outbox.put(session, Letter(f"duty:{key}", whom.address, card, begins, again=False))


def _event(turn: Turn) -> str:
    return f"{turn.event.address.platform}:{turn.event.id}"
