"""自分のデータ: what is kept of me, and erasing all of it."""

from bot.chat.errors import Refused
from bot.chat.events import Command, Press
from bot.chat.messages import Reply
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, mailroom, members, worries
from bot.store.session import Session
from bot.views.cards import line, mydata

router = Router()


@router.command("mydata")
async def show_by_command(turn: Turn, command: Command) -> Reply:  # noqa: ARG001
    return await _kept(turn)


@router.press("mydata.show")
async def show(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    return await _kept(turn)


async def _kept(turn: Turn) -> Reply:
    _only_us(turn)
    written = await turn.db.read(lambda session: drafts.count(session, turn.private))
    since = turn.text.day(turn.member.joined_at) if turn.member.joined_at else ""
    return Reply(mydata.kept(turn.text, role=turn.member.role.value, since=since, drafts=written))


@router.press("mydata.erase")
async def confirm_erasing(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    _only_us(turn)
    return Reply(mydata.confirm_erasing(turn.text))


@router.press("mydata.erased")
async def erase(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    """The keys of open worries are destroyed, then address, drafts and votes go.

    The posts are left as they stand: closing them all in one moment would tell that one person wrote them.
    """
    _only_us(turn)

    def forget(session: Session) -> None:
        for worry in worries.own(session, turn.private):
            worries.close(session, worry.id, turn.private)
        worries.forget_voice(session, turn.private)
        drafts.discard_all(session, turn.private)
        mailroom.erase(session, (), turn.private)
        members.leave(session, turn.member.id)

    await turn.db.write(forget)
    await turn.db.forget_traces()
    return Reply(line(turn.text, "mydata.erased"), replace=True)


def _only_us(turn: Turn) -> None:
    """A group must not read along what is kept of one of them."""
    if not turn.event.direct:
        raise Refused("mydata.alone")
