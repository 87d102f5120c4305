"""The next small steps: written at the end of a meeting, taken by somebody, never locked for who was there."""

from datetime import date

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import Reply
from bot.handlers.conference_meeting import page_of
from bot.routing import meetings
from bot.routing.meetings import NOTES, Meeting
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import meeting_notes, step_windows
from bot.store.meeting_notes import DONE, OPEN, STEP, PublicNote
from bot.store.session import Session
from bot.store.step_windows import NAMES, Window
from bot.views import conference_meeting_forms
from bot.views.cards import conference_meeting
from bot.views.cards import conference_steps as cards

router = Router()


@router.press("conference.steps")
async def show_all(turn: Turn, press: Press) -> Reply:
    conference_id, page = page_of(press)

    def look(session: Session) -> tuple[Meeting, list[PublicNote]]:
        found = meetings.begun(session, conference_id, turn.member, turn.now)
        return found, meeting_notes.of(session, conference_id, turn.member.id, (STEP,))

    found, steps = await turn.db.read(look)
    return Reply(cards.of_conference(turn.text, found.found, steps, page, keeps=found.keeps and not found.sent))


@router.press("conference.my_steps")
async def show_mine(turn: Turn, press: Press) -> Reply:
    _, page = page_of(Press(press.action, f".{press.argument}"))
    steps = await turn.db.read(lambda session: meeting_notes.held_by(session, turn.member.id))
    return Reply(cards.mine(turn.text, steps, page))


@router.press("conference.step")
async def show(turn: Turn, press: Press) -> Reply:
    step = await turn.db.read(lambda session: meetings.step(session, press.argument, turn.member, turn.now))
    return Reply(cards.card(turn.text, step))


@router.press("conference.write_step")
async def ask(turn: Turn, press: Press) -> Reply:
    found = await turn.db.read(lambda session: meetings.kept(session, press.argument, turn.member, turn.now))
    if found.sent:
        raise Refused("conference_meeting.closed")
    return Reply(form=conference_meeting_forms.step(turn.text, press.argument))


@router.submit("conference.new_step", limit=NOTES)
async def write(turn: Turn, submit: Submit) -> Reply:
    window = step_windows.from_today(submit.answers["window"], _today(turn))

    def keep(session: Session) -> None:
        meetings.kept(session, submit.argument, turn.member, turn.now)
        answers = submit.answers
        step_id = meeting_notes.write(session, submit.argument, STEP, answers["text"], answers["role"], window)
        meetings.plan_step(session, step_id, window, turn.now, turn.rules)

    await turn.db.write(keep)
    return Reply(conference_meeting.written(turn.text, submit.argument, STEP))


@router.press("conference.take_step")
async def take(turn: Turn, press: Press) -> Reply:
    def change(session: Session, step: PublicNote) -> None:
        meeting_notes.take(session, step.id, turn.member.id)

    return await _changed(turn, press.argument, change, "conference_steps.now_mine")


@router.press("conference.let_go_step")
async def let_go(turn: Turn, press: Press) -> Reply:
    def change(session: Session, step: PublicNote) -> None:
        meeting_notes.let_go(session, step.id, turn.member.id)

    return await _changed(turn, press.argument, change, "conference_steps.now_free")


@router.press("conference.step_done")
async def done(turn: Turn, press: Press) -> Reply:
    def change(session: Session, step: PublicNote) -> None:
        meeting_notes.set_state(session, step.id, DONE)

    return await _changed(turn, press.argument, change, "conference_steps.now_done")


@router.press("conference.step_again")
async def again(turn: Turn, press: Press) -> Reply:
    """Its window may be over meanwhile: then there is a new one."""

    def change(session: Session, step: PublicNote) -> None:
        meeting_notes.set_state(session, step.id, OPEN)
        if step.window and step.window.closes < _today(turn):
            _move(turn, session, step, step_windows.moved_on(step.window, _today(turn)))

    return await _changed(turn, press.argument, change, "conference_steps.now_open")


@router.press("conference.step_on")
async def go_on(turn: Turn, press: Press) -> Reply:
    def change(session: Session, step: PublicNote) -> None:
        if step.window:
            _move(turn, session, step, step_windows.moved_on(step.window, _today(turn)))

    return await _changed(turn, press.argument, change, "conference_steps.now_longer")


@router.press("conference.step_window")
async def which_window(turn: Turn, press: Press) -> Reply:
    step = await turn.db.read(lambda session: meetings.step(session, press.argument, turn.member, turn.now))
    return Reply(cards.which_window(turn.text, step))


@router.press("conference.step_moved")
async def move(turn: Turn, press: Press) -> Reply:
    step_id, _, name = press.argument.partition(".")
    if name not in NAMES:
        raise Refused("error.stale_button")

    def change(session: Session, step: PublicNote) -> None:
        _move(turn, session, step, step_windows.from_today(name, _today(turn)))

    return await _changed(turn, step_id, change, "conference_steps.now_longer")


def _move(turn: Turn, session: Session, step: PublicNote, window: Window) -> None:
    meeting_notes.set_window(session, step.id, window)
    meetings.plan_step(session, step.id, window, turn.now, turn.rules)


async def _changed(turn: Turn, step_id: str, change: meetings.Change, said: str) -> Reply:
    """What it is now, once it has been changed."""

    def write(session: Session) -> PublicNote:
        change(session, meetings.step(session, step_id, turn.member, turn.now))
        return meeting_notes.find(session, step_id, turn.member.id)

    return Reply(cards.changed(turn.text, await turn.db.write(write), said), replace=True)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.rules.zone).date()
