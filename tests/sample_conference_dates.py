"""Every card and form about deciding, changing and calling off a date, as full as it can become."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from bot.chat.messages import Form, Message
from bot.store.conference_roles import ROLES
from bot.store.conferences import PublicConference
from bot.store.polls import Candidate
from bot.store.proposals import Said, judged
from bot.views import conference_date_forms
from bot.views.cards import conference_changes, conference_dates
from bot.views.text import Text

ROOMS = (conference_changes, conference_dates)
DRAFT = "d" * 16


def cards(
    text: Text, asking: PublicConference, decided: PublicConference
) -> dict[Callable[..., object], Iterable[Message]]:
    first = asking.slots[0]
    now = first.starts_at - timedelta(days=1)
    all_no: Said = {role: {slot.number: "no" for slot in asking.slots} for role in ROLES}
    names = {slot.number: ["名" * 12] * 5 for slot in asking.slots}
    tied = judged(asking, all_no, now, names)
    best = replace(asking, slots=(replace(first, yes=999), *asking.slots[1:]))
    one, nobody = judged(best, all_no, now, names), judged(_unanswered(asking), {}, now)
    nothing = judged(replace(asking, required=ROLES), all_no, now)
    few, past = judged(replace(asking, minimum=999), {}, now), judged(asking, {}, asking.slots[-1].starts_at)
    times = [Candidate(slot.starts_at, 240) for slot in asking.slots]
    many = (text, decided, times, 999, DRAFT)
    longer = replace(decided, decided=1, slots=(replace(first, minutes=480), *decided.slots[1:]))
    return {
        conference_dates.proposal: [
            conference_dates.proposal(text, each) for each in (tied, one, nobody, nothing, few, past)
        ],
        conference_dates.chosen: [conference_dates.chosen(text, tied, tied.ranked[-1])],
        conference_dates.every: [conference_dates.every(text, tied)],
        conference_dates.fixed_without: [conference_dates.fixed_without(text, decided)],
        conference_changes.confirm_move: [conference_changes.confirm_move(text, decided, times[0], 999, DRAFT)],
        conference_changes.confirm_asking: [
            conference_changes.confirm_asking(*many),
            conference_changes.confirm_asking(text, asking, times, 999, DRAFT),
        ],
        conference_changes.moved: [conference_changes.moved(text, decided, longer)],
        conference_changes.asked_again: [
            conference_changes.asked_again(text, decided, asking),
            conference_changes.asked_again(text, asking, asking),
        ],
        conference_changes.suits: [
            conference_changes.suits(text, decided, state) for state in ("coming", "waiting", "absent")
        ],
        conference_changes.confirm_cancel: [
            conference_changes.confirm_cancel(text, each, "99.20", 999, case=True) for each in (asking, decided)
        ],
    }


def forms(text: Text, asking: PublicConference, decided: PublicConference) -> dict[Callable[..., Form], Iterable[Form]]:
    return {conference_date_forms.move: [conference_date_forms.move(text, each) for each in (asking, decided)]}


def _unanswered(asking: PublicConference) -> PublicConference:
    return replace(asking, slots=tuple(replace(slot, yes=0, maybe=0, no=9) for slot in asking.slots), answered=9)
