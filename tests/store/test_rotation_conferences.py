"""A key is replaced under a conference: its sheet, notes, place, names and series open, and so does a calendar's secret."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.app.calendar_page import CalendarPage
from bot.chat.events import Press
from bot.store import conferences, meeting_notes
from bot.store.conference_models import Participant
from bot.store.session import Session
from tests.scenarios.case_sheets import ASKED, asked_for, opens, writes
from tests.store.rotating import everything_opens, house_with_a_key_file, settings_of, turn_key
from tests.store.test_moving_conferences import ADDRESS, subscribes


async def test_a_conference_opens_under_the_new_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YORISOI_PUBLIC_URL", ADDRESS)
    settings = settings_of(tmp_path, "")
    async with house_with_a_key_file(settings) as world:
        meeting = await asked_for(world)
        await writes(meeting)
        await meeting.sato.does(Press("series.begin", f"{meeting.conference}.nth"))
        secret = await subscribes(meeting.ken)

        def write(session: Session) -> None:
            box = session.keys.box
            conferences.change(
                session, meeting.conference,
                place=box.seal("市民会館".encode(), f"place_of:{meeting.conference}"),
                code_token=session.keys.token("conference code", "かもめ"),
            )  # fmt: skip
            meeting_notes.write(session, meeting.conference, "idea", "手紙を書く")
            for each in session.rows(select(col(Participant.id))):
                name = box.seal("ケン".encode(), f"name:{each.id}")
                session.run(update(Participant).where(col(Participant.id) == each.id).values(name=name))

        await world.house.database.write(write)
        before = everything_opens(settings)
        assert {"conference", "participant", "series", "meetingnote", "sheet"} <= set(before)
        await turn_key(settings)
        assert everything_opens(settings) == before
        assert ASKED in (await opens(meeting.ken, meeting)).quote
        page = await CalendarPage(world.house).find(secret)
        assert page and "市民会館" in page.body.decode(), "the place, behind the same secret"
        notes = await world.house.database.read(lambda session: meeting_notes.of(session, meeting.conference))
        assert [note.text for note in notes] == ["手紙を書く"]
