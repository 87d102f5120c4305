"""A meeting while it is held: how its time is shared, what comes next, and what was written."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.chat.messages import Button, Message
from bot.knowledge.points import Entry
from bot.store.agenda import Part
from bot.store.conference_standing import Standing
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import EARLY, SAID, PublicNote, began
from bot.views.cards.conference_minutes import PAGE, in_pages, lines_of
from bot.views.text import Text


def nearest(text: Text, seen: Standing) -> Iterator[Button]:
    """What is wanted at this moment: to begin, to write, or what came of it. For who has a part in it."""
    found = seen.conference
    if found.chosen is None or not _has_part(seen):
        return
    starts = (seen.coordinator and seen.proposer) or {"chair", "timekeeper"} & {*seen.roles}
    if starts and not began(found) and not seen.over and found.chosen.starts_at - EARLY <= seen.now:
        yield Button(text("conference_meeting.start"), "conference.start_meeting", found.id)
    if _begun(seen) and not seen.over:
        yield _write(text, found)
    if seen.over:
        yield Button(text("conference_meeting.minutes.title"), "conference.minutes", found.id)
        yield Button(text("conference_steps.title"), "conference.steps", found.id)


def ways(text: Text, seen: Standing) -> Iterator[Button]:
    """What can wait."""
    found = seen.conference
    if not _has_part(seen):
        return
    if seen.over:
        yield Button(text("learning.begin"), "learning.begin")
        return
    yield Button(text("conference_meeting.agenda"), "conference.agenda", found.id)
    if _begun(seen):
        yield Button(text("conference_steps.title"), "conference.steps", found.id)


def _has_part(seen: Standing) -> bool:
    held = seen.fixed and seen.conference.kind != "support"
    return held and (seen.comes or (seen.coordinator and seen.proposer))


def _begun(seen: Standing) -> bool:
    """By its date of now: what was pressed for another one counts no more."""
    chosen = seen.conference.chosen
    return chosen is not None and (bool(began(seen.conference)) or chosen.starts_at <= seen.now)


def agenda(
    text: Text, found: PublicConference, parts: Sequence[Part], begun_at: datetime | None, lesson: Entry | None = None
) -> Message:
    """lesson: something of the handbook that may be read together."""
    begins = begun_at or (found.chosen.starts_at if found.chosen else None)
    lines = [
        text(
            "conference_meeting.part_line",
            clock=_clock(text, begins, part) if begins else "",
            part=text(f"conference_meeting.part.{part.name}"),
            minutes=part.minutes,
        )
        for part in parts
    ]
    learn = [text("conference_meeting.lesson", title=lesson.title)] if lesson else []
    read = [Button(text("conference_meeting.read_lesson"), "handbook.entry", lesson.id)] if lesson else []
    return Message(
        title=text("conference_meeting.agenda_title", minutes=parts[-1].ends),
        body="\n".join(lines),
        note="\n".join([text("conference_meeting.promise"), *learn]),
        buttons=(*read, _back(text, found)),
    )


def _clock(text: Text, begins: datetime, part: Part) -> str:
    return f"{(begins + timedelta(minutes=part.begins)).astimezone(text.timezone):%H:%M}"


def started(text: Text, found: PublicConference, parts: Sequence[Part], begun_at: datetime) -> Message:
    """For whoever pressed it."""
    card = agenda(text, found, parts, begun_at)
    first = text(f"conference_meeting.part.{parts[0].name}")
    return Message(
        title=text("conference_meeting.started", part=first, minutes=parts[0].minutes),
        body=card.body,
        note=text("conference_meeting.started_note"),
        buttons=(_write(text, found),),
    )


def extended(text: Text, found: PublicConference, parts: Sequence[Part], begun_at: datetime) -> Message:
    card = agenda(text, found, parts, begun_at)
    ends = (begun_at + timedelta(minutes=parts[-1].ends)).astimezone(text.timezone)
    return Message(
        title=text("conference_meeting.extended", ends=f"{ends:%H:%M}"), body=card.body, buttons=(_write(text, found),)
    )


def may_begin(text: Text, found: PublicConference) -> Message:
    """To chair and timekeeper at its time."""
    return Message(
        body=text("conference_meeting.may_begin"),
        quote=found.theme,
        note=text("conference_meeting.may_begin_note"),
        buttons=beginning(text, found),
    )


def beginning(text: Text, found: PublicConference) -> tuple[Button, ...]:
    return (
        Button(text("conference_meeting.start"), "conference.start_meeting", found.id),
        Button(text("conference_meeting.agenda"), "conference.agenda", found.id),
    )


def next_part(text: Text, found: PublicConference, part: Part, left: int) -> Message:
    """left: minutes until the end."""
    name = text(f"conference_meeting.part.{part.name}")
    return Message(
        title=text("conference_meeting.next", part=name),
        body=text("conference_meeting.next_body", minutes=part.minutes, left=left),
        buttons=(
            Button(text("conference_meeting.extend"), "conference.extend_meeting", found.id),
            _write(text, found),
        ),
    )


def meeting(
    text: Text,
    found: PublicConference,
    now_in: tuple[Part, int] | None,
    notes: Sequence[PublicNote],
    *,
    keeps: bool,
    sent: bool,
) -> Message:
    """now_in: the part it is in, and how many minutes of it are left."""
    lines = []
    if now_in:
        name = text(f"conference_meeting.part.{now_in[0].name}")
        lines.append(text("conference_meeting.now", part=name, left=now_in[1]))
    lines.append(text("conference_meeting.closed") if sent else text("conference_meeting.written", count=len(notes)))
    writing = [
        Button(text(f"conference_meeting.kind.{kind}"), "conference.write", f"{found.id}.{kind}") for kind in SAID
    ]
    step = [Button(text("conference_steps.write"), "conference.write_step", found.id)] if keeps else []
    read = [Button(text("conference_meeting.read"), "conference.notes", found.id)] if notes else []
    return Message(
        title=text("conference_meeting.notes_title"),
        body="\n".join(lines),
        note=text("conference_meeting.no_names"),
        buttons=(*([] if sent else [*writing, *step]), *read, _back(text, found)),
    )


def written(text: Text, conference_id: str, kind: str) -> Message:
    """kind: of what was written."""
    return Message(
        body=text("conference_meeting.kept"),
        buttons=(
            Button(text(f"conference_meeting.more.{kind}"), "conference.write", f"{conference_id}.{kind}"),
            Button(text("conference_meeting.notes_title"), "conference.meeting", conference_id),
        ),
    )


def notes(text: Text, found: PublicConference, written: Sequence[PublicNote], number: int) -> Message:
    """number: of the page, from 1."""
    pages = in_pages(lines_of(text, written), PAGE)
    page = min(max(number, 1), len(pages))
    more = [Button(text("conference_meeting.minutes.more"), "conference.notes", f"{found.id}.{page + 1}")]
    return Message(
        title=text("conference_meeting.read"),
        body="" if written else text("conference_meeting.nothing"),
        quote=pages[page - 1],
        buttons=(*(more if page < len(pages) else []), _write(text, found)),
    )


def _write(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_meeting.notes_title"), "conference.meeting", found.id)


def _back(text: Text, found: PublicConference) -> Button:
    return Button(text("conference.back"), "conference.show", found.id)
