"""A conference whose date changes, or that is called off: shown once before anyone is told, and then told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference, PublicSlot
from bot.store.polls import Candidate
from bot.views.cards import conference
from bot.views.text import Text


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """What a coordinator can change, until it begins."""
    found = seen.conference
    if not seen.coordinator or seen.begun or not (seen.fixed or found.asking):
        return
    if seen.fixed:
        yield Button(text("conference_changes.move"), "conference.move", found.id)
    yield Button(text("conference_changes.cancel"), "conference.cancel", found.id)


def confirm_move(text: Text, found: PublicConference, to: Candidate, people: int, draft: str) -> Message:
    return Message(
        title=text("conference_changes.move_title"),
        body=_beside(text, found.chosen, to.starts_at, to.minutes),
        quote=found.theme,
        note=text("conference_changes.move_note", people=people),
        buttons=(Button(text("conference_changes.move_yes"), "conference.moved", draft), _no(text, found)),
    )


def confirm_asking(text: Text, found: PublicConference, times: Sequence[Candidate], people: int, draft: str) -> Message:
    return Message(
        title=text("conference_changes.ask_title"),
        body="\n".join([_was(text, found), *(text.when(each.starts_at) for each in times)]),
        quote=found.theme,
        note=text("conference_changes.ask_note", people=people),
        buttons=(Button(text("conference_changes.ask_yes"), "conference.moved", draft), _no(text, found)),
    )


def moved(text: Text, before: PublicConference, now: PublicConference) -> Message:
    """To everyone it concerns: both times side by side, and whether the new one suits them."""
    return Message(
        title=text("conference_changes.moved_title"),
        body=_beside(text, before.chosen, _chosen(now).starts_at, _chosen(now).minutes),
        quote=now.theme,
        note=text("conference_changes.moved_note"),
        buttons=(_suits(text, now), _does_not_suit(text, now), _show(text, now)),
    )


def asked_again(text: Text, before: PublicConference, now: PublicConference) -> Message:
    return Message(
        title=text("conference_changes.again_title"),
        body=_was(text, before),
        quote=now.theme,
        note=text("conference_changes.again_note"),
        buttons=(Button(text("conference.answer"), "conference.pad", now.id),),
    )


def suits(text: Text, found: PublicConference, state: str) -> Message:
    """What was noted; it can be changed."""
    other = _suits(text, found) if state == "absent" else _does_not_suit(text, found)
    take_along = [Button(text("conference_calendar.add"), "conference.calendar", found.id)] if state == "coming" else []
    return Message(
        title=text.when(_chosen(found).starts_at),
        body=text(f"conference_changes.noted.{state}"),
        buttons=(*take_along, other, _show(text, found)),
    )


def confirm_cancel(text: Text, found: PublicConference, stood: str, people: int, *, case: bool) -> Message:
    """case: it is about somebody's worry."""
    note = [text("conference_changes.cancel_note", people=people)]
    if case:
        note.append(text("conference_changes.cancel_case"))
    return Message(
        title=text("conference_changes.cancel_title"),
        body=text.when(found.chosen.starts_at) if found.chosen else text("conference_changes.no_date_yet"),
        quote=found.theme,
        note="\n".join(note),
        buttons=(
            Button(text("conference_changes.cancel_yes"), "conference.cancelled", f"{found.id}.{stood}"),
            _no(text, found),
        ),
    )


def called_off(text: Text, found: PublicConference) -> Message:
    """To those who would have come: their calendars know of it, and the list shows it no more."""
    take_out = Button(text("conference_calendar.take_out"), "conference.calendar", found.id)
    return replace(conference.cancelled(text, found), buttons=(take_out,) if found.chosen else ())


def _no(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_changes.no"), "conference.show", found.id)


def _show(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_seats.show"), "conference.show", found.id)


def _beside(text: Text, old: PublicSlot | None, starts_at: datetime, minutes: int) -> str:
    """The lengths only where that changes, too."""
    if old is None:
        raise ValueError("there is no date to stand beside the new one")
    line = text("conference_changes.beside", old=text.when(old.starts_at), new=text.when(starts_at))
    if old.minutes == minutes:
        return line
    return f"{line}\n{text('conference_changes.lengths', old=old.minutes, new=minutes)}"


def _was(text: Text, found: PublicConference) -> str:
    if found.chosen is None:
        return text("conference_changes.were_asked")
    return text("conference_changes.was", when=text.when(found.chosen.starts_at))


def _suits(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_changes.suits"), "conference.suits", found.occasion)


def _does_not_suit(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_changes.does_not_suit"), "conference.unsuited", found.occasion)


def _chosen(found: PublicConference) -> PublicSlot:
    if found.chosen is None:
        raise ValueError("this conference has no date")
    return found.chosen
