"""自分のデータ: what is kept of me, taking it along, and erasing all of it."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.handlers import leaving
from bot.routing import conference_letters, step_holders
from bot.routing.closing import take_words_out
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import ballots, conferences, erasing, everything, mine
from bot.store.members import Role
from bot.store.session import Session
from bot.views import export
from bot.views.cards import line, mydata
from bot.views.cards.worry_sharing import who

router = Router()


@router.command("mydata")
async def show_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _kept(turn)


@router.press("mydata.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _kept(turn)


async def _kept(turn: Turn) -> Reply:
    turn.only_us()
    counts = await turn.db.read(lambda session: everything.count(session, turn.private, turn.member.id))
    since = turn.text.day(turn.member.joined_at) if turn.member.joined_at else ""
    coordinator = turn.member.may(Role.COORDINATOR)
    role, said = turn.member.role.value, (turn.member.area, turn.member.work)
    return Reply(mydata.kept(turn.text, role=role, since=since, counts=counts, said=said, coordinator=coordinator))


@router.press("mydata.export")
async def take_along(turn: Turn, press: Press) -> Reply:
    """Page by page, each whole in itself: the longest must fit where a platform shows least."""
    turn.only_us()
    kept = await turn.db.read(lambda session: everything.gather(session, turn.private, turn.member.id, turn.now))
    since = turn.text.day(turn.member.joined_at) if turn.member.joined_at else ""
    said = who(turn.text, turn.member.area, turn.member.work)
    pages = export.pages(turn.text, kept, role=turn.member.role.value, since=since, said=said)
    number = int(press.argument) if press.argument.isdecimal() else 1
    if not 1 <= number <= len(pages):
        raise Refused("error.stale_button")
    return Reply(mydata.exported(turn.text, pages[number - 1], number, len(pages)))


@router.press("mydata.erase")
async def confirm_erasing(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    turn.only_us()
    return Reply(mydata.confirm_erasing(turn.text))


@router.press("mydata.erased")
async def erase(turn: Turn, press: Press) -> Reply:
    """Keys, answers, votes and the member go in one transaction; the posts follow, each at a moment of its own.

    Every key is tried before, beside the writer; inside the transaction only where something was said meanwhile.
    """
    turn.only_us()
    found = await turn.db.read(lambda session: mine.own(session, turn.private))

    def forget(session: Session) -> None:
        own = found | mine.own(session, turn.private, since=turn.now)
        stepped = step_holders.conferences_of(session, turn.member.id)
        named = ballots.shown_of(session, turn.member.id)
        for post in erasing.erase(session, turn.member.id, turn.private, own, turn.now):
            take_words_out(session, post, turn.text)
        step_holders.tell(session, stepped, turn.event.id, turn.now, turn.text)
        for poll in named:
            conference_letters.show_votes(session, conferences.find(session, poll), turn.now, turn.text)

    if warning := await leaving.leave(turn, press, forget):
        return Reply(warning, replace=True)
    await turn.db.forget_traces()
    return Reply(line(turn.text, "mydata.erased"), replace=True)
