"""Every card and question the bot can show, made from public shapes with the longest values that are allowed."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from bot.chat.events import Address
from bot.chat.messages import Button, Form, Message
from bot.knowledge.hotlines import bundled
from bot.knowledge.points import Entry
from bot.store.acts import PublicAct
from bot.store.conferences import MOST_SLOTS, PublicConference, PublicSlot
from bot.store.everything import Counts
from bot.store.learnings import Learning
from bot.store.overview import DAYS_OF_DUTY, LONGEST_LIST, Overview, Unanswered
from bot.store.places import Place
from bot.store.pseudonyms import BIRDS, PLANTS
from bot.store.reports import REASONS
from bot.store.reviews import WHYS, Waiting
from bot.store.subjects import Subject
from bot.store.talks import PublicTalk, State
from bot.store.worries import AUTHOR, PublicAnswer, PublicWorry
from bot.views import export, forms, questions
from bot.views.cards import (
    answer,
    community,
    conference,
    coordinating,
    danger,
    handbook,
    home,
    learning,
    moderation,
    mydata,
    reporting,
    talk,
    welcome,
    worry,
)
from bot.views.cards.danger import DutyHours
from bot.views.months import Month
from bot.views.text import Text

ID = "x" * 22
"""As long as the ids of the store."""

PLACE_NAME = "場" * 30
CARDS = (
    answer,
    community,
    conference,
    coordinating,
    danger,
    handbook,
    home,
    learning,
    moderation,
    mydata,
    reporting,
    talk,
    welcome,
    worry,
)
_MOMENT = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)
_ACT = PublicAct(_MOMENT, "FFFF", "paused_reporters", ID[:8], "30")
_PLACE = Place(ID, PLACE_NAME, "ja", Address("console"))


def every_message(text: Text, entries: Sequence[Entry]) -> list[Message]:
    shown = [message for messages in _cards(text, entries).values() for message in messages]
    return [*shown, *_questions(text)]


def _cards(text: Text, entries: Sequence[Entry]) -> dict[Callable[..., object], Iterable[Message]]:
    """By the function that makes them; a card without a sample is an error."""
    coming, decided = _conference(), _conference(decided=MOST_SLOTS)
    posted, voice = _worry(text), _longest(text, BIRDS)
    answers = [
        _answer(text, AUTHOR),
        _answer(text, voice),
        replace(_answer(text, voice), name="名" * 30, understood=999),
        replace(_answer(text, voice), name="名" * 30, aside=True),
    ]
    now = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    lines = [None, *bundled().shown]
    hours = DutyHours("08:30", "18:00", None), DutyHours("08:30", "18:00", now)
    samples: dict[Callable[..., object], Iterable[Message]] = {
        conference.overview: [conference.overview(text, [coming, decided] * 5, coordinator=True)],
        conference.poll: [conference.poll(text, coming)],
        conference.for_coordinator: [conference.for_coordinator(text, coming)],
        conference.fixed: [conference.fixed(text, decided)],
        conference.reminder: [
            conference.reminder(text, decided),
            conference.reminder(text, decided, decided.slots[0].starts_at),
        ],
        conference.missed: [conference.missed(text, [decided] * 5)],
        conference.thanks: [conference.thanks(text, coming)],
        conference.which_slot: [conference.which_slot(text, coming)],
        conference.confirm: [conference.confirm(text, coming, coming.slots[0])],
        coordinating.overview: [coordinating.overview(text, [_PLACE] * 5)],
        coordinating.invited: [
            coordinating.invited(text, "xxxx-xxxx-xxxx", datetime(2026, 12, 31, 14, 30, tzinfo=UTC))
        ],
        coordinating.confirm_stepping_down: [coordinating.confirm_stepping_down(text)],
        coordinating.last_one: [coordinating.last_one(text, "anyway", leaves=each) for each in (True, False)],
        coordinating.handed_over: [coordinating.handed_over(text, [coming, decided] * 5)],
        coordinating.confirm_unlinking: [coordinating.confirm_unlinking(text, _PLACE)],
        danger.first: [danger.first(text, each, now, ID) for each in lines],
        danger.about_oneself: [
            danger.about_oneself(text, each, now, ID, duty) for each in lines for duty in (*hours, None)
        ],
        danger.about_client: [
            danger.about_client(text, each, ID, duty) for each in ((), bundled().laws) for duty in (*hours, None)
        ],
        danger.told: [danger.told(text, each, now, duty) for each in lines for duty in hours],
        danger.ask_again: [danger.ask_again(text, ID)],
        danger.notice: [danger.notice(text, ID)],
        danger.held: [danger.held(text, posted)],
        danger.talked: [danger.talked(text, posted, 3, ID)],
        handbook.ask: [handbook.ask(text, alone=True), handbook.ask(text, alone=False)],
        handbook.nearest: [
            handbook.nearest(text, entries),
            handbook.nearest(text, entries[:3], shown=ID, in_dialog=True),
        ],
        handbook.nothing: [handbook.nothing(text), handbook.nothing(text, in_dialog=True)],
        handbook.beside: [handbook.beside(text, entries[:2])],
        handbook.nothing_beside: [handbook.nothing_beside(text)],
        handbook.entry_card: [handbook.entry_card(text, entry, entries[:2]) for entry in entries],
        moderation.notice: [moderation.notice(text)],
        moderation.queue: [moderation.queue(text, [_waiting(text)] * 9, 0), moderation.queue(text, [], 0)],
        moderation.look: [moderation.look(text, each, dict.fromkeys(REASONS, 999)) for each in _subjects(text)],
        moderation.how_long: [moderation.how_long(text, _subjects(text)[0], each, _MOMENT) for each in moderation.WHOM],
        moderation.paused: [moderation.paused(text, _MOMENT)],
        moderation.decided: [moderation.decided(text, "stopped")],
        moderation.acts: [moderation.acts(text, [_ACT] * 50), moderation.acts(text, [])],
        reporting.why: [reporting.why(text, ID, coordinator=each) for each in (True, False)],
        reporting.out_of_sight: [reporting.out_of_sight(text)],
        reporting.notice: [reporting.notice(text, ID)],
        reporting.told: [reporting.told(text, each, "harsh", "言" * 300) for each in _subjects(text)],
        community.overview: [community.overview(text, _overview(text)), community.overview(text, _quiet())],
        community.months: [community.months(text, []), community.months(text, [_month()] * 12)],
        mydata.kept: [
            mydata.kept(
                text, role="coordinator", since="2026-11-24", counts=Counts(9_999, 9_999, 9_999, 99), coordinator=True
            )
        ],
        mydata.exported: [mydata.exported(text, "{" * export.PAGE, 1, 99), mydata.exported(text, "{}", 1, 1)],
        mydata.confirm_erasing: [mydata.confirm_erasing(text)],
        welcome.how_to_join: [welcome.how_to_join(text)],
        welcome.joined: [welcome.joined(text, coordinator=each) for each in (True, False)],
        welcome.menu: [
            welcome.menu(text, alone=True, resting=True, preview=ID, held=ID),
            welcome.menu(text, alone=False, resting=False),
        ],
        welcome.help_card: [welcome.help_card(text)],
        welcome.languages: [welcome.languages(text)],
        welcome.waiting: [welcome.waiting(text)],
        welcome.linked: [welcome.linked(text, _PLACE)],
        welcome.door: [welcome.door(text, _PLACE)],
        welcome.door_opened: [welcome.door_opened(text, ID)],
        home.page: [home.page(text, [coming, decided] * 5, set()), home.page(text, [], set())],
        worry.preview: [worry.preview(text, ID, posted.text, [PLACE_NAME] * 5)],
        worry.edited_late: [worry.edited_late(text)],
        worry.post: [worry.post(text, posted)],
        worry.closed_post: [worry.closed_post(text, posted)],
        worry.closed_for_good: [worry.closed_for_good(text)],
        worry.taken_back: [worry.taken_back(text)],
        worry.shared: [worry.shared(text, posted)],
        worry.answer_in_thread: [worry.answer_in_thread(text, answer) for answer in answers],
        worry.notice: [worry.notice(text, answer) for answer in answers],
        worry.confirm_closing: [worry.confirm_closing(text, posted)],
        worry.thread: [worry.thread(text, posted, 0, ""), worry.thread(text, posted, 9_999, ID, muted=True)],
        answer.given: [answer.given(text, answers[0], to_oneself=each) for each in (True, False)],
        answer.alone: [answer.alone(text, each, to_author=True) for each in answers],
        answer.more: [
            *(answer.more(text, each, muted=True, first=False) for each in answers),
            answer.more(text, answers[0], muted=False, first=True),
        ],
        answer.thanked: [answer.thanked(text, each) for each in answers],
        answer.thanks_notice: [answer.thanks_notice(text, ID)],
        answer.muted_ones: [answer.muted_ones(text, each) for each in ([], [posted] * 5)],
        talk.asked: [talk.asked(text, ID)],
        talk.news: [talk.news(text, ID)],
        talk.now: [talk.now(text, each) for each in _talks(text)],
        talk.confirm_end: [talk.confirm_end(text, each) for each in _talks(text)],
        learning.offered: [learning.offered(text)],
        learning.to_check: [learning.to_check(text, Learning(ID, "2026-11", "学" * 300), 99)],
        worry.own: [worry.own(text, each) for each in ([], [posted])],
    }
    made = {
        made for room in CARDS for name, made in inspect.getmembers(room, inspect.isfunction) if _is_card(name, made)
    }
    assert made == set(samples), f"without a sample: {made - set(samples)}"
    return samples


def _is_card(name: str, made: Callable[..., object]) -> bool:
    return not name.startswith("_") and inspect.signature(made).return_annotation is Message


def _questions(text: Text) -> Iterable[Message]:
    """Every form, asked question by question."""
    made: list[Form] = [
        forms.worry(text, [_PLACE, _PLACE]),
        forms.question(text),
        forms.code(text),
        forms.answer(text, f"answer:{ID}"),
        forms.stopping(text, ID),
        forms.answer_with_name(text, f"answer:{ID}", "名" * 30),
        forms.aside(text, ID),
        forms.own_name(text, ID),
        forms.learning(text),
        forms.conference(text),
        forms.vote(text, _conference(), {}),
    ]
    for form in made:
        for step in range(len(form.fields)):
            yield questions.ask(text, ID, form, step)
        yield questions.door(text, ID, form)
    yield Message(buttons=(Button(text("forms.begin"), "form.resume", ID),))


def _conference(decided: int | None = None) -> PublicConference:
    first = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)
    slots = tuple(PublicSlot(number, first + timedelta(number), 99, 99, 99) for number in range(1, MOST_SLOTS + 1))
    return PublicConference(ID, "題" * 80, 120, decided is None, slots, 99, decided, 1)


def _overview(text: Text) -> Overview:
    waiting = Unanswered(ID, _longest(text, PLANTS), timedelta(days=99))
    return Overview(9_999, (waiting,) * LONGEST_LIST, timedelta(days=9), 999, 999, (("2026-12-31", 99),) * DAYS_OF_DUTY)


def _quiet() -> Overview:
    return Overview(0, (), None, 0, 0, ())


def _month() -> Month:
    return Month("2026-12", (9_999, None, 999, 9_999, 0, None))


def _worry(text: Text) -> PublicWorry:
    return PublicWorry(ID, _longest(text, PLANTS), "悩" * 1000, ())


def _answer(text: Text, voice: str) -> PublicAnswer:
    return PublicAnswer(ID, _worry(text), 99, voice, "答" * 1000)


def _subjects(text: Text) -> list[Subject]:
    worry = replace(_worry(text), state="hidden")
    left = Subject(replace(worry, state="held"), None, "held", "danger")
    return [Subject(worry, None, "hidden", "reports"), left, Subject(worry, _answer(text, AUTHOR), "hidden")]


def _waiting(text: Text) -> Waiting:
    return Waiting(ID, _longest(text, PLANTS), 99, "hidden", WHYS, _MOMENT, open=False)


def _talks(text: Text) -> list[PublicTalk]:
    between = PublicTalk(ID, _worry(text), _longest(text, BIRDS), "", "nothing")
    states = [replace(between, state=state) for state in get_args(State)]
    named = replace(between, called="名" * 30, state="agreed", own_name="名" * 30)
    return [*states, named, replace(named, voice=AUTHOR, called="", their_name="名" * 30)]


def _longest(text: Text, codes: Iterable[str]) -> str:
    return max((f"{code}.99" for code in codes), key=lambda code: len(text.pseudonym(code)))
