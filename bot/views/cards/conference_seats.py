"""Coming, waiting and being there; the place stands only in what goes to those who come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.seats import SIZES
from bot.views.cards import conference, conference_meeting
from bot.views.cards.conference_roles import names
from bot.views.text import Text

_LINK = re.compile(r"https?://[\x21-\x7e]+")

SETS_PLACE = {"chair", "host"}
"""The roles that may say where it is, besides coordinators."""


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """On the card of the conference: this member's own seat."""
    if not seen.fixed or seen.over or not seen.seat.invited:
        return
    if seen.begun:
        if not seen.seat.attended:
            yield _here(text, seen.conference) if seen.comes else _drop_in(text, seen.conference)
        return
    if seen.state not in ("coming", "waiting"):
        yield _come(text, seen.conference) if seen.state == "maybe" else _join(text, seen.conference)
    if seen.state in ("coming", "waiting", "maybe"):
        yield _not_coming(text, seen.conference)


def keeping(text: Text, seen: Standing) -> Iterator[Button]:
    """On the same card, for who looks after it."""
    if (seen.fixed or seen.conference.asking) and not seen.over:
        if seen.coordinator or SETS_PLACE & set(seen.roles):
            yield Button(text("conference_seats.set_place"), "conference.place", seen.conference.id)
        if seen.coordinator:
            yield Button(text("conference_seats.set_size"), "conference.seats", seen.conference.id)


def shown(text: Text, card: Message, seen: Standing) -> Message:
    """The conference's card with how this member stands to it, and where it is."""
    if not seen.fixed or seen.over:
        return card
    lines = [text("conference_seats.size", size=seen.conference.capacity)] if seen.conference.capacity else []
    if seen.seat.turn:
        lines.append(text("conference_seats.turn", turn=seen.seat.turn))
    elif seen.state == "coming":
        lines.append(text("conference_seats.seated"))
    if seen.seat.attended:
        lines.append(text(f"conference_seats.attended.{seen.seat.attended}"))
    return _placed(text, replace(card, note="\n".join([*lines, card.note])), seen.seat.place)


def _placed(text: Text, card: Message, place: str) -> Message:
    """A link, plain signs only, stands among our words, where it can be followed; other words are a quote."""
    links = _LINK.findall(place)
    words = " ".join(_LINK.sub(" ", place).split())
    body = [card.body, *(text("conference_seats.link", link=link) for link in links)]
    quote = [card.quote, text("conference_seats.place", place=words) if words else ""]
    return replace(card, body="\n".join(filter(None, body)), quote="\n".join(filter(None, quote)))


def reminder(
    text: Text,
    found: PublicConference,
    place: str,
    roles: Sequence[str],
    late: datetime | None = None,
    *,
    comes: bool = True,
) -> Message:
    """With the roles of whom it goes to, and the place. comes: or may; otherwise they only look after it."""
    card = conference.reminder(text, found, late, comes=comes)
    if roles:
        card = replace(card, body="\n".join([card.body, text("conference_seats.your_roles", roles=names(text, roles))]))
    return replace(
        _placed(text, card, place), buttons=(*([_not_coming(text, found)] if comes else []), _show(text, found))
    )


def answered(text: Text, found: PublicConference, turn: int) -> Message:
    """turn: in the line; 0 for who has a seat."""
    said = text("conference_seats.full_now", turn=turn) if turn else text("conference_seats.got_seat")
    return Message(
        body="\n".join([said, conference.stands(text, found)]), buttons=(_not_coming(text, found), _show(text, found))
    )


def away(text: Text, found: PublicConference, roles: Sequence[str]) -> Message:
    """roles: that are free now."""
    free = [text("conference_seats.roles_free", roles=names(text, roles))] if roles else []
    return Message(body="\n".join([text("conference_seats.away"), *free]), buttons=(_join(text, found),))


def moved_up(text: Text, found: PublicConference) -> Message:
    return _letter(text, found, text("conference_seats.moved_up"), _not_coming(text, found), _show(text, found))


def waits(text: Text, found: PublicConference, turn: int) -> Message:
    said = text("conference_seats.waits", turn=turn)
    return _letter(text, found, said, _not_coming(text, found), _show(text, found))


def begins(text: Text, found: PublicConference, place: str, *, leads: bool = False) -> Message:
    """leads: may say that it begins, and is offered so in the same letter."""
    card = Message(
        title=text("conference_seats.begins"),
        body=conference.stands(text, found),
        quote=found.theme,
        note=text("conference_meeting.may_begin_note") if leads else "",
        buttons=(_here(text, found), *(conference_meeting.beginning(text, found) if leads else ()), _show(text, found)),
    )
    return _placed(text, card, place)


def here(text: Text, conference_id: str, attended: str) -> Message:
    show = Button(text("conference_seats.show"), "conference.show", conference_id)
    return Message(body=text(f"conference_seats.said.{attended}"), buttons=(show,))


def sizes(text: Text, found: PublicConference) -> Message:
    """How many can come; it can be changed before and after the date is fixed."""
    buttons = [
        Button(text("conference_seats.people", size=size), "conference.size", f"{found.id}.{size}") for size in SIZES
    ]
    none = Button(text("conference_seats.no_end"), "conference.size", f"{found.id}.0")
    return Message(
        title=text("conference_seats.set_size"),
        body=text("conference_seats.sizes"),
        note=text("conference_seats.size", size=found.capacity) if found.capacity else "",
        buttons=(*buttons, none, Button(text("conference.back"), "conference.show", found.id)),
    )


def sized(text: Text, found: PublicConference, moved: int) -> Message:
    """moved: how many got a seat by it."""
    said = [
        text("conference_seats.size", size=found.capacity) if found.capacity else text("conference_seats.no_end_now")
    ]
    if moved:
        said.append(text("conference_seats.moved", people=moved))
    return Message(body="\n".join(said), buttons=(_show(text, found),))


def place_told(text: Text, found: PublicConference, place: str) -> Message:
    """To those who come; place: nothing where it was taken out."""
    key = "conference_seats.place_changed" if place else "conference_seats.place_open"
    card = Message(
        title=text(key), body=conference.stands(text, found), quote=found.theme, buttons=(_show(text, found),)
    )
    return _placed(text, card, place)


def place_set(text: Text, found: PublicConference, *, told: bool) -> Message:
    key = "conference_seats.place_kept_and_told" if told else "conference_seats.place_kept"
    return Message(body=text(key), buttons=(_show(text, found),))


def _letter(text: Text, found: PublicConference, said: str, *buttons: Button) -> Message:
    return Message(body="\n".join([said, conference.stands(text, found)]), quote=found.theme, buttons=buttons)


def _come(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.come"), "conference.coming", found.id)


def _join(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.join"), "conference.coming", found.id)


def _not_coming(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.not_coming"), "conference.absent", found.id)


def _here(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.here"), "conference.here", found.id)


def _drop_in(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.drop_in"), "conference.here", found.id)


def _show(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.show"), "conference.show", found.id)
