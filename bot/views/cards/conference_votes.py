"""Answering the dates of a conference: the table and its buttons, one's own answers, and the names people gave."""

from collections.abc import Iterator, Mapping, Sequence

from bot.chat.messages import Button, Message
from bot.store.ballots import Ballot, Voter
from bot.store.conferences import ANSWERS, PublicConference, PublicSlot
from bot.views.text import Text

IN_PLACE = 6
"""Most slots that are answered on the card itself; with more of them everybody has pages of their own."""

A_PAGE = 6
NAMES_IN_A_LINE = 8
FIRST_SIGN = 0x2460
"""①; there are twenty of them, as many as a poll can have slots."""


def sign(slot: PublicSlot) -> str:
    return chr(FIRST_SIGN + (slot.place or slot.number) - 1)


def mark(text: Text, value: str) -> str:
    return text(f"conference_votes.mark.{value}")


def table(text: Text, conference: PublicConference) -> str:
    """One line for each slot, one phone screen wide."""
    return "\n".join(
        text(
            "conference_votes.row",
            sign=sign(slot),
            when=text.when(slot.starts_at),
            yes=slot.yes,
            maybe=slot.maybe,
            no=slot.no,
        )
        for slot in conference.slots
    )


def names(text: Text, slots: Sequence[PublicSlot], voters: Sequence[Voter]) -> str:
    """Who answered what, by the names they gave; for each slot and answer one line."""
    lines = []
    for slot in slots:
        for value in ANSWERS:
            said = [voter.name for voter in voters if voter.marks.get(slot.number) == value]
            if said:
                lines.append(f"{sign(slot)}{mark(text, value)} {_listed(text, said)}")
    return "\n".join(lines)


def _listed(text: Text, said: Sequence[str]) -> str:
    named = [name for name in said if name]
    parts = named[:NAMES_IN_A_LINE]
    if more := len(named) - len(parts):
        parts.append(text("conference_votes.others", count=more))
    if nameless := len(said) - len(named):
        parts.append(text("conference_votes.nameless_many", count=nameless) if nameless > 1 else nobody(text))
    return text("conference_votes.between").join(parts)


def nobody(text: Text) -> str:
    """What stands for somebody who gave no name."""
    return text("conference_votes.nameless")


def buttons(text: Text, conference: PublicConference) -> Iterator[Button]:
    """On the card in a place, where everybody presses the same ones and each answers for themselves."""
    if len(conference.slots) <= IN_PLACE:
        yield from _rows(text, conference.id, conference.slots, None)
    else:
        yield Button(text("conference_votes.all"), "conference.all", conference.id)
        yield Button(text("conference_votes.choose"), "conference.pad", conference.id)
    if worth_a_picture(conference):
        yield Button(text("conference_votes.picture"), "conference.picture", conference.id)


def worth_a_picture(conference: PublicConference) -> bool:
    """Where the table is larger than the lines of a phone can hold."""
    return len(conference.slots) > IN_PLACE or not conference.hidden


def noted(text: Text, seen: Ballot, marked: Sequence[PublicSlot], value: str) -> Message:
    """The answer in hand: what was noted, and how much is left. marked: one slot, or all that were answered at once."""
    what = text.when(marked[0].starts_at) if len(marked) == 1 else text("conference_votes.every")
    left = len(seen.left)
    go_on = text("conference_votes.go_on" if left else "conference_votes.mend")
    ways = [Button(go_on, "conference.pad", seen.conference.id)]
    if not (seen.conference.hidden or seen.name):
        ways.append(Button(text("conference_votes.name"), "conference.name", seen.conference.id))
    return Message(
        body=text("conference_votes.noted", what=what, mark=mark(text, value)),
        note=text("conference_votes.left", left=left) if left else text("conference_votes.complete"),
        buttons=tuple(ways),
    )


