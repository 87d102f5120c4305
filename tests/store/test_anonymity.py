"""Promise 1 against a thief: of the files alone, and of the files with the key after a worry was closed."""

import asyncio
import hashlib
import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copytree

import pytest

from bot.chat.events import Address
from bot.store import items
from bot.store.models import Worry
from bot.store.seal import Keys
from bot.store.session import Session
from tests.store import burglar, community
from tests.store.community import Community, Dump
from tests.world import World, open_world

KEYS = Keys(b"k" * 32)
"""The key that open_world uses."""


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Community:
    """Lived once; every test below opens a copy of what it left on the disk."""

    async def live() -> Community:
        async with open_world(tmp_path_factory.mktemp("past")) as world:
            return await community.live(world)

    return asyncio.run(live())


@pytest.fixture
async def lived(past: Community, tmp_path: Path) -> AsyncIterator[Community]:
    copytree(past.world.folder, tmp_path, dirs_exist_ok=True)
    async with open_world(tmp_path) as world:
        yield past.moved_to(world)


async def dumped(lived: Community) -> Dump:
    return await lived.world.house.database.read(community.dump)


def authors_found(lived: Community, tables: Dump) -> Counter[tuple[str, str]]:
    """Whose address comes out of which table for someone who holds the key."""
    found: Counter[tuple[str, str]] = Counter()
    for table, plain in burglar.opened(tables, KEYS):
        for name, person in lived.people.items():
            if person.id.encode() in plain:
                found[table, name] += 1
    return found


def own_rows(lived: Community) -> Counter[tuple[str, str]]:
    return Counter(("member", name) for name in lived.people)


async def test_no_byte_on_the_disk_names_anyone_or_holds_a_word(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    lived = await community.live(world)
    files = {file.name for file in world.folder.iterdir()}
    assert {"yorisoi.db", "yorisoi.db-wal", "yorisoi.db-shm"} <= files
    assert community.traces(lived, lived.world.files()) == []
    for worry_id in lived.authors:
        await community.close(lived, worry_id)
    assert community.traces(lived, lived.world.files()) == []
    printed = capsys.readouterr()
    assert community.traces(lived, (printed.out + printed.err).encode()) == []


async def test_the_search_itself_would_find_a_name_and_a_piece_of_a_worry(lived: Community) -> None:
    assert community.traces(lived, b"\x00by kenjiro\x00") == ["kenjiro"]
    assert community.traces(lived, b"slack-user-MIOKO") == ["mioko"]
    words = community.WORRIES[1]
    for encoded in (words[3:9].encode(), words[3:9].encode("utf-16-le"), words[3:9].encode("unicode_escape")):
        assert community.traces(lived, b"\x17" + encoded + b"\x00") == [words]


async def test_with_the_key_the_author_of_an_open_worry_can_be_told(lived: Community) -> None:
    def unseal(session: Session) -> dict[str, Address]:
        found = {}
        for row in session.rows(Worry.__table__.select()):  # type: ignore[attr-defined]
            item = items.find(session, row.id)
            assert item is not None
            found[row.id] = item.open_address(row.return_address, "author")
        return found

    reached = await lived.world.house.database.read(unseal)
    assert reached == {worry_id: lived.address(name) for worry_id, name in lived.authors.items()}


async def test_with_the_key_a_thief_finds_the_open_ones_and_after_closing_nobody(lived: Community) -> None:
    open_rows = await dumped(lived)
    expected = own_rows(lived) + Counter(("worry", name) for name in lived.authors.values())
    expected.update({("answer", "kenjiro"): 1, ("answer", "hanako"): 2})
    assert authors_found(lived, open_rows) == expected, "the thief of this test knows how to open what can be opened"

    first, *others = lived.authors
    await community.close(lived, first)
    expected.subtract({("worry", "hanako"): 1, ("answer", "kenjiro"): 1, ("answer", "hanako"): 1})
    assert authors_found(lived, await dumped(lived)) == +expected

    for worry_id in others:
        await community.close(lived, worry_id)
    closed_rows = await dumped(lived)
    assert authors_found(lived, closed_rows) == own_rows(lived)
    assert len(closed_rows["worry"]) == 3, "the rows are still there, and dark"
    assert closed_rows["itemkey"] == closed_rows["answer"] == []


async def test_an_old_backup_without_the_table_of_keys_is_dark_even_with_the_key(lived: Community) -> None:
    backup = {**await dumped(lived), "itemkey": []}
    assert authors_found(lived, backup) == own_rows(lived)


async def test_trying_two_thousand_people_links_nobody_without_the_key(lived: Community) -> None:
    tables = await dumped(lived)
    strangers = [Address(("slack", "telegram")[n % 2], "team", f"slack-user-{n}") for n in range(2000 - 4)]
    candidates = [*strangers, *(lived.address(name) for name in lived.people)]
    assert burglar.linked(tables, candidates) == []
    careless = {"worry": [{"author": hashlib.sha256(lived.people["mioko"].id.encode()).hexdigest()}]}
    assert burglar.linked(careless, candidates) == ["slack-user-mioko"], "the search must notice a plain hash"


async def test_a_thief_with_another_key_opens_nothing(lived: Community) -> None:
    tables = {**await dumped(lived), "itemkey": []}
    assert list(burglar.opened(tables, Keys(os.urandom(32)))) == []


@pytest.mark.parametrize("closed", [False, True])
async def test_no_value_of_a_worry_stands_in_a_row_about_people(lived: Community, closed: bool) -> None:
    """Nor does one worry share a value with another that would tell they have one author."""
    if closed:
        for worry_id in lived.authors:
            await community.close(lived, worry_id)
    tables = await dumped(lived)

    def long_values(*names: str) -> set[object]:
        return {
            value
            for _, value in community.values({name: tables[name] for name in names})
            if isinstance(value, str | bytes) and len(value) > 8
        }

    people = long_values("member", "vote", "draft", "inbox", "conference", "outbox", "place", "volunteer", "duty")
    threads, due = long_values("worry", "answer", "itemkey"), long_values("occurrence")
    assert not threads & people
    assert not due & long_values("member", "inbox", "outbox", "place", "volunteer")
    assert due & threads <= set(lived.authors), "what falls due may say of which worry, and no more"
    owned = [
        {value for value in row.values() if isinstance(value, str | bytes) and len(value) > 8}
        for row in tables["worry"]
    ]
    for index, one in enumerate(owned):
        for other in owned[index + 1 :]:
            assert not one & other


async def test_the_tables_have_no_column_that_could_name_an_author(lived: Community) -> None:
    tables = await dumped(lived)
    columns = {name for row in tables["worry"] + tables["answer"] for name in row}
    assert columns == {
        *(
            "id",
            "pseudonym",
            "places",
            "state",
            "body",
            "return_address",
            "closing_token",
            "opened_at",
            "active_at",
            "closed_at",
            "release_at",
            "held_for",
            "version",
            "label",
            "answered_at",
            "asks_later",
        ),
        *("worry", "seq", "voice", "voice_token", "reader_token", "aside", "name"),
    }, "a new column needs a thought, and then a line here"


async def test_everyone_finds_their_own_worries_through_the_keys(lived: Community) -> None:
    for name in lived.people:
        mine = {worry_id for worry_id, author in lived.authors.items() if author == name}
        assert await community.own_worries(lived, name) == mine
