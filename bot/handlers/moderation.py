"""見守り: coordinators look at what is held, hidden or reported, and decide; never who wrote or reported it."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.routing import hiding
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import acts, pauses, reports, reviews, subjects
from bot.store.acts import What
from bot.store.members import Role
from bot.store.session import Session
from bot.store.subjects import Found
from bot.views import forms
from bot.views.cards import moderation

router = Router()

MOST_ACTS = 50


@router.press("moderation.queue", Role.COORDINATOR)
async def queue(turn: Turn, press: Press) -> Reply:
    """argument: after how many."""
    _only_us(turn)
    waiting = await turn.db.read(reviews.queue)
    first = int(press.argument) if press.argument.isdecimal() else 0
    return Reply(moderation.queue(turn.text, waiting, first))


@router.press("moderation.look", Role.COORDINATOR)
async def look(turn: Turn, press: Press) -> Reply:
    def read(session: Session) -> tuple[Found, dict[str, int]]:
        return _found(session, press.argument), dict(reports.reasons(session, press.argument))

    found, reasons = await turn.db.read(read)
    return Reply(moderation.look(turn.text, found.subject, reasons))


@router.press("moderation.stop", Role.COORDINATOR)
async def ask_why(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _found(session, press.argument))
    return Reply(form=forms.stopping(turn.text, found.subject.id))


@router.submit("moderation.stop", Role.COORDINATOR)
async def stop(turn: Turn, submit: Submit) -> Reply:
    """Held back or hidden, with a reason that goes to whoever wrote it; said again, another reason goes to them."""
    reason, words = submit.answers["reason"], submit.answers.get("line", "")

    def decide(session: Session) -> None:
        found = _found(session, submit.argument, to_change=True)
        if found.subject.state in subjects.STOPPED:
            subjects.stop(session, found.subject, reason)
        else:
            hiding.stop(session, found, reason, turn.now, turn.text)
        hiding.tell_writer(session, found, turn.now, turn.text, reason=reason, line=words)
        _decided(turn, session, found, "stopped", reason)

    await turn.db.write(decide)
    return Reply(moderation.decided(turn.text, "stopped"), replace=True)


@router.press("moderation.restore", Role.COORDINATOR)
async def restore(turn: Turn, press: Press) -> Reply:
    def decide(session: Session) -> None:
        found = _found(session, press.argument, to_change=True)
        if not moderation.may_be_restored(found.subject):
            raise Refused("moderation.not_stopped")
        hiding.let_go(session, found, turn.now, turn.text, turn.rules)
        hiding.tell_writer(session, found, turn.now, turn.text)
        _decided(turn, session, found, "restored")

    await turn.db.write(decide)
    return Reply(moderation.decided(turn.text, "restored"), replace=True)


@router.press("moderation.leave", Role.COORDINATOR)
async def leave(turn: Turn, press: Press) -> Reply:
    """Looked at, and left as it is."""

    def decide(session: Session) -> None:
        _decided(turn, session, _found(session, press.argument, to_change=True), "left")

    await turn.db.write(decide)
    return Reply(moderation.decided(turn.text, "left"), replace=True)


@router.press("moderation.pause", Role.COORDINATOR)
async def ask_how_long(turn: Turn, press: Press) -> Reply:
    """The same question whoever it is, and whether they rest already."""
    subject_id, whom = _whom(press.argument)
    found = await turn.db.read(lambda session: _found(session, subject_id))
    begins = pauses.begins_at(turn.now, turn.rules)
    return Reply(moderation.how_long(turn.text, found.subject, whom, begins))


@router.press("moderation.paused", Role.COORDINATOR)
async def pause(turn: Turn, press: Press) -> Reply:
    """Whose rest it is is opened, used and forgotten within the transaction; nothing that is shown depends on it."""
    wanted, _, days = press.argument.rpartition(".")
    subject_id, whom = _whom(wanted)
    if days not in {str(each) for each in pauses.DAYS}:
        raise Refused("error.stale_button")

    def decide(session: Session) -> None:
        found = _found(session, subject_id, to_change=True)
        writer = found.writer()
        people = reports.reporters(session, found) if whom == "reporters" else [writer] if writer else []
        pauses.start(session, people, int(days), turn.now, turn.rules)
        what: What = "paused_reporters" if whom == "reporters" else "paused_writer"
        acts.note(session, turn.member.id, what, subject_id, turn.now, days)

    await turn.db.write(decide)
    return Reply(moderation.paused(turn.text, pauses.begins_at(turn.now, turn.rules)), replace=True)


@router.press("moderation.acts", Role.COORDINATOR)
async def show_acts(turn: Turn, press: Press) -> Reply:  # noqa: ARG001
    _only_us(turn)
    return Reply(moderation.acts(turn.text, await turn.db.read(lambda session: acts.latest(session, MOST_ACTS))))


def _found(session: Session, subject_id: str, *, to_change: bool = False) -> Found:
    """What waits to be published is seen by nobody, unless something asks for a look: who looked at all of it would
    know when each was written."""
    found = subjects.find(session, subject_id, to_change=to_change)
    hidden_from_all = found.subject.worry.state not in subjects.SEEN
    if hidden_from_all and not reviews.is_called_for(session, found.subject.id):
        raise Refused("worry.gone")
    if to_change and found.subject.is_for_duty:
        raise Refused("moderation.for_duty")
    return found


def _decided(turn: Turn, session: Session, found: Found, what: What, reason: str = "") -> None:
    reviews.mark(session, found.subject, reviews.DECIDED, turn.now, done=True)
    reviews.finish(session, found.subject.id)
    acts.note(session, turn.member.id, what, found.subject.id, turn.now, reason)


def _whom(argument: str) -> tuple[str, str]:
    subject_id, _, whom = argument.partition(".")
    if whom not in moderation.WHOM:
        raise Refused("error.stale_button")
    return subject_id, whom


def _only_us(turn: Turn) -> None:
    if not turn.event.direct:
        raise Refused("moderation.alone")
