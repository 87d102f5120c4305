"""How the handbook serves, for coordinators: questions it has no answer to, and what people say of its entries."""

from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.knowledge.points import Entry
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import gaps as kept
from bot.store import opinions
from bot.store.members import Role
from bot.store.opinions import Counts
from bot.views.cards import gaps, line

router = Router()

MOST_ENTRIES = 10


@router.press("gaps.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:
    """argument: after how many."""
    turn.only_us()
    found = await turn.db.read(lambda session: kept.unanswered(session, turn.now, turn.rules))
    first = int(press.argument) if press.argument.isdecimal() else 0
    return Reply(gaps.unanswered(turn.text, found, first if first < len(found) else 0))


@router.press("gaps.settle", Role.COORDINATOR)
async def settle(turn: Turn, press: Press) -> Reply:
    turn.only_us()
    done = await turn.db.write(lambda session: kept.settle(session, press.argument))
    await turn.db.forget_traces()
    return Reply(line(turn.text, "gaps.settled" if done else "gaps.settled_already"))


@router.press("gaps.voices", Role.COORDINATOR)
async def show_voices(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """What needs a look first; of what is in the handbook no more, nobody needs to know."""
    turn.only_us()
    found: list[tuple[Entry, Counts]] = []
    for entry_id, voices in (await turn.db.read(opinions.needing_a_look)).items():
        if entry := await turn.handbook.entry(entry_id, turn.text.language):
            found.append((entry, voices))
    return Reply(gaps.voices(turn.text, found[:MOST_ENTRIES]))
