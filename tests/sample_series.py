"""Every card about series and the overview of conferences, as full as it can become."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from bot.chat.messages import Form, Message
from bot.language import repeating
from bot.store.conference_overview import GROUPS, Entry
from bot.store.conference_roles import ROLES
from bot.store.series import Date, Off, PublicSeries
from bot.views import conference_forms
from bot.views.cards import conference_overview, conference_series
from bot.views.text import Text
from tests import sample_conferences as conferences

ROOMS = (conference_overview, conference_series)
DATED = f"{conferences.ID}.20261231"


def entries() -> list[Entry]:
    asked, fixed = conferences.sample(), conferences.sample(1)
    return [Entry(each, group, ROLES if group == "roles" else ()) for group in GROUPS for each in (asked, fixed) * 2]


def series(rule: str) -> PublicSeries:
    return PublicSeries(conferences.ID, "題" * 80, 90, "case", rule, conferences.NOW, True, frozenset())


def dates() -> list[Date]:
    offs: tuple[Off, ...] = ("", "holiday", "exception", "answered", "", "")
    return [Date(conferences.NOW + timedelta(days=31 * number), off) for number, off in enumerate(offs)]


def cards(text: Text) -> dict[Callable[..., object], Iterable[Message]]:
    rules = {**repeating.offered(conferences.NOW, text.timezone), "fifth": "FREQ=MONTHLY;BYDAY=5TU,-1TU"}
    every, fixed, first = [series(rule) for rule in rules.values()], conferences.sample(1), dates()[0]
    say, made = conference_series, conference_overview
    return {
        say.which_rule: [say.which_rule(text, conferences.ID, rules, conferences.NOW)],
        say.home: [say.home(text, each, dates(), near) for each in every for near in (None, first)],
        say.ask: [say.ask(text, every[0], first, dates()[1:2], again=again) for again in (True, False)],
        say.rested_unanswered: [say.rested_unanswered(text, every[0], first, still=still) for still in (True, False)],
        say.invited: [say.invited(text, fixed)],
        say.none_this_time: [say.none_this_time(text, every[0], first, each) for each in (first, None)],
        say.which_rests: [say.which_rests(text, every[0], dates())],
        say.stop: [say.stop(text, every[0])],
        say.stopped: [say.stopped(text, every[0])],
        say.every: [say.every(text, every), say.every(text, [])],
        made.overview: [
            made.overview(text, entries(), coordinator=True, series=True),
            made.overview(text, entries(), coordinator=True, first=8),
            made.overview(text, [], coordinator=False),
        ],
        made.quarter: [made.quarter(text, 0, ""), made.quarter(text, 9, "月" * 90)],
    }


def forms(text: Text) -> dict[Callable[..., Form], Iterable[Form]]:
    return {conference_forms.series_date: [conference_forms.series_date(text, DATED)]}
