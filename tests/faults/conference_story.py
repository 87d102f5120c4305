"""The life of one conference and of its series in single steps, each of which can be done again after a kill."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import col, select

from bot.chat.events import Address, Body, Press, Submit, Text
from bot.store import drafts, series
from bot.store.conference_models import Conference, Series
from bot.store.drafts import Kind
from bot.store.session import Session
from tests.scenarios.case_sheets import IN_A_DIALOG
from tests.scenarios.conferences import THEME

PEOPLE = {"sato": "slack", "hana": "telegram", "ken": "slack", "mio": "telegram"}
"""Who is on which platform; sato coordinates."""

NEXT = date(2027, 1, 8)
"""The second Friday of January: the first date of the series that the conference becomes."""


@dataclass(frozen=True)
class Hand:
    """What the buttons in front of a person carry; empty what is not there yet, or no more."""

    first: str
    second: str
    series: str
    draft: str = ""
    form: str = ""
    fields: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """One event of one person. holds: the kind of the draft that it is about."""

    who: str
    body: Callable[[Hand], Body]
    holds: Kind | None = None


@dataclass(frozen=True)
class Until:
    """In Tokyo; everything falls due on the way."""

    moment: str


Step = Act | Until


def address(who: str) -> Address:
    return Address(PEOPLE[who], "team", f"{PEOPLE[who]}-user-{who}")


def things(session: Session) -> dict[str, str]:
    """What the story is about, by the ids that it has in this telling."""
    repeats = str(session.scalar(select(col(Series.id))) or "")
    second = series.conference_of(repeats, NEXT) if repeats else ""
    first = str(session.scalar(select(col(Conference.id)).where(col(Conference.id) != second)) or "")
    return {each: name for each, name in ((first, "first"), (second, "second"), (repeats, "series")) if each}


def hand_of(session: Session, act: Act, now: datetime) -> Hand:
    ids = {name: each for each, name in things(session).items()}
    first, second, repeats = (ids.get(name, "") for name in ("first", "second", "series"))
    draft = drafts.latest(session, address(act.who), act.holds, now) if act.holds else None
    if draft is None:
        return Hand(first, second, repeats)
    form = draft.content.get("form", {})
    names = [each["name"] for each in form.get("fields", ())]
    return Hand(first, second, repeats, draft.id, form.get("name", ""), names)


def never_opened(session: Session, act: Act, now: datetime) -> bool:
    """The process died between the press and its dialog, which comes question by question then: one presses again."""
    asked = drafts.latest(session, address(act.who), "asking", now)
    return (
        act.holds == "dialog" and asked is not None and drafts.latest(session, address(act.who), "dialog", now) is None
    )


def presses(who: str, action: str, more: str = "") -> Act:
    return Act(who, lambda hand: Press(action, hand.first + more))


def fills(who: str, *answers: str) -> Act:
    """In the dialog that stands open."""
    return Act(
        who, lambda hand: Submit(hand.form, dict(zip(hand.fields, answers, strict=False)), hand.draft), holds="dialog"
    )


def chooses(who: str, question: int, number: int) -> Act:
    """Of the form that is asked question by question."""
    return Act(who, lambda hand: Press("form.choose", f"{hand.draft}.{question}.{number}"), holds="asking")


def says(who: str, words: str) -> Act:
    return Act(who, lambda _: Text(words))


def confirms(who: str, action: str, holds: Kind) -> Act:
    return Act(who, lambda hand: Press(action, hand.draft), holds=holds)


ASKED: tuple[Step, ...] = (
    Act("sato", lambda _: Press("conference.new")),
    fills("sato", THEME, "12/3 14:00\n12/4 10:00\n12/8 9:30"),
    presses("hana", "conference.vote"),
    chooses("hana", 0, 0),
    chooses("hana", 1, 0),
    chooses("hana", 2, 1),
    presses("ken", "conference.vote"),
    fills("ken", "yes", "no", "maybe"),
    presses("mio", "conference.vote"),
    chooses("mio", 0, 1),
    chooses("mio", 1, 2),
    chooses("mio", 2, 0),
    presses("sato", "conference.fix", ".1"),
)
MOVED: tuple[Step, ...] = (
    presses("hana", "conference.take", ".presenter"),
    presses("sato", "conference.move"),
    fills("sato", "12/10 14:00"),
    confirms("sato", "conference.moved", "dates"),
    presses("mio", "conference.suits", ".1"),
    presses("sato", "conference.move"),
    fills("sato", "12/11 15:00-16:00"),
    confirms("sato", "conference.moved", "dates"),
    presses("mio", "conference.suits", ".2"),
    presses("ken", "conference.suits", ".2"),
    presses("mio", "conference.take", ".recorder"),
    presses("sato", "conference.take", ".chair"),
    presses("sato", "series.begin", ".nth"),
    Act("hana", lambda _: Press("mydata.erased", "anyway")),
    Until("2026-11-24 12:00"),
    presses("ken", "conference.take", ".presenter"),
    presses("ken", "conference.sheet_write"),
    fills("ken", *IN_A_DIALOG),
)
HELD: tuple[Step, ...] = (
    Until("2026-12-11 15:00"),
    presses("sato", "conference.start_meeting"),
    presses("mio", "conference.here"),
    presses("ken", "conference.write", ".idea"),
    fills("ken", "手紙を書く"),
    presses("mio", "conference.write", ".question"),
    says("mio", "だれが会えていますか"),
    presses("mio", "conference.write_step"),
    says("mio", "手紙を1通出す"),
    chooses("mio", 1, 6),
    chooses("mio", 2, 0),
    Until("2026-12-11 16:10"),
    presses("mio", "conference.send_minutes"),
)
AFTER: tuple[Step, ...] = (
    Until("2026-12-25 16:00"),
    presses("ken", "conference.after", ".better"),
    confirms("ken", "conference.after_send", "aftermath"),
    Act("sato", lambda hand: Press("series.hold", f"{hand.series}.{NEXT:%Y%m%d}")),
    Act("mio", lambda hand: Press("conference.coming", hand.second)),
    Until("2027-01-12 09:00"),
    Until("2027-03-12 09:00"),
)
STORY: tuple[Step, ...] = (*ASKED, *MOVED, *HELD, *AFTER)
