"""A series: how it stands, what its coordinator is asked about the next date, and what those who come are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.series import Date, PublicSeries
from bot.views.cards import conference
from bot.views.text import Text


def say(text: Text, rule: str, starts_at: datetime) -> str:
    """毎月第3木曜 14:00: a rule as people say it."""
    part = dict(each.split("=") for each in rule.split(";"))
    every = "month" if part["FREQ"] == "MONTHLY" else "other_week" if "INTERVAL" in part else "week"
    days = part.get("BYDAY", "").split(",") if "BYDAY" in part else []
    named = [_weekday(text, day) for day in days] or [text("conference_series.day", day=part.get("BYMONTHDAY", ""))]
    clock = f"{starts_at.astimezone(text.timezone):%H:%M}"
    return text(f"conference_series.every.{every}", days=text("conference_series.and").join(named), clock=clock)


def _weekday(text: Text, day: str) -> str:
    nth, name = day[:-2], text(f"conference_series.weekday.{day[-2:]}")
    if not nth:
        return name
    return text(f"conference_series.nth.{'last' if nth == '-1' else nth}", weekday=name)


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """On the card of one conference."""
    found = seen.conference
    if not seen.fixed:
        return
    if seen.coordinator and found.series:
        yield Button(text("conference_series.open"), "series.show", found.series)
    elif seen.coordinator:
        yield Button(text("conference_series.make"), "series.choose", found.id)


def which_rule(text: Text, conference_id: str, rules: Mapping[str, str], starts_at: datetime) -> Message:
    return Message(
        title=text("conference_series.which_rule"),
        buttons=tuple(
            Button(say(text, rule, starts_at), "series.begin", f"{conference_id}.{name}")
            for name, rule in rules.items()
        ),
    )


def home(text: Text, series: PublicSeries, ahead: Sequence[Date], near: Date | None) -> Message:
    """near: the date that is asked about now."""
    return Message(
        title=say(text, series.rule, series.starts_at),
        body="\n".join(_date(text, each) for each in ahead) if series.running else text("conference_series.ended"),
        quote=series.theme,
        note="\n".join(_notes(text, series, near)) if series.running else "",
        buttons=(*(_answers(text, series, near) if near else ()), *_ways(text, series)) if series.running else (),
    )


def _date(text: Text, date: Date) -> str:
    return text(f"conference_series.date.{date.off or 'open'}", when=text.when(date.starts_at))


def _notes(text: Text, series: PublicSeries, near: Date | None) -> Iterable[str]:
    yield text("conference_series.asked_now" if near else "conference_series.asked_later")
    _, _, day = series.rule.partition("BYMONTHDAY=")
    if day.isdecimal() and int(day) > 28:
        yield text("conference_series.short_months", day=day)
    if "BYDAY=5" in series.rule:
        yield text("conference_series.no_fifth")


def _answers(text: Text, series: PublicSeries, date: Date) -> tuple[Button, ...]:
    argument = f"{series.id}.{date.day:%Y%m%d}"
    return (
        Button(text("conference_series.hold", day=text.date(date.day)), "series.hold", argument),
        Button(text("conference_series.other"), "series.other", argument),
        Button(text("conference_series.rest"), "series.rest", argument),
    )


def _ways(text: Text, series: PublicSeries) -> Iterable[Button]:
    if "INTERVAL=2" in series.rule:
        yield Button(text("conference_series.shift"), "series.shift", series.id)
    yield Button(text("conference_series.rests"), "series.rests", series.id)
    yield Button(text("conference_series.stop"), "series.stop", series.id)


def ask(text: Text, series: PublicSeries, date: Date, skipped: Sequence[Date], *, again: bool) -> Message:
    """skipped: holidays that lie before it."""
    notes = [text("conference_series.ask_again" if again else "conference_series.ask_note")]
    notes += [_date(text, each) for each in skipped]
    return Message(
        title=text("conference_series.ask", when=text.when(date.starts_at)),
        body=say(text, series.rule, series.starts_at),
        quote=series.theme,
        note="\n".join(notes),
        buttons=(*_answers(text, series, date), Button(text("conference_series.open"), "series.show", series.id)),
    )


def rested_unanswered(text: Text, series: PublicSeries, date: Date, *, still: bool) -> Message:
    """still: whether it can be held all the same."""
    hold = _answers(text, series, date)[:1] if still else ()
    return Message(
        body=text("conference_series.unanswered", when=text.when(date.starts_at)),
        quote=series.theme,
        note=text("conference_series.unanswered_note") if still else "",
        buttons=(*hold, Button(text("conference_series.open"), "series.show", series.id)),
    )


def invited(text: Text, fixed: PublicConference) -> Message:
    """For whoever came lately: they may come, and say so in one press."""
    return replace(
        conference.fixed(text, fixed),
        note=text("conference_series.invited_note"),
        buttons=(
            Button(text("conference_series.come"), "conference.coming", fixed.id),
            Button(text("conference_series.absent"), "conference.absent", fixed.id),
        ),
    )


def none_this_time(text: Text, series: PublicSeries, date: Date, following: Date | None) -> Message:
    after = text("conference_series.following", when=text.when(following.starts_at)) if following else ""
    return Message(
        body=text("conference_series.none_this_time", when=text.when(date.starts_at)), quote=series.theme, note=after
    )


def which_rests(text: Text, series: PublicSeries, ahead: Sequence[Date]) -> Message:
    return Message(
        title=text("conference_series.which_rests"),
        buttons=tuple(
            Button(text.date(date.day), "series.rest", f"{series.id}.{date.day:%Y%m%d}") for date in ahead if date.open
        ),
        note=text("conference_series.which_rests_note"),
    )


def stop(text: Text, series: PublicSeries) -> Message:
    return Message(
        title=text("conference_series.stop_ask", rule=say(text, series.rule, series.starts_at)),
        body=text("conference_series.stop_note"),
        quote=series.theme,
        buttons=(
            Button(text("conference_series.stop_yes"), "series.stopped", series.id),
            Button(text("conference_series.stop_no"), "series.show", series.id),
        ),
    )


def stopped(text: Text, series: PublicSeries) -> Message:
    """For those who came lately."""
    rule = say(text, series.rule, series.starts_at)
    return Message(body=text("conference_series.stopped", rule=rule), quote=series.theme)


def every(text: Text, running: Sequence[PublicSeries]) -> Message:
    return Message(
        title=text("conference_series.list_title"),
        body="" if running else text("conference_series.none"),
        quote="\n".join(
            f"{number}. {say(text, each.rule, each.starts_at)}　{each.theme}"
            for number, each in enumerate(running, start=1)
        ),
        buttons=tuple(
            Button(text("conference.show", number=number), "series.show", each.id)
            for number, each in enumerate(running, start=1)
        ),
    )
