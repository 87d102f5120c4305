"""気になる: saying quietly that something may do harm; and, for whoever wrote it, what became of it."""

from base64 import b64decode

from bot.chat.errors import Refused
from bot.chat.events import Press
from bot.chat.messages import Reply
from bot.routing import hiding
from bot.routing.limits import REPORTS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import drafts, month_counts, places, reports, subjects
from bot.store.members import Role
from bot.store.seal import UNREADABLE
from bot.store.session import Session
from bot.store.subjects import Found, Subject
from bot.views import forms
from bot.views.cards import line, reporting

router = Router()


@router.press("report.begin")
async def begin(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: _seen(session, press.argument))
    return Reply(reporting.why(turn.text, found.subject.id, coordinator=turn.member.may(Role.COORDINATOR)))


@router.press("report.send", limit=REPORTS)
async def send(turn: Turn, press: Press) -> Reply:
    """The same thanks whatever comes of it, also to whoever wrote it: nobody learns by it how many there are."""
    subject_id, _, reason = press.argument.partition(".")
    if reason not in reports.REASONS:
        raise Refused("error.stale_button")

    def report(session: Session) -> None:
        found = _seen(session, subject_id, to_change=True)
        so_many = reports.add(session, found, reason, turn.private)
        if so_many:
            month_counts.add(session, "reported", turn.now, turn.text.timezone)
            hiding.reported(session, found, so_many >= reports.ENOUGH, turn.now, turn.text)

    await turn.db.write(report)
    return Reply(line(turn.text, "report.thanks"), replace=True)


def _seen(session: Session, subject_id: str, *, to_change: bool = False) -> Found:
    found = subjects.find(session, subject_id, to_change=to_change)
    if found.subject.worry.state not in subjects.SEEN:
        raise Refused("worry.gone")
    return found


@router.press("report.told")
async def told(turn: Turn, press: Press) -> Reply:
    """Only for whoever wrote it, and only where nobody else looks on."""

    def look(session: Session) -> tuple[Subject, str, str]:
        content = drafts.see_errand(session, press.argument, turn.now) or {}
        found = _own(turn, session, content.get("subject", ""))
        try:
            words = found.item.open(b64decode(content["line"]), "line") if content["line"] else ""
        except UNREADABLE:
            words = ""
        return found.subject, content["reason"], words

    return Reply(reporting.told(turn.text, *await turn.db.read(look)))


@router.press("report.mend")
async def mend(turn: Turn, press: Press) -> Reply:
    """The form with one's own words in it; what comes of it is shared anew, and passes everything that new words do."""

    def look(session: Session) -> tuple[Subject, list[places.Place]]:
        return _own(turn, session, press.argument).subject, places.every(session)

    subject, linked = await turn.db.read(look)
    if answer := subject.answer:
        about = f"worry:{subject.worry.id}"
        if answer.name:  # without it, the same words would show that two voices are one
            return Reply(form=forms.answer_with_name(turn.text, about, answer.name, answer.text))
        return Reply(form=forms.answer(turn.text, about, answer.text))
    if not linked:
        raise Refused("worry.no_place")
    return Reply(form=forms.worry(turn.text, linked, {"text": subject.text}))


def _own(turn: Turn, session: Session, subject_id: str) -> Found:
    if not turn.event.direct:
        raise Refused("worry.gone")
    found = subjects.find(session, subject_id)
    if not found.is_by(turn.private):
        raise Refused("worry.gone")
    return found
