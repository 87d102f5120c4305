"""Every card and form of a meeting, its minutes and its steps, as full as it can become."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from bot.chat.messages import Form, Message
from bot.knowledge.points import Entry
from bot.store import agenda
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import DONE, KINDS, MOST, STEP, PublicNote
from bot.store.step_windows import Window
from bot.views import conference_meeting_forms
from bot.views.cards import conference_meeting, conference_minutes, conference_steps
from bot.views.text import Text

ID = "x" * 22
ROOMS = (conference_meeting, conference_minutes, conference_steps)
BEGAN = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)
WINDOW = Window(date(2026, 12, 30), date(2027, 12, 31))
LONGEST = "言" * conference_meeting_forms.NOTE_LIMIT


def note(kind: str = "idea", **more: object) -> PublicNote:
    made = PublicNote(ID, ID, kind, LONGEST)
    step = {"role": "timekeeper", "window": WINDOW} if kind == STEP else {}
    return PublicNote(*(made.id, made.conference, made.kind, made.text), **{**step, **more})  # type: ignore[arg-type]


def cards(
    text: Text, coming: PublicConference, decided: PublicConference
) -> dict[Callable[..., object], Iterable[Message]]:
    parts = agenda.parts(480)
    every = [note(kind) for kind in KINDS for _ in range(MOST // 4)]
    steps = [note(STEP), note(STEP, held=True), note(STEP, mine=True, held=True), note(STEP, state=DONE)] * 2
    lesson = Entry(ID, "note", "題" * 80, "", "", (), (), text.language, "")
    return {
        conference_meeting.agenda: [
            conference_meeting.agenda(text, decided, parts, BEGAN, lesson),
            conference_meeting.agenda(text, coming, agenda.parts(15), None),
        ],
        conference_meeting.started: [conference_meeting.started(text, decided, parts, BEGAN)],
        conference_meeting.extended: [conference_meeting.extended(text, decided, parts, BEGAN)],
        conference_meeting.may_begin: [conference_meeting.may_begin(text, decided)],
        conference_meeting.next_part: [conference_meeting.next_part(text, decided, part, 400) for part in parts],
        conference_meeting.meeting: [
            conference_meeting.meeting(text, decided, (parts[2], 75), every, keeps=True, sent=False),
            conference_meeting.meeting(text, decided, None, [], keeps=False, sent=True),
        ],
        conference_meeting.written: [conference_meeting.written(text, ID, kind) for kind in KINDS],
        conference_meeting.notes: [
            conference_meeting.notes(text, decided, every, 1),
            conference_meeting.notes(text, decided, [], 9),
        ],
        conference_minutes.offered: [conference_minutes.offered(text, decided)],
        conference_minutes.preview: [
            conference_minutes.preview(text, decided, every, 99),
            conference_minutes.preview(text, decided, [], 0),
        ],
        conference_minutes.choose: [conference_minutes.choose(text, decided, each) for each in (every, [])],
        conference_minutes.left_out: [conference_minutes.left_out(text, note())],
        conference_minutes.sent: [conference_minutes.sent(text, decided, 99)],
        conference_minutes.minutes: [conference_minutes.minutes(text, decided, every, each) for each in (1, 99)],
        conference_minutes.to_copy: [conference_minutes.to_copy(text, decided, every, each) for each in (1, 99)],
        conference_steps.of_conference: [
            conference_steps.of_conference(text, decided, steps, keeps=True),
            conference_steps.of_conference(text, decided, [], 9),
        ],
        conference_steps.mine: [conference_steps.mine(text, each) for each in (steps, [])],
        conference_steps.beside: [conference_steps.beside(text, Message("x"), each) for each in (0, 99)],
        conference_steps.card: [conference_steps.card(text, each) for each in steps],
        conference_steps.which_window: [conference_steps.which_window(text, steps[0])],
        conference_steps.changed: [
            conference_steps.changed(text, each, "conference_steps.now_mine") for each in steps[:3]
        ],
        conference_steps.closing: [conference_steps.closing(text, steps[2])],
        conference_steps.without_anybody: [conference_steps.without_anybody(text, decided, 99)],
    }


def forms(text: Text) -> dict[Callable[..., Form], Iterable[Form]]:
    return {
        conference_meeting_forms.note: [conference_meeting_forms.note(text, ID, kind) for kind in KINDS[:3]],
        conference_meeting_forms.step: [conference_meeting_forms.step(text, ID)],
    }
