"""A poll is made: which kind, which times, how it is set; and what its coordinator and those asked are told of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.chat.messages import Button, Message
from bot.store.conference_roles import ROLES
from bot.store.conferences import PublicConference
from bot.views.cards import conference as cards
from bot.views.cards import poll_state
from bot.views.cards.conference_roles import name
from bot.views.text import Text

FEWEST = (0, 3, 5, 8)
"""How many can be asked for at least; 0: no matter."""

DAYS = (1, 3, 7)
"""From now to the end, as it is offered."""

PARTS = ("fewest", "roles", "until")
"""The settings that have a card of their own."""


def which_kind(text: Text) -> Message:
    """Asked before anything is written."""
    return Message(
        title=text("conference.which_kind"),
        body=text("conference.kinds"),
        buttons=(
            Button(text("conference.case"), "conference.new"),
            Button(text("conference.support"), "conference.new_support"),
            Button(text("conference_polls.typical"), "conference.typical"),
            Button(text("conference_polls.case_code"), "conference.new", "code"),
        ),
    )


def ask_coordinator(text: Text) -> Message:
    """For who would like one and is no coordinator."""
    return Message(
        body=text("conference_polls.ask_coordinator", wish=text("cases.ask")),
        buttons=(
            Button(text("conference_polls.my_worries"), "worry.mine"),
            Button(text("conference_polls.see"), "conference.list"),
        ),
    )


def typical(text: Text, proposed: Mapping[str, Sequence[date]]) -> Message:
    """proposed: the days of each pattern, by its name."""
    lines = [
        text("conference_polls.typical_line", name=text(f"conference_polls.pattern.{name}"), days=_days(text, days))
        for name, days in proposed.items()
    ]
    return Message(
        title=text("conference_polls.typical_title"),
        body="\n".join([text("conference_polls.typical_body"), *lines]),
        buttons=tuple(
            Button(text(f"conference_polls.pattern.{name}"), "conference.pattern", name) for name in proposed
        ),
    )


def _days(text: Text, days: Sequence[date]) -> str:
    shown = [text("conference_polls.day", month=day.month, day=day.day) for day in days]
    return text("conference_polls.separator").join(shown)


def proposed(text: Text, conference: PublicConference, code: str = "") -> Message:
    """For who proposed it. code: shown this once, where only those it is passed on to are asked."""
    card = poll_state.told(text, cards.for_coordinator(text, conference), conference)
    why = text("conference_polls.only_dates") if conference.kind == "support" else ""
    shown = text("conference_polls.code", code=code) if code else ""
    options = Button(text("conference_polls.options"), "conference.options", conference.id)
    notes = "\n\n".join(words for words in (shown, card.note, why) if words)
    return replace(card, note=notes, buttons=(*card.buttons, options))


def options(text: Text, conference: PublicConference, code: str = "") -> Message:
    """How it is set, and what can be changed."""
    return Message(
        title=text("conference_polls.options_title"),
        body="\n".join(_set(text, conference)),
        note=text("conference_polls.code", code=code) if code else "",
        buttons=tuple(_changes(text, conference)),
    )


def _set(text: Text, conference: PublicConference) -> Iterator[str]:
    hidden = text("conference_polls.hidden") if conference.hidden else text("conference_polls.shown")
    yield text("conference_polls.names", shown=hidden)
    yield text("conference_polls.fewest", number=_people(text, conference.minimum))
    if conference.kind != "support":
        required = [name(text, role) for role in ROLES if role in conference.required]
        roles = text("conference_polls.separator").join(required) or text("conference_polls.nobody")
        yield text("conference_polls.roles", roles=roles)
    online = text("conference_polls.yes") if conference.online else text("conference_polls.no")
    yield text("conference_polls.online", shown=online)
    yield poll_state.line(text, conference)


def _people(text: Text, number: int) -> str:
    return text("conference_polls.people", number=number) if number else text("conference_polls.none")


def _changes(text: Text, conference: PublicConference) -> Iterator[Button]:
    names = text("conference_polls.show_names") if conference.hidden else text("conference_polls.hide_names")
    online = text("conference_polls.to_offline") if conference.online else text("conference_polls.to_online")
    if conference.open:
        yield Button(text("conference_polls.set_until"), "conference.options", f"{conference.id}.until")
        yield _change(text("conference_polls.close_now"), conference, "close")
    else:
        yield Button(text("conference_polls.open_again"), "conference.options", f"{conference.id}.until")
    yield Button(text("conference_polls.set_fewest"), "conference.options", f"{conference.id}.fewest")
    if conference.kind != "support":
        yield Button(text("conference_polls.set_roles"), "conference.options", f"{conference.id}.roles")
    yield _change(online, conference, "online", "no" if conference.online else "yes")
    yield _change(names, conference, "names", "show" if conference.hidden else "hide")
    if conference.audience == "code":
        yield Button(text("conference_polls.new_code"), "conference.new_code", conference.id)
    yield Button(text("conference.back"), "conference.show", conference.id)


def _change(label: str, conference: PublicConference, what: str, value: str = "") -> Button:
    return Button(label, "conference.option", f"{conference.id}.{what}.{value}")


def choices(text: Text, conference: PublicConference, part: str) -> Message:
    """One setting, with everything it can be. part: one of PARTS."""
    ways = {"fewest": _numbers, "roles": _roles, "until": _ends}
    asks = {
        "fewest": text("conference_polls.choose_fewest"),
        "roles": text("conference_polls.choose_roles"),
        "until": text("conference_polls.choose_until"),
    }
    back = Button(text("conference.back"), "conference.options", conference.id)
    return Message(
        title=text("conference_polls.options_title"),
        body=asks[part],
        note="\n".join(_set(text, conference)),
        buttons=(*ways[part](text, conference), back),
    )


def _numbers(text: Text, conference: PublicConference) -> Iterator[Button]:
    for number in FEWEST:
        yield _change(_people(text, number), conference, "fewest", str(number))


def _roles(text: Text, conference: PublicConference) -> Iterator[Button]:
    for role in ROLES:
        mark = "✓ " if role in conference.required else ""
        yield _change(f"{mark}{name(text, role)}", conference, "roles", role)


def _ends(text: Text, conference: PublicConference) -> Iterator[Button]:
    for days in DAYS:
        yield _change(text(f"conference_polls.in_{days}"), conference, "until", str(days))


def reminder(text: Text, conference: PublicConference) -> Message:
    """For who was asked and has not answered."""
    support = conference.kind == "support"
    return Message(
        title=text("conference_polls.asked_back_support") if support else text("conference_polls.asked_back"),
        body=poll_state.line(text, conference),
        quote=conference.theme,
        note=text("conference_polls.asked_back_note", decline=text("conference_polls.decline")),
        buttons=(
            Button(text("conference.answer"), "conference.pad", conference.id),
            Button(text("conference_polls.decline"), "conference.decline", conference.id),
        ),
    )


def declined(text: Text, conference: PublicConference) -> Message:
    """They can still change their mind."""
    answer = Button(text("conference.answer"), "conference.pad", conference.id)
    return Message(body=text("conference_polls.declined"), buttons=(answer,) if conference.open else ())


def closed(text: Text, conference: PublicConference) -> Message:
    """For who looks after it: the date can be decided."""
    return Message(
        title=text("conference_polls.closed_title"),
        body=text("conference_polls.closed_body", answered=conference.answered),
        quote=conference.theme,
        buttons=(
            Button(text("conference.decide"), "conference.decide", conference.id),
            Button(text("conference_polls.open_again"), "conference.options", f"{conference.id}.until"),
        ),
    )
