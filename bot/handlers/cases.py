"""悩みを事例検討会で話す: its author wishes it, a coordinator proposes dates, and nobody learns whose it is."""

import secrets
from datetime import timedelta
from random import SystemRandom

from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import cases, members, outbox, rota
from bot.store.members import Role
from bot.store.outbox import Letter, shuffled
from bot.store.session import Session
from bot.views import conference_forms
from bot.views.cards import cases as cards
from bot.views.cards import line

router = Router()

TOLD_WITHIN = timedelta(hours=24)
"""At a random moment of these, and in hours of duty: told at once, who was there just then would be known."""

_dice = SystemRandom()


@router.press("cases.ask")
async def ask(turn: Turn, press: Press) -> Reply:
    turn.only_us()
    worry = await turn.db.read(lambda session: cases.own(session, press.argument, turn.private))
    return Reply(cards.confirm(turn.text, worry))


@router.press("cases.wish")
async def wish(turn: Turn, press: Press) -> Reply:
    turn.only_us()

    def note(session: Session) -> None:
        if cases.wish(session, press.argument, turn.private, turn.now):
            _tell_coordinators(turn, session)

    await turn.db.write(note)
    return Reply(line(turn.text, "cases.told"), replace=True)


def _tell_coordinators(turn: Turn, session: Session) -> None:
    token = secrets.token_urlsafe(12)
    told_at = rota.next_open(turn.now + timedelta(seconds=_dice.uniform(0, TOLD_WITHIN.total_seconds())), turn.rules)
    for number, recipient in enumerate(shuffled(members.coordinators(session))):
        card = cards.notice(turn.text.speaking(recipient.language))
        outbox.put(session, Letter(f"case:{token}:{number}", recipient.address, card, told_at, alone=True))


@router.press("cases.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    return Reply(cards.wished(turn.text, await turn.db.read(cases.wished)))


@router.press("cases.open", Role.COORDINATOR)
async def open_case(turn: Turn, press: Press) -> Reply:
    turn.only_us()
    return Reply(cards.case(turn.text, await turn.db.read(lambda session: cases.find(session, press.argument))))


@router.press("cases.propose", Role.COORDINATOR)
async def propose(turn: Turn, press: Press) -> Reply:
    """The form of any conference; the worry goes with it as an id, and its words stay where they stand."""
    worry = await turn.db.read(lambda session: cases.find(session, press.argument))
    theme = turn.text("cases.theme", name=turn.text.pseudonym(worry.pseudonym))
    return Reply(form=conference_forms.conference(turn.text, theme=theme, about=worry.id))


@router.press("cases.how")
async def how(turn: Turn, press: Press) -> Reply:
    turn.only_us()

    def look(session: Session) -> Reply:
        worry = cases.own(session, press.argument, turn.private)
        found = cases.conference_of(session, press.argument, turn.private)
        return Reply(cards.how(turn.text, worry, found) if found else line(turn.text, "cases.still_wished"))

    return await turn.db.read(look)
