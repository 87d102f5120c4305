"""Every form of the bot with the longest values that are allowed, and with what was typed before."""

import inspect
from collections.abc import Callable, Iterable

from bot.chat.events import Address
from bot.chat.messages import Form
from bot.store.places import Place
from bot.views import case_forms, conference_date_forms, conference_forms, conference_meeting_forms, forms
from bot.views.text import Text
from tests import sample_conferences, sample_series

ID = "x" * 22
"""As long as the ids of the store."""

_NOTE = {"helped": "助" * forms.HELPED_LIMIT, "tried": "言" * forms.TRIED_LIMIT, "name": "名" * forms.NAME_LIMIT}


def every_form(text: Text) -> list[Form]:
    places = [Place(f"{number:022}", f"{number:02}{'場' * 28}", "ja", Address("console")) for number in range(12)]
    typed = {"text": "悩" * forms.WORRY_LIMIT, "audience": places[3].id}
    samples: dict[Callable[..., Form], Iterable[Form]] = {
        forms.worry: [
            forms.worry(text, places[:1]),
            forms.worry(text, places[:2], typed),
            forms.worry(text, places, typed, ID),
            *(forms.worry(text, places, typed, seen=each) for each in ("chat", "group")),
        ],
        forms.rewritten: [forms.rewritten(text, "悩" * forms.WORRY_LIMIT, f"{ID}:{ID}")],
        forms.profile: [forms.profile(text, "", ""), forms.profile(text, "r8", "centre")],
        forms.question: [forms.question(text), forms.question(text, "問" * 2000)],
        forms.code: [forms.code(text)],
        forms.answer: [forms.answer(text, f"answer:{ID}")],
        forms.stopping: [forms.stopping(text, ID)],
        forms.answer_with_name: [forms.answer_with_name(text, f"answer:{ID}", "名" * forms.NAME_LIMIT)],
        forms.aside: [forms.aside(text, ID)],
        forms.own_name: [forms.own_name(text, ID)],
        forms.learning: [forms.learning(text)],
        forms.peer_note: [forms.peer_note(text, "item.1"), forms.peer_note(text, f"item.1:{ID}", _NOTE)],
        forms.update: [forms.update(text, ID), forms.update(text, f"{ID}:{ID}", typed["text"])],
        **sample_conferences.forms(text),
        **sample_series.forms(text),
    }
    made = {
        each
        for room in (forms, conference_forms, conference_date_forms, conference_meeting_forms, case_forms)
        for _, each in inspect.getmembers(room, inspect.isfunction)
        if _is_form(each)
    }
    assert made == set(samples), f"without a sample: {made - set(samples)}"
    return [form for several in samples.values() for form in several]


def _is_form(made: Callable[..., object]) -> bool:
    return inspect.signature(made).return_annotation is Form
