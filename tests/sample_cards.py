"""Every card and question the bot can show, made from public shapes with the longest values that are allowed."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from bot.chat.events import Address
from bot.chat.messages import Button, Form, Message
from bot.knowledge.hotlines import bundled
from bot.knowledge.points import Entry
from bot.store.everything import Counts
from bot.store.learnings import Learning
from bot.store.places import Place
from bot.store.polls import MOST_SLOTS
from bot.store.pseudonyms import BIRDS, PLANTS
from bot.store.publishing import Times
from bot.store.talks import PublicTalk, State
from bot.store.told import Told
from bot.store.worries import AUTHOR, PublicAnswer, PublicWorry
from bot.views import export, forms, questions
from bot.views.cards import (
    answer,
    cases,
    coordinating,
    danger,
    home,
    learning,
    mydata,
    talk,
    welcome,
    worry,
    worry_sharing,
)
from bot.views.cards.danger import DutyHours
from bot.views.cards.worry_sharing import Offer
from bot.views.text import Text
from tests import (
    sample_community,
    sample_conferences,
    sample_growing,
    sample_handbook,
    sample_series,
    sample_waiting,
    sample_watching,
)

ID = "x" * 22
"""As long as the ids of the store."""

PLACE_NAME = "場" * 30
CARDS = (
    *sample_community.ROOMS,
    *sample_conferences.ROOMS,
    *sample_series.ROOMS,
    *sample_handbook.ROOMS,
    *sample_growing.ROOMS,
    *sample_waiting.ROOMS,
    *sample_watching.ROOMS,
    answer,
    cases,
    coordinating,
    danger,
    home,
    learning,
    mydata,
    talk,
    welcome,
    worry,
    worry_sharing,
)
_PLACE = Place(ID, PLACE_NAME, "ja", Address("console"))


def every_message(text: Text, entries: Sequence[Entry]) -> list[Message]:
    shown = [message for messages in _cards(text, entries).values() for message in messages]
    return [*shown, *_questions(text)]


def _cards(text: Text, entries: Sequence[Entry]) -> dict[Callable[..., object], Iterable[Message]]:
    """By the function that makes them; a card without a sample is an error."""
    coming, decided = sample_conferences.sample(), sample_conferences.sample(MOST_SLOTS)
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
        **sample_conferences.cards(text),
        **sample_series.cards(text),
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
        danger.held: [danger.held(text, posted, question=each) for each in (True, False)],
        danger.talked: [danger.talked(text, posted, 3, ID)],
        **sample_growing.samples(text, entries),
        **sample_waiting.samples(text, posted),
        **sample_watching.samples(text, answers[0]),
        **sample_handbook.samples(text, entries, worry.shared(text, posted)),
        cases.confirm: [cases.confirm(text, posted)],
        cases.notice: [cases.notice(text)],
        cases.wished: [cases.wished(text, each) for each in ([], [posted] * 5)],
        cases.case: [cases.case(text, posted)],
        cases.news: [cases.news(text, posted)],
        cases.how: [cases.how(text, posted, each) for each in (coming, decided)],
        **sample_community.samples(text, posted.pseudonym),
        mydata.kept: [
            mydata.kept(
                text,
                role="coordinator",
                since="2026-11-24",
                counts=Counts(9_999, 9_999, 9_999, 99),
                said=("r8", "centre"),
                coordinator=True,
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
        home.page: [home.page(text, sample_series.entries()), home.page(text, [])],
        worry.preview: [worry.preview(text, ID, posted.text, [PLACE_NAME] * 5, offer) for offer in _offers()],
        worry.withdrawn_post: [worry.withdrawn_post(text)],
        worry_sharing.with_offer: [],
        worry_sharing.wishes: [worry_sharing.wishes(text, ID)],
        worry_sharing.warn: [worry_sharing.warn(text, ID)],
        worry_sharing.waiting: [worry_sharing.waiting(text, posted, Times(_FAR, _FAR), _NOW)],
        worry_sharing.confirm_withdrawing: [worry_sharing.confirm_withdrawing(text, posted)],
        worry_sharing.revised: [worry_sharing.revised(text, posted)],
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
        worry.thread: [
            worry.thread(text, posted, 0, ""),
            worry.thread(text, posted, 9_999, ID),
            worry.thread(text, posted, 0, "", waits=worry_sharing.until(text, Times(_FAR, _FAR), _NOW)),
        ],
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
        forms.rewritten(text, "悩" * 1000, f"{ID}:{ID}"),
        forms.profile(text, "", ""),
        forms.question(text),
        forms.code(text),
        forms.answer(text, f"answer:{ID}"),
        forms.stopping(text, ID),
        forms.answer_with_name(text, f"answer:{ID}", "名" * 30),
        forms.aside(text, ID),
        forms.own_name(text, ID),
        forms.learning(text),
        forms.peer_note(text, f"item.1:{ID}"),
        forms.update(text, f"{ID}:{ID}", "悩" * 1000),
        *sample_conferences.asked(text),
        *(form for made in sample_series.forms(text).values() for form in made),
    ]
    for form in made:
        for step in range(len(form.fields)):
            yield questions.ask(text, ID, form, step)
        yield questions.door(text, ID, form)
    yield Message(buttons=(Button(text("forms.begin"), "form.resume", ID),))


def _worry(text: Text) -> PublicWorry:
    beside = Told("listen", "r8", "centre")
    return PublicWorry(ID, _longest(text, PLANTS), "悩" * 1000, (), version=99, beside=beside)


_NOW, _FAR = datetime(2026, 12, 29, 3, tzinfo=UTC), datetime(2026, 12, 31, 14, 30, tzinfo=UTC)


def _offers() -> list[Offer]:
    most = Offer(
        _NOW,
        Times(_FAR, _FAR),
        narrow=True,
        few=True,
        fewest=1000,
        wish="advice",
        has_label=True,
        label=("r8", "centre"),
    )
    return [most, replace(most, label=("", "")), replace(most, label=None), Offer(_NOW), Offer(_NOW, revising=True)]


def _answer(text: Text, voice: str) -> PublicAnswer:
    return PublicAnswer(ID, _worry(text), 99, voice, "答" * 1000)


def _talks(text: Text) -> list[PublicTalk]:
    between = PublicTalk(ID, _worry(text), _longest(text, BIRDS), "", "nothing")
    states = [replace(between, state=state) for state in get_args(State)]
    named = replace(between, called="名" * 30, state="agreed", own_name="名" * 30)
    return [*states, named, replace(named, voice=AUTHOR, called="", their_name="名" * 30)]


def _longest(text: Text, codes: Iterable[str]) -> str:
    return max((f"{code}.99" for code in codes), key=lambda code: len(text.pseudonym(code)))
