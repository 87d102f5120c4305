"""Samples of 気になる and of what coordinators see of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.messages import Message
from bot.store.acts import PublicAct
from bot.store.reports import REASONS
from bot.store.reviews import WHYS, Waiting
from bot.store.subjects import Subject
from bot.store.worries import PublicAnswer
from bot.views.cards import moderation, reporting
from bot.views.text import Text

ROOMS = (moderation, reporting)

_MOMENT = datetime(2026, 12, 31, 14, 30, tzinfo=UTC)
_ACT = PublicAct(_MOMENT, "FFFF", "paused_reporters", "x" * 8, "30")


def samples(text: Text, answer: PublicAnswer) -> dict[Callable[..., object], Iterable[Message]]:
    about, worry = _subjects(answer), answer.worry
    waiting = Waiting(worry.id, worry.pseudonym, 99, "hidden", WHYS, _MOMENT, open=False)
    return {
        moderation.notice: [moderation.notice(text)],
        moderation.queue: [moderation.queue(text, [waiting] * 9, 0), moderation.queue(text, [], 0)],
        moderation.look: [moderation.look(text, each, dict.fromkeys(REASONS, 999)) for each in about],
        moderation.how_long: [moderation.how_long(text, about[0], each, _MOMENT) for each in moderation.WHOM],
        moderation.paused: [moderation.paused(text, _MOMENT)],
        moderation.decided: [moderation.decided(text, "stopped")],
        moderation.acts: [moderation.acts(text, [_ACT] * 50), moderation.acts(text, [])],
        reporting.why: [reporting.why(text, worry.id, coordinator=each) for each in (True, False)],
        reporting.out_of_sight: [reporting.out_of_sight(text)],
        reporting.notice: [reporting.notice(text, worry.id)],
        reporting.told: [reporting.told(text, each, "harsh", "言" * 300) for each in about],
    }


def _subjects(answer: PublicAnswer) -> list[Subject]:
    hidden = replace(answer.worry, state="hidden")
    left = Subject(replace(hidden, state="held"), None, "held", "danger")
    return [Subject(hidden, None, "hidden", "reports"), left, Subject(hidden, answer, "hidden")]
