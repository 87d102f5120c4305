"""Every card and form about the case of a conference, and about what became of it, as full as it can become."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bot.chat.messages import Form, Message
from bot.knowledge.points import Entry
from bot.store.aftermath import ANSWERS, TOLD
from bot.store.conferences import PublicConference
from bot.store.learnings import Learning
from bot.store.sheets import BANDS, WRITTEN, CaseSheet
from bot.views import case_forms
from bot.views.cards import conference_after, conference_sheet
from bot.views.found import Found
from bot.views.sheet_page import Page
from bot.views.text import Text

ID = "x" * 22
DRAFT = "x" * 16
ROOMS = (conference_sheet, conference_after)

FULL = CaseSheet(
    ID,
    {name: values[-1] for name, values in BANDS.items()} | dict.fromkeys(WRITTEN, "言" * case_forms.WORDS_LIMIT),
)
_ENTRY = Entry("note.1.through-the-door", "note", "題" * 60, "要" * 200, "", (), (), "ja", "版" * 20)


def page(found: PublicConference, sheet: CaseSheet = FULL) -> Page:
    learned = tuple(Learning(ID, "2026-12", "学" * 500) for _ in range(2))
    return Page(found, sheet, datetime(2027, 1, 31, tzinfo=UTC), 30, (Found(_ENTRY), Found(_ENTRY)), learned)


def cards(text: Text, found: PublicConference) -> dict[Callable[..., object], Iterable[Message]]:
    """found: with a date."""
    line = "言" * case_forms.LINE_LIMIT
    return {
        conference_sheet.ready: [conference_sheet.ready(text, ID)],
        conference_sheet.missing: [conference_sheet.missing(text, ID, writes=each) for each in (True, False)],
        conference_sheet.kept: [conference_sheet.kept(text, ID, first=each) for each in (True, False)],
        conference_sheet.opened: [conference_sheet.opened(text, page(found), writes=True)],
        conference_sheet.printed: [conference_sheet.printed(text, page(found))],
        conference_after.question: [conference_after.question(text, found)],
        conference_after.preview: [
            conference_after.preview(text, DRAFT, found, each, words) for each in TOLD for words in ("", line)
        ],
        conference_after.told: [conference_after.told(text, found, each, line) for each in ANSWERS],
    }


def forms(text: Text) -> dict[Callable[..., Form], Iterable[Form]]:
    return {
        case_forms.sheet: [case_forms.sheet(text, ID, each) for each in (FULL, CaseSheet(ID, {}))],
        case_forms.afterwards: [case_forms.afterwards(text, DRAFT, "言" * case_forms.LINE_LIMIT)],
    }
