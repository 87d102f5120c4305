"""わかります and ありがとう, looking back, and no notices of one worry: what one may do with what was said."""

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing import notices, standing
from bot.routing.limits import REACTIONS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import answers, mine, mutes, posts, reactions, worries
from bot.store.session import Session
from bot.store.worries import PublicAnswer, PublicWorry
from bot.views.cards import answer, line

router = Router()


@router.press("worry.understood", limit=REACTIONS)
async def understand(turn: Turn, press: Press) -> Reply:
    """Whoever wrote it may press like everyone."""

    def write(session: Session) -> bool:
        pressed = reactions.understand(session, press.argument, turn.private)
        if pressed.visible:
            standing.soon(session, press.argument, turn.now)
        return pressed.given

    return _said(turn, given=await turn.db.write(write))


@router.press("answer.understood", limit=REACTIONS)
async def understand_answer(turn: Turn, press: Press) -> Reply:
    def write(session: Session) -> bool:
        pressed = reactions.understand_answer(session, press.argument, turn.private)
        if pressed.visible:
            standing.answer_soon(session, press.argument, turn.now)
        return pressed.given

    return _said(turn, given=await turn.db.write(write))


def _said(turn: Turn, *, given: bool) -> Reply:
    return Reply(line(turn.text, "answer.understood_now" if given else "answer.understood_taken_back"))


@router.press("answer.thank", limit=REACTIONS)
async def thank(turn: Turn, press: Press) -> Reply:
    """Said alike whether it was said before, or nobody is there to hear it."""

    def write(session: Session) -> None:
        said, key = reactions.thank(session, press.argument, turn.private), posts.thanks_key(press.argument)
        notices.tell(turn, session, said.worry, said.tell, key, lambda text: answer.thanks_notice(text, press.argument))

    await turn.db.write(write)
    return Reply(line(turn.text, "answer.thank_said"))


@router.press("answer.thanked")
async def thanked(turn: Turn, press: Press) -> Reply:
    _only_us(turn)
    own = await turn.db.read(lambda session: reactions.thanked(session, press.argument, turn.private))
    return Reply(answer.thanked(turn.text, own))


@router.press("answer.more")
async def more(turn: Turn, press: Press) -> Reply:
    _only_us(turn)

    def read(session: Session) -> tuple[PublicAnswer, bool, bool]:
        found, _ = worries.read(session, press.argument, turn.private)
        muted = mutes.holds(session, found.worry.id, turn.private)
        return found, muted, not answers.earlier(session, found.id, turn.private)

    found, muted, first = await turn.db.read(read)
    return Reply(answer.more(turn.text, found, muted=muted, first=first))


@router.press("answer.earlier")
async def earlier(turn: Turn, press: Press) -> Reply:
    _only_us(turn)

    def read(session: Session) -> tuple[PublicAnswer, bool]:
        before = answers.earlier(session, press.argument, turn.private)
        if not before:
            raise Refused("answer.first")
        return worries.read(session, before, turn.private)

    found, to_author = await turn.db.read(read)
    return Reply(answer.alone(turn.text, found, to_author=to_author))


@router.press("mute.on")
async def mute(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: mutes.mute(session, press.argument, turn.private))
    return Reply(line(turn.text, "answer.muted"))


@router.press("mute.off")
async def unmute(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: mutes.unmute(session, press.argument, turn.private))
    return Reply(line(turn.text, "answer.unmuted"))


@router.press("mute.list")
async def muted_ones(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    _only_us(turn)

    def read(session: Session) -> list[PublicWorry]:
        return [worries.find(session, each, states=worries.LIVING) for each in mine.muted(session, turn.private)]

    return Reply(answer.muted_ones(turn.text, await turn.db.read(read)))


def _only_us(turn: Turn) -> None:
    """What was written to one person is nothing for a group."""
    if not turn.event.direct:
        raise Refused("worry.gone")
