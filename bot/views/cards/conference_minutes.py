"""The minutes of a meeting: looked through by who keeps them, sent once, and to be copied without any name."""

from collections.abc import Sequence

from bot.chat.messages import Button, Message
from bot.language.cleaning import shorten
from bot.store.conferences import PublicConference
from bot.store.meeting_notes import PublicNote
from bot.views.text import Text

PAGE = 1_500
"""Characters of one page: it fits every platform whole, and one screen of a phone or two."""

ON_BUTTON = 24
AT_ONCE = 6
"""Lines among which one is chosen at one time."""

ORDER = ("step", "idea", "question", "parked")
"""What is to be done comes first."""


def lines_of(text: Text, notes: Sequence[PublicNote]) -> list[str]:
    """Each kind under its heading."""
    lines: list[str] = []
    for kind in ORDER:
        of_kind = [_line(text, note) for note in notes if note.kind == kind]
        lines += [text(f"conference_meeting.heading.{kind}"), *of_kind] if of_kind else []
    return lines


def _line(text: Text, note: PublicNote) -> str:
    if note.window is None:
        return text("conference_meeting.minutes.line", text=note.text)
    return text(
        "conference_meeting.minutes.step",
        text=note.text,
        role=text(f"conference_steps.role.{note.role}"),
        opens=text.date(note.window.opens),
        closes=text.date(note.window.closes),
    )


def in_pages(lines: Sequence[str], most: int) -> list[str]:
    """Whole lines; one page at least."""
    pages = [""]
    for line in lines:
        longer = f"{pages[-1]}\n{line}".strip()
        if len(longer) > most and pages[-1]:
            pages.append(line)
        else:
            pages[-1] = longer
    return pages


def offered(text: Text, found: PublicConference) -> Message:
    """To who keeps them, a little after the end."""
    return Message(
        body=text("conference_meeting.minutes.offered"),
        quote=found.theme,
        buttons=(Button(text("conference_meeting.minutes.gather"), "conference.minutes", found.id),),
    )


def preview(text: Text, found: PublicConference, notes: Sequence[PublicNote], readers: int, number: int = 1) -> Message:
    """Exactly what will be sent. readers: to how many."""
    pages = in_pages(lines_of(text, notes), PAGE)
    page = min(max(number, 1), len(pages))
    ways = []
    if page < len(pages):
        ways.append(Button(text("conference_meeting.minutes.more"), "conference.minutes", f"{found.id}.{page + 1}"))
    if notes:
        ways.append(Button(text("conference_meeting.minutes.send"), "conference.send_minutes", found.id))
        ways.append(Button(text("conference_meeting.minutes.choose"), "conference.choose_lines", found.id))
    ways.append(Button(text("conference_steps.write"), "conference.write_step", found.id))
    ways.append(Button(text("conference_meeting.kind.idea"), "conference.write", f"{found.id}.idea"))
    body = text("conference_meeting.minutes.preview", readers=readers) if notes else text("conference_meeting.nothing")
    return Message(
        title=text("conference_meeting.minutes.page", page=page, pages=len(pages)),
        body=body,
        quote=pages[page - 1],
        buttons=tuple(ways),
    )


def choose(text: Text, found: PublicConference, notes: Sequence[PublicNote], number: int = 1) -> Message:
    """A few lines, each of which can be left out."""
    most = max(1, -(-len(notes) // AT_ONCE))
    page = min(max(number, 1), most)
    shown = notes[(page - 1) * AT_ONCE : page * AT_ONCE]
    out = [
        Button(
            text("conference_meeting.minutes.leave_out", text=shorten(note.text, ON_BUTTON)),
            "conference.leave_out",
            note.id,
        )
        for note in shown
    ]
    more = [Button(text("conference_meeting.minutes.others"), "conference.choose_lines", f"{found.id}.{page + 1}")]
    return Message(
        body=text("conference_meeting.minutes.which"),
        quote="\n".join(lines_of(text, shown)),
        buttons=(
            *out,
            *(more if page < most else []),
            Button(text("conference.back"), "conference.minutes", found.id),
        ),
    )


def left_out(text: Text, note: PublicNote) -> Message:
    return Message(
        body=text("conference_meeting.minutes.left_out"),
        quote=note.text,
        buttons=(
            Button(text("conference_meeting.minutes.put_back"), "conference.put_back", note.id),
            Button(text("conference_meeting.minutes.gather"), "conference.minutes", note.conference),
        ),
    )


def sent(text: Text, found: PublicConference, readers: int) -> Message:
    """For who sent them."""
    return Message(
        body=text("conference_meeting.minutes.sent", readers=readers),
        note=text("learning.offer"),
        buttons=(_copy(text, found), Button(text("learning.begin"), "learning.begin")),
    )


def minutes(text: Text, found: PublicConference, notes: Sequence[PublicNote], number: int = 1) -> Message:
    """For everyone who was there."""
    pages = in_pages(lines_of(text, notes), PAGE)
    page = min(max(number, 1), len(pages))
    more = [Button(text("conference_meeting.minutes.more"), "conference.read_minutes", f"{found.id}.{page + 1}")]
    steps = [Button(text("conference_steps.title"), "conference.steps", found.id)]
    return Message(
        title=text("conference_meeting.minutes.page", page=page, pages=len(pages)),
        body=_when(text, found),
        quote=pages[page - 1],
        note=text("learning.offer"),
        buttons=(
            *(more if page < len(pages) else []),
            *(steps if any(note.kind == "step" for note in notes) else []),
            _copy(text, found),
            Button(text("learning.begin"), "learning.begin"),
        ),
    )


def to_copy(text: Text, found: PublicConference, notes: Sequence[PublicNote], number: int = 1) -> Message:
    """Plain text to take along: no name, and nothing that leads to one."""
    head = [text("conference_meeting.minutes.copy_head"), _when(text, found), found.theme, ""]
    pages = in_pages([*head, *lines_of(text, notes)], PAGE)
    page = min(max(number, 1), len(pages))
    more = [Button(text("conference_meeting.minutes.more"), "conference.copy_minutes", f"{found.id}.{page + 1}")]
    return Message(
        title=text("conference_meeting.minutes.to_copy", page=page, pages=len(pages)),
        quote=pages[page - 1],
        note=text("conference_meeting.minutes.copy_note"),
        buttons=tuple(more if page < len(pages) else []),
        own=True,
    )


def _when(text: Text, found: PublicConference) -> str:
    return text.when(found.chosen.starts_at) if found.chosen else ""


def _copy(text: Text, found: PublicConference) -> Button:
    return Button(text("conference_meeting.minutes.copy"), "conference.copy_minutes", found.id)
