"""その後どうですか, after a conference: one press answers it; the others hear of it after a confirmation alone."""

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Message, Reply
from bot.routing import conference_letters
from bot.routing.limits import ANSWERS
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import aftermath, conferences, drafts
from bot.store.conferences import PublicConference
from bot.store.drafts import Draft
from bot.store.session import Session
from bot.views import case_forms
from bot.views.cards import conference_after as cards
from bot.views.cards import line

router = Router()


@router.press("conference.after")
async def answer(turn: Turn, press: Press) -> Reply:
    """Nothing is kept of it but a preview, which is its author's alone."""
    conference_id, _, said = press.argument.partition(".")
    if said not in aftermath.ANSWERS:
        raise Refused("error.stale_button")
    if said not in aftermath.TOLD:
        await turn.db.read(lambda session: _asked(turn, session, conference_id))
        return Reply(line(turn.text, "conference_after.not_yet"), replace=True)

    def keep(session: Session) -> Message:
        return _preview(turn, session, _asked(turn, session, conference_id), said, "")

    return Reply(await turn.db.write(keep), replace=True)


@router.press("conference.after_add")
async def add_line(turn: Turn, press: Press) -> Reply:
    draft = await turn.db.read(lambda session: _find(turn, session, press.argument))
    return Reply(form=case_forms.afterwards(turn.text, draft.id, draft.content["text"]))


@router.submit("conference.after_write")
async def preview(turn: Turn, submit: Submit) -> Reply:
    """A new preview takes the place of the one without these words."""

    def keep(session: Session) -> Message:
        content = _take(turn, session, submit.argument).content
        found = _asked(turn, session, content["conference"])
        return _preview(turn, session, found, content["answer"], submit.answers["line"])

    return Reply(await turn.db.write(keep))


@router.press("conference.after_send", limit=ANSWERS)
async def send(turn: Turn, press: Press) -> Reply:
    """To those who were there, with what the preview showed."""

    def tell(session: Session) -> None:
        draft = _take(turn, session, press.argument)
        found, said, words = _asked(turn, session, draft.content["conference"]), draft.content["answer"], draft.content
        conference_letters.tell(
            session,
            aftermath.attendees(session, found.id) - {turn.member.id},
            f"aftermath:{draft.id}",
            lambda text: cards.told(text, found, said, words["text"]),
            turn.now,
            turn.text,
        )

    await turn.db.write(tell)
    return Reply(line(turn.text, "conference_after.sent"), replace=True, clear=True)


@router.press("conference.after_drop")
async def drop(turn: Turn, press: Press) -> Reply:
    await turn.db.write(lambda session: _take(turn, session, press.argument))
    return Reply(line(turn.text, "conference_after.dropped"), replace=True, clear=True)


@router.press("conference.after_later")
async def later(turn: Turn, press: Press) -> Reply:
    zone = turn.rules.zone

    def put_off(session: Session) -> None:
        aftermath.put_off(session, _asked(turn, session, press.argument), turn.now, zone)

    await turn.db.write(put_off)
    return Reply(line(turn.text, "conference_after.put_off"), replace=True)


@router.press("conference.after_stop")
async def stop(turn: Turn, press: Press) -> Reply:
    def end(session: Session) -> None:
        aftermath.stop(session, _asked(turn, session, press.argument).id)

    await turn.db.write(end)
    return Reply(line(turn.text, "conference_after.stopped"), replace=True)


def _asked(turn: Turn, session: Session, conference_id: str) -> PublicConference:
    """The conference, once it is over. Refused for anyone but whom it is asked of now."""
    found = conferences.find(session, conference_id)
    over = found.state == "decided" and found.ends_at is not None and found.ends_at <= turn.now
    if found.kind != "case" or not over or aftermath.asked(session, found.id) != turn.member.id:
        raise Refused("conference_after.not_yours")
    return found


def _preview(turn: Turn, session: Session, found: PublicConference, said: str, words: str) -> Message:
    content = {"text": words, "conference": found.id, "answer": said}
    draft = drafts.keep(session, turn.private, "aftermath", content, turn.now)
    return cards.preview(turn.text, draft, found, said, words)


def _take(turn: Turn, session: Session, draft_id: str) -> Draft:
    """Once: a second press finds nothing."""
    draft = _find(turn, session, draft_id)
    if not drafts.discard(session, draft.id):
        raise Refused("conference_after.gone")
    return draft


def _find(turn: Turn, session: Session, draft_id: str) -> Draft:
    draft = drafts.take(session, draft_id, turn.private, turn.now)
    if draft is None or draft.kind != "aftermath":
        raise Refused("conference_after.gone")
    return draft
