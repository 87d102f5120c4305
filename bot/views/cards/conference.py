"""Case conferences: list, poll, decision, reminder."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.chat.messages import Button, Message
from bot.store.ballots import Voter
from bot.store.conferences import PublicConference, PublicSlot
from bot.views.cards import conference_votes, poll_state
from bot.views.text import Text


def overview(text: Text, conferences: Sequence[PublicConference]) -> Message:
    """What is handed over to somebody."""
    buttons = [
        Button(text("conference.show", number=number), "conference.show", conference.id)
        for number, conference in enumerate(conferences, start=1)
    ]
    buttons.append(Button(text("conference_calendar.subscribe"), "calendar.show"))
    return Message(
        title=text("conference.list_title"),
        body="" if conferences else text("conference.none"),
        quote="\n".join(_line(text, number, conference) for number, conference in enumerate(conferences, start=1)),
        buttons=tuple(buttons),
    )


def poll(text: Text, conference: PublicConference, voters: Sequence[Voter] = ()) -> Message:
    """The same card in every place; counts, and who only where names are shown and by the names they gave."""
    shown = conference.slots if len(conference.slots) <= conference_votes.IN_PLACE else ()
    named = conference_votes.names(text, shown, voters)
    return Message(
        title=_poll_title(text, conference),
        body=conference_votes.table(text, conference),
        quote="\n".join(filter(None, [conference.theme, named])),
        note="\n".join(_poll_note(text, conference)),
        buttons=tuple(conference_votes.buttons(text, conference)) if conference.open else (),
    )


def _poll_title(text: Text, conference: PublicConference) -> str:
    if conference.kind == "support":
        return text("conference.poll_title_support", minutes=conference.minutes)
    return text("conference.poll_title", minutes=conference.minutes)


def _poll_note(text: Text, conference: PublicConference) -> Iterator[str]:
    key = "conference_votes.open_note" if conference.open else "conference_votes.count_note"
    yield text(key, answered=conference.answered)
    yield text("conference_votes.hidden_note" if conference.hidden else "conference_votes.names_note")


def for_coordinator(text: Text, conference: PublicConference) -> Message:
    answer = Button(text("conference.answer"), "conference.pad", conference.id)
    decide = Button(text("conference.decide"), "conference.decide", conference.id)
    return replace(poll(text, conference), buttons=(answer, decide) if conference.open else (decide,))


def posted(text: Text, conference: PublicConference, voters: Sequence[Voter] = ()) -> Message:
    """What stands in the places, whatever has become of it."""
    if conference.state == "cancelled":
        return cancelled(text, conference)
    if not conference.asking:
        return fixed(text, conference)
    return poll_state.told(text, poll(text, conference, voters), conference)


def stands(text: Text, conference: PublicConference) -> str:
    """In one line: when it is, or that dates are asked for."""
    if conference.chosen is None:
        return text("conference.asking", answered=conference.answered)
    return text("conference.fixed", when=text.when(conference.chosen.starts_at), minutes=conference.chosen.minutes)


def fixed_title(text: Text, conference: PublicConference) -> str:
    return text("conference.fixed_title_support" if conference.kind == "support" else "conference.fixed_title")


def fixed(text: Text, conference: PublicConference) -> Message:
    """What stands in the places."""
    return Message(
        title=fixed_title(text, conference),
        body=stands(text, conference),
        quote=conference.theme,
        note=text("conference.fixed_note"),
        buttons=_coming(text, conference) if conference.state == "decided" else (),
    )


def fixed_letter(text: Text, conference: PublicConference, *, comes: bool) -> Message:
    """To everyone whom the date suits. comes: for certain, so that what is next is their calendar."""
    come = Button(text("conference_seats.join"), "conference.coming", conference.id)
    take_along = Button(text("conference_calendar.add"), "conference.calendar", conference.id)
    return replace(
        fixed(text, conference),
        buttons=(
            take_along if comes else come,
            Button(text("conference_seats.not_coming"), "conference.absent", conference.id),
            Button(text("conference_seats.show"), "conference.show", conference.id),
        ),
    )


def decided(text: Text, conference_id: str) -> Message:
    """To who decided it: what is usually next is where it takes place."""
    return Message(
        body=text("conference.decided"),
        buttons=(
            Button(text("conference_seats.set_place"), "conference.place", conference_id),
            Button(text("conference_seats.show"), "conference.show", conference_id),
        ),
    )


def _coming(text: Text, conference: PublicConference) -> tuple[Button, ...]:
    """For who never answered, and for who has changed their mind."""
    return (
        Button(text("conference_seats.join"), "conference.coming", conference.id),
        Button(text("conference_seats.not_coming"), "conference.absent", conference.id),
    )


def cancelled(text: Text, conference: PublicConference) -> Message:
    """What stands in the places, and what everyone it concerns is told."""
    return Message(
        title=text("conference_changes.cancelled_title"),
        body=text.when(conference.chosen.starts_at) if conference.chosen else text("conference_changes.had_no_date"),
        quote=conference.theme,
        note=text("conference_changes.cancelled_note"),
    )


def reminder(text: Text, conference: PublicConference, late: datetime | None = None, *, comes: bool = True) -> Message:
    """late: when it should have come, where it comes so much later that people should know."""
    change = [text("conference.reminder_note")] if comes else []
    excuse = [text("conference.reminder_late", when=text.when(late))] if late else []
    return Message(
        title=text(
            "conference.reminder_title_support" if conference.kind == "support" else "conference.reminder_title"
        ),
        body=stands(text, conference),
        quote=conference.theme,
        note="\n".join([*change, *excuse]),
    )


def missed(text: Text, conferences: Sequence[PublicConference]) -> Message:
    """For coordinators: what began before anyone could be reminded of it."""
    lines = [
        text("conference.missed_line", when=text.when(_chosen(each).starts_at), theme=each.theme)
        for each in conferences
    ]
    return Message(body=text("conference.missed"), quote="\n".join(lines))


def thanks(text: Text, conference: PublicConference) -> Message:
    change = Button(text("conference.change"), "conference.pad", conference.id)
    return Message(body=text("conference.thanks"), note=_table(text, conference), buttons=(change,))


def _table(text: Text, conference: PublicConference) -> str:
    return "\n".join(
        text("conference.row", when=text.when(slot.starts_at), yes=slot.yes, maybe=slot.maybe, no=slot.no)
        for slot in conference.slots
    )


def _line(text: Text, number: int, conference: PublicConference) -> str:
    if conference.chosen:
        when = text.when(conference.chosen.starts_at)
        return text("conference.line_fixed", number=number, when=when, theme=conference.theme)
    return text("conference.line_open", number=number, answered=conference.answered, theme=conference.theme)


def _chosen(conference: PublicConference) -> PublicSlot:
    if conference.chosen is None:
        raise ValueError("this conference has no date yet")
    return conference.chosen
