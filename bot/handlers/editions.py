"""The centre's own handbook for coordinators: look at an edition, let it answer, go back to the one before."""

from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.taking_in import samples_of
from bot.routing.turn import Turn
from bot.store import acts, editions
from bot.store.editions import Edition
from bot.store.members import Role
from bot.store.session import Session
from bot.views.cards import editions as cards
from bot.views.cards import line

router = Router()


@router.press("editions.show", Role.COORDINATOR)
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    return Reply(cards.overview(turn.text, await turn.db.read(editions.every)))


@router.press("editions.look", Role.COORDINATOR)
async def look(turn: Turn, press: Press) -> Reply:
    """What was found in it, before anybody can find it."""
    turn.only_us()

    def read(session: Session) -> tuple[Edition, list[editions.Passage]]:
        edition = editions.find(session, press.argument)
        return edition, [each for _, each in editions.passages(session, edition.id)]

    edition, passages = await turn.db.read(read)
    return Reply(cards.preview(turn.text, edition, samples_of(passages)))


@router.press("editions.publish", Role.COORDINATOR)
async def publish(turn: Turn, press: Press) -> Reply:
    turn.only_us()

    def work(session: Session) -> Edition:
        edition = editions.find(session, press.argument)
        editions.publish(session, edition.id, turn.now)
        acts.note(session, turn.member.id, "edition_published", edition.id, turn.now)
        return edition

    return _answers(turn, await turn.db.write(work))


@router.press("editions.rollback", Role.COORDINATOR)
async def roll_back(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()

    def work(session: Session) -> Edition:
        edition = editions.roll_back(session)
        acts.note(session, turn.member.id, "edition_taken_back", edition.id, turn.now)
        return edition

    return _answers(turn, await turn.db.write(work))


def _answers(turn: Turn, edition: Edition) -> Reply:
    return Reply(line(turn.text, "editions.published", title=edition.title, edition=edition.id), replace=True)