def pad(text: Text, seen: Ballot, page: int = 1, *, dialog: bool = False) -> Message:
    """One's own answers, to be given and mended in place; a page beyond the last is the last. dialog: one can open, in
    which all can be answered at once."""
    found = seen.conference
    pages = max(1, -(-len(found.slots) // A_PAGE))
    page = min(max(page, 1), pages)
    shown = found.slots[(page - 1) * A_PAGE : page * A_PAGE]
    left = len(seen.left)
    return Message(
        title=text("conference_votes.pad_title"),
        body="\n".join(_own(text, seen, slot) for slot in shown),
        quote="\n".join([found.theme, *filter(None, [names(text, shown, seen.voters)])]),
        note="\n".join(
            [
                text("conference_votes.left", left=left) if left else text("conference_votes.complete"),
                *([] if found.hidden else [_called(text, seen)]),
            ]
        ),
        buttons=tuple(_ways(text, seen, shown, page, pages, dialog=dialog)) if found.open else (),
    )


def _ways(
    text: Text, seen: Ballot, shown: Sequence[PublicSlot], page: int, pages: int, *, dialog: bool
) -> Iterator[Button]:
    found = seen.conference
    ahead = [slot for slot in shown if slot in seen.ahead]
    yield from _rows(text, found.id, ahead, seen.own)
    if len(seen.left) > 1:
        yield Button(text("conference_votes.rest"), "conference.rest", f"{found.id}.{page}")
    if dialog and pages > 1 and seen.left:
        yield Button(text("conference_votes.at_once"), "conference.vote", found.id)
    if page > 1:
        yield Button(text("conference_votes.before"), "conference.page", f"{found.id}.{page - 1}")
    if page < pages:
        yield Button(text("conference_votes.after"), "conference.page", f"{found.id}.{page + 1}")
    if not found.hidden:
        yield Button(text("conference_votes.name"), "conference.name", found.id)
    if worth_a_picture(found):
        yield Button(text("conference_votes.picture"), "conference.picture", found.id)


def _rows(
    text: Text, conference_id: str, slots: Sequence[PublicSlot], own: Mapping[int, str] | None
) -> Iterator[Button]:
    """For each slot ◯△✕ in one row. own: the answers marked as given, on a page that is nobody else's."""
    for slot in slots:
        for value in ANSWERS:
            given = own is not None and own.get(slot.number) == value
            label = text("conference_votes.given" if given else "conference_votes.to_give", mark=mark(text, value))
            first = value == ANSWERS[0]
            label = f"{sign(slot)} {label}" if first else label
            argument = f"{conference_id}.{slot.number}.{value}"
            if own is None:
                yield Button(label, "conference.mark", argument, beside=not first)
            else:
                yield Button(label, "conference.set", argument, beside=not first)


def _own(text: Text, seen: Ballot, slot: PublicSlot) -> str:
    value = seen.own.get(slot.number)
    said = mark(text, value) if value else text("conference_votes.nothing")
    key = "conference_votes.own" if slot in seen.ahead else "conference_votes.own_past"
    return text(key, sign=sign(slot), when=text.when(slot.starts_at), mark=said)


def _called(text: Text, seen: Ballot) -> str:
    """That one is named, or that one need not be; the name itself stands in the quote, if anywhere."""
    return text("conference_votes.named" if seen.name else "conference_votes.unnamed")


def in_words(text: Text, seen: Ballot) -> Message:
    """The whole table, which a picture follows where one can be sent; the names of many dates stand on the pages."""
    found = seen.conference
    named = names(text, found.slots, seen.voters) if len(found.slots) <= IN_PLACE else ""
    return Message(
        title=text("conference_votes.table_title"),
        body=table(text, found),
        quote="\n".join([found.theme, *([named] if named else [])]),
        note=text("conference_votes.table_note", answered=found.answered),
        buttons=(Button(text("conference.answer"), "conference.pad", found.id),) if found.open else (),
    )
