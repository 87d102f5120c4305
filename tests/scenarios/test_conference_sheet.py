"""The case on one page (story 8): who writes it and who reads it, on both platforms, and that it is gone in time."""

from pathlib import Path
from typing import Any

import pypdfium2
from sqlalchemy import select

from bot.chat.events import Press
from bot.routing import conference_plans
from bot.store import conferences, items, learnings, members, tombstones
from bot.store.conference_models import Sheet
from bot.store.members import Role
from bot.store.models import ItemKey
from bot.store.session import Session
from tests.scenarios.case_sheets import (
    ASKED,
    FILLED,
    IN_A_DIALOG,
    TRIED,
    WHEN,
    WORRIES,
    asked_for,
    letters,
    member_of,
    opens,
    writes,
)
from tests.scenarios.conferences import THEME, decides
from tests.scenarios.following import go_to
from tests.scenarios.test_learned_beside import LETTERS, leave
from tests.world import Person, World, open_world

ONLY_THEY = "資料は、参加する方と担当の調整役だけが開けます。"


async def test_the_presenter_writes_it_and_those_who_come_are_told_once_and_without_content(world: World) -> None:
    meeting = await asked_for(world)
    await meeting.hana.does(Press("conference.show", meeting.conference))
    await meeting.hana.presses("資料をつくる")
    await meeting.hana.fills(*FILLED)
    (letter,) = letters(meeting.ken)
    assert (letter.title, letter.quote, letter.note) == ("", "", "")
    assert not letters(meeting.mio) and not letters(meeting.hana)
    seen = await meeting.ken.presses("資料をひらく")
    assert seen
    assert seen.body.startswith("年代：20代\nひきこもりの期間：10年以上\n同居：親と\nつながり：家族とだけ\nまず")
    assert seen.quote.startswith(f"【みんなに聞きたいこと】\n{ASKED}")
    assert WORRIES in seen.quote and TRIED in seen.quote
    assert seen.note.startswith("取扱注意・1月2日(土)に消えます"), "thirty days after its end"
    assert "書き直す" not in [button.label for button in seen.buttons]


async def test_the_newest_counts_until_it_begins_and_nobody_is_told_again(world: World) -> None:
    meeting = await asked_for(world)
    await writes(meeting)
    await meeting.sato.does(Press("conference.sheet_write", meeting.conference))
    assert meeting.sato.form
    assert [field.value for field in meeting.sato.form.fields] == list(IN_A_DIALOG)
    await meeting.sato.fills("", "", "", "", "電話は090-1234-5678です。", "", "次の一歩は何でしょう", "")
    assert len(letters(meeting.ken)) == 1
    seen = await opens(meeting.ken, meeting)
    assert seen.body == ""
    assert "次の一歩は何でしょう" in seen.quote and ASKED not in seen.quote
    assert "090" not in seen.quote, "what names somebody is softened before it is kept"
    await go_to(world, "2026-12-03 13:59")
    await meeting.hana.does(Press("conference.sheet_write", meeting.conference))
    await go_to(world, "2026-12-03 14:00")
    await meeting.hana.fills("とばす", "とばす", "とばす", "とばす", "とばす", "とばす", "おそかった", "とばす")
    assert meeting.hana.sees("始まるまでです")
    assert "次の一歩は何でしょう" in (await opens(meeting.ken, meeting)).quote


async def test_nobody_else_learns_whether_there_is_one(world: World) -> None:
    meeting = await asked_for(world)
    jun = await world.person("jun", world.telegram)
    other = await world.person("other", world.slack, Role.COORDINATOR)

    async def tried(person: Person) -> list[str]:
        actions = ("conference.sheet", "conference.sheet_write", "conference.sheet_print")
        said = [await person.does(Press(action, meeting.conference)) for action in actions]
        card = await person.does(Press("conference.show", meeting.conference))
        assert card and all(said)
        assert not [button.label for button in card.buttons if "資料" in button.label]
        return [each.body for each in said if each]

    before = [await tried(person) for person in (jun, other, meeting.mio)]
    await writes(meeting)
    assert [await tried(person) for person in (jun, other, meeting.mio)] == before == [[ONLY_THEY] * 3] * 3
    written = await meeting.ken.does(Press("conference.sheet_write", meeting.conference))
    assert written and written.body == "資料を書くのは、事例提供の方か担当の調整役です。"
    assert ASKED in (await opens(meeting.sato, meeting)).quote
    sato = await member_of(meeting.sato)
    await world.house.database.write(lambda session: members.set_role(session, sato, Role.SUPPORTER))
    assert (await opens(meeting.sato, meeting)).body == ONLY_THEY, "who coordinates no more reads no more"


