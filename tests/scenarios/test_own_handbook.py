"""The centre's own handbook: from a file to an answer with its point and page, on every replica, without a restart."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import centre_shelf, editions
from bot.app.centre_shelf import CentreShelf
from bot.chat.errors import Misconfigured
from bot.chat.events import Press
from bot.routing import passages
from bot.settings import Settings
from bot.store import editions as rows
from bot.store.members import Role
from tests.scenarios.shelves import Shelves
from tests.store.test_editions import FIRST, SECOND, added
from tests.world import World

TEXT = """第1章　出会うまで
ポイント1　ポストに手紙を入れる
手紙は短く書き、返事を求めません。次に来る日を書いておきます。
"""


async def test_what_another_process_published_answers_here(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centre_shelf, "LOOK_SECONDS", 0.01)
    database, now = world.house.database, world.house.clock()
    shelves = Shelves()
    watching = asyncio.create_task(CentreShelf(database, shelves).run())
    first = await database.write(lambda session: added(session, FIRST, "first"))
    await database.write(lambda session: rows.publish(session, first, now))
    shelf, entries = await asyncio.wait_for(shelves.stocked.get(), 10)
    assert shelf == "centre"
    assert [each.id for each in entries] == [f"passage.{first}.{number}" for number in (1, 2, 3)]
    assert (entries[0].kind, entries[0].point, entries[0].page, entries[0].edition) == (
        "passage",
        "ポイント1",
        "3",
        "first",
    )
    assert (entries[0].title, entries[0].summary) == ("ポイント1　電話をする", "先に電話をします。")
    await database.write(lambda session: rows.remove(session, first, for_good=False))
    assert await asyncio.wait_for(shelves.stocked.get(), 10) == ("centre", ())
    watching.cancel()


async def test_a_citation_from_before_still_opens(world: World) -> None:
    person = await world.person("hana", world.telegram)
    database, now = world.house.database, world.house.clock()
    first = await database.write(lambda session: added(session, FIRST, "前の版"))
    second = await database.write(lambda session: added(session, SECOND, "今の版", 1))
    for each in (first, second):
        await database.write(lambda session, each=each: rows.publish(session, each, now))  # type: ignore[misc]
    await CentreShelf(database, Shelves()).look()
    old = f"passage.{first}.2"
    assert await world.house.handbook.entry(old, "ja") is None
    cited = await database.read(lambda session: passages.cited(session, old))
    assert cited and (cited.body, cited.edition) == (FIRST[1].body, "前の版")
    shown = await person.does(Press("handbook.entry", old))
    assert shown and FIRST[1].body in shown.body and "前の版" in shown.note
    for forged in ("passage.zz.1", f"passage.{first}.99", f"passage.{first}.1' or 1=1", "passage..", "x"):
        assert await database.read(lambda session, forged=forged: passages.cited(session, forged)) is None  # type: ignore[misc]


async def test_from_a_file_to_an_edition_that_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, file = Settings(data_dir=tmp_path / "data"), tmp_path / "手引き.txt"
    (tmp_path / "data").mkdir()
    file.write_text(TEXT, "cp932")
    assert await editions.take_in(settings, file, "") == 0
    said = capsys.readouterr().out
    assert "ポイント1" in said and "手紙は短く書き" in said and "下書き" in said
    edition = said.rsplit(maxsplit=1)[-1]
    with pytest.raises(Misconfigured, match="there already"):
        await editions.take_in(settings, file, "")
    assert await editions.publish(settings, edition[:4]) == 0
    file.write_text(TEXT.replace("短く", "とても短く"), "utf-16")
    await editions.take_in(settings, file, "次の版")
    capsys.readouterr()
    assert await editions.show_all(settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["公開中" in lines[0], "下書き" in lines[1], "次の版" in lines[1]] == [True] * 3
    newer = lines[1].split()[0]
    await editions.compare(settings, newer, "")
    assert "書きかえられたところ (1)" in capsys.readouterr().out
    await editions.publish(settings, newer)
    await editions.roll_back(settings)
    await editions.remove(settings, newer, for_good=True)
    capsys.readouterr()
    await editions.show_all(settings)
    assert [edition, "公開中"] == capsys.readouterr().out.split()[:2]


async def test_a_file_that_cannot_be_read_adds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings, file = Settings(data_dir=tmp_path), tmp_path / "scan.pdf"
    file.write_bytes(b"no PDF at all")
    with pytest.raises(Misconfigured, match="called a PDF"):
        await editions.take_in(settings, file, "")
    await editions.show_all(settings)
    assert "まだありません" in capsys.readouterr().out


async def test_a_coordinator_looks_publishes_and_goes_back_in_private(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    database, now = world.house.database, world.house.clock()
    first = await database.write(lambda session: added(session, FIRST, "前の版"))
    await database.write(lambda session: rows.publish(session, first, now - timedelta(days=1)))
    second = await database.write(lambda session: added(session, SECOND, "今の版", 1))
    listed = await sato.does(Press("editions.show"))
    assert listed and "見る：今の版" in [button.label for button in listed.buttons]
    shown = await sato.presses("見る：今の版")
    assert shown and "支える人も休みます" in shown.body and "4か所" in shown.body
    await sato.presses("公開する")
    assert await database.read(rows.answering) == second
    await sato.does(Press("editions.show"))
    await sato.presses("前の版に戻す")
    assert await database.read(rows.answering) == first
    hana = await world.person("hana", world.telegram)
    for action in ("editions.show", "editions.publish", "editions.rollback"):
        refused = await hana.does(Press(action, second))
        assert refused and "手引き" not in refused.body
    assert await database.read(rows.answering) == first
