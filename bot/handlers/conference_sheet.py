"""The case of a conference on one page: written, read, printed; for those who come, and for nobody else."""

import asyncio

from bot.chat.errors import Refused
from bot.chat.events import Press, Submit
from bot.chat.messages import File, Reply
from bot.routing import conference_letters, sheets
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import conferences
from bot.store import sheets as kept
from bot.store.conferences import PublicConference
from bot.store.session import Session
from bot.store.sheets import CaseSheet
from bot.views import case_forms, sheet_page
from bot.views.cards import conference_sheet as cards
from bot.views.sheet_page import Page

router = Router()

FILE = "case-sheet.pdf"


@router.press("conference.sheet")
async def show(turn: Turn, press: Press) -> Reply:
    found, sheet, writes = await _opened(turn, press.argument)
    if sheet is None:
        return Reply(cards.missing(turn.text, found.id, writes=writes))
    return Reply(cards.opened(turn.text, await _page(turn, found, sheet), writes=writes))


@router.press("conference.sheet_print")
async def print_it(turn: Turn, press: Press) -> Reply:
    """Where no file can be carried, the words are in the answer itself."""
    found, sheet, _ = await _opened(turn, press.argument)
    if sheet is None:
        raise Refused("conference_sheet.missing")
    page = await _page(turn, found, sheet)
    content = await asyncio.to_thread(sheet_page.printed, turn.text, page)
    return Reply(cards.printed(turn.text, page), files=(File(FILE, content),))


@router.press("conference.sheet_write")
async def write(turn: Turn, press: Press) -> Reply:
    def look(session: Session) -> CaseSheet | None:
        seen = sheets.writer(turn, session, press.argument)
        if not kept.may_be_written(seen.conference, turn.now):
            raise Refused("conference_sheet.begun")
        return kept.find(session, press.argument)

    before = await turn.db.read(look)
    return Reply(form=case_forms.sheet(turn.text, press.argument, before or CaseSheet(press.argument, {})))


@router.submit("conference.sheet")
async def keep(turn: Turn, submit: Submit) -> Reply:
    def put(session: Session) -> bool:
        found = conferences.held(session, submit.argument)
        sheets.writer(turn, session, found.id)
        first = kept.write(session, found, submit.answers, turn.now)
        if first:
            _tell(turn, session, found)
        return first

    first = await turn.db.write(put)
    return Reply(cards.kept(turn.text, submit.argument, first=first))


def _tell(turn: Turn, session: Session, found: PublicConference) -> None:
    """Once, and without content; whoever wrote it knows."""
    if found.asking:
        sheets.tell_with_the_date(session, found.id, turn.now)
        return
    conference_letters.tell(
        session,
        sheets.audience(session, found.id) - {turn.member.id},
        f"sheet:{found.id}",
        lambda text: cards.ready(text, found.id),
        turn.now,
        turn.text,
        expires=found.ends_at,
    )


async def _opened(turn: Turn, conference_id: str) -> tuple[PublicConference, CaseSheet | None, bool]:
    """And whether whoever acts may still change it."""

    def look(session: Session) -> tuple[PublicConference, CaseSheet | None, bool]:
        seen = sheets.reader(turn, session, conference_id)
        return seen.conference, kept.find(session, conference_id), sheets.may_write(turn, session, seen)

    return await turn.db.read(look)


async def _page(turn: Turn, found: PublicConference, sheet: CaseSheet) -> Page:
    around = await sheets.around(turn, sheet)
    keep_sheets = turn.rules.keep_sheets
    gone_at = kept.gone_at(found, keep_sheets)
    return Page(found, sheet, gone_at, keep_sheets.days, around.found, around.learned)