async def test_a_support_meeting_has_none_and_says_why_in_two_lines(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new_support"))
    await sato.fills("12/3 14:00\n12/4 10:00")
    (found,) = await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
    for action in ("conference.sheet", "conference.sheet_write", "conference.sheet_print"):
        refused = await sato.does(Press(action, found.id))
        assert refused and len(refused.body.splitlines()) == 2
        assert "支援会議" in refused.body
    assert sato.form is None


async def test_a_draft_survives_a_restart(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        meeting = await asked_for(world)
        await meeting.hana.does(Press("conference.sheet_write", meeting.conference))
        await meeting.hana.fills(*FILLED[:5])
    async with open_world(tmp_path) as world:
        hana = Person(world, world.telegram, meeting.hana.id)
        world.people.append(hana)
        await hana.says(TRIED)
        await hana.fills(*FILLED[6:])
        assert hana.sees("お預かりしました")
        assert WORRIES in (await opens(hana, meeting)).quote


async def test_written_before_there_is_a_date_it_is_told_with_the_date(world: World) -> None:
    meeting = await asked_for(world, decide=False)
    await writes(meeting)
    assert (await opens(meeting.ken, meeting)).body == ONLY_THEY, "nobody comes yet"
    await decides(meeting.sato, WHEN)
    await world.later(minutes=1)
    assert [len(letters(each)) for each in (meeting.ken, meeting.mio)] == [1, 0]
    found = await world.house.database.read(lambda session: conferences.find(session, meeting.conference))
    await world.later(days=8)
    now, rules = world.house.clock(), world.house.rules
    await world.house.database.write(lambda session: conference_plans.plan(session, found, now, rules))
    await world.later(minutes=1)
    assert len(letters(meeting.ken)) == 1, "another date is no reason to say it again"


async def test_it_can_be_printed_and_stands_beside_the_handbook_and_what_peers_learned(world: World) -> None:
    meeting = await asked_for(world)
    await leave(world, LETTERS)
    await world.house.handbook.warm()
    await writes(meeting)
    seen = await opens(meeting.ken, meeting)
    assert "1. " in seen.body and "実践メモ" in seen.body
    assert f"・{LETTERS}（2026-11）" in seen.quote
    assert any(button.action == "handbook.entry" for button in seen.buttons)
    await opens(meeting.hana, meeting)
    await meeting.hana.presses("A4で印刷する")
    (file,) = meeting.hana.files
    document = pypdfium2.PdfDocument(file.content)
    words = document[0].get_textpage().get_text_range()
    assert (file.name, len(document)) == ("case-sheet.pdf", 1)
    document.close()
    for said in (THEME, "年代：20代", WORRIES, "取扱注意・1月2日(土)に消えます", "2026-11"):
        assert said in words
    shown = await meeting.ken.does(Press("conference.sheet_print", meeting.conference))
    assert shown and ASKED in shown.quote, "where no file is carried, the words are in the answer"


def _rows(session: Session) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    sheets = session.rows(select(Sheet.__table__))  # type: ignore[attr-defined]
    keys = session.rows(select(ItemKey.__table__).where(ItemKey.item.in_([row.id for row in sheets])))  # type: ignore[attr-defined]
    return [dict(row._mapping) for row in sheets], [dict(row._mapping) for row in keys]


async def test_it_goes_with_its_key_after_thirty_days_and_no_backup_brings_it_back(world: World) -> None:
    meeting = await asked_for(world)
    await leave(world, LETTERS)
    await writes(meeting)
    database = world.house.database
    ((sheet,), (key,)) = await database.read(_rows)
    await go_to(world, "2027-01-02 15:29")
    assert ASKED in (await opens(meeting.ken, meeting)).quote
    await go_to(world, "2027-01-02 15:30")
    assert await database.read(_rows) == ([], [])
    assert await database.read(lambda session: items.find(session, sheet["id"])) is None
    assert (await opens(meeting.ken, meeting)).body == "資料は、まだありません。"
    assert [each.text for each in await database.read(learnings.released)] == [LETTERS]

    def as_an_old_backup_has_it(session: Session) -> int:
        session.insert(Sheet, **sheet)
        session.insert(ItemKey, **key)
        return tombstones.apply(session, world.house.clock())

    assert await database.write(as_an_old_backup_has_it) == 1
    assert await database.read(_rows) == ([], [])


async def test_a_cancelled_conference_loses_it_at_once(world: World) -> None:
    meeting = await asked_for(world)
    await writes(meeting)
    await world.house.database.write(lambda session: conferences.change(session, meeting.conference, state="cancelled"))
    await world.later(minutes=1)
    assert await world.house.database.read(_rows) == ([], [])
