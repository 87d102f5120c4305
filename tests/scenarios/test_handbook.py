"""Asking the handbook: what is near with its source, or an honest nothing, and always a way to people."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Command, Press
from bot.store import drafts
from bot.store.drafts import Draft
from bot.store.models import Draft as Row
from bot.store.session import Session
from tests.scenarios.ledger import rows
from tests.world import Person, World

KNOWN = "正直ただの甘えじゃないかと思ってしまう"
OUTSIDE = "おすすめのラーメン屋を教えて"


async def asked(person: Person) -> list[Draft]:
    """What of their questions is kept."""
    now, private = person.world.house.clock(), person.world.event(person, Command("menu")).private

    def read(session: Session) -> list[Draft]:
        ids = [row.id for row in session.rows(select(col(Row.id)).where(col(Row.kind) == "asked"))]
        return [found for each in ids if (found := drafts.take(session, each, private, now))]

    return await person.world.house.database.read(read)


async def test_plain_words_find_at_most_three_entries_and_say_where_they_come_from(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    found = await hana.says(KNOWN)
    assert found
    assert found.title == "近いところ"
    assert found.body.startswith("1. 人間観")
    assert "4. " not in found.body
    assert "厚生労働省の文章ではありません" in found.note
    assert found.body.count("\n（") == 3, "each says where it stands"
    assert "悩みとして相談する" in hana.buttons


async def test_the_command_finds_the_same(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    said, commanded = await hana.says(KNOWN), await ken.commands("ask", KNOWN)
    assert said and commanded and (said.body, said.note) == (commanded.body, commanded.note)


async def test_an_entry_opens_with_its_source_and_leads_on(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.says(KNOWN)
    await hana.presses("くわしく：人間観")
    entry = hana.screen[-1]
    assert entry.title == "【価値】 人間観"
    assert "厚生労働省の文章ではありません" in entry.note
    await hana.does(Press(entry.buttons[0].action, entry.buttons[0].argument))
    assert hana.screen[-1].title != entry.title


async def test_where_nothing_fits_it_says_so_and_offers_people(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await world.group(world.telegram, "広場")
    nothing = await hana.says(OUTSIDE)
    assert nothing
    assert "見つかりませんでした" in nothing.body
    await hana.presses("悩みとして相談する")
    assert hana.sees("どんなことで困っていますか")


@pytest.mark.parametrize("question", ["", "   ", "\u3000\n", "\u200b\u2060", "\x00\x07", "\ud800"], ids=ascii)
async def test_a_question_without_words_is_asked_for(world: World, question: str) -> None:
    hana = await world.person("hana", world.telegram)
    for answer in (await hana.says(question), await hana.commands("ask", question)):
        assert answer
        assert "そのまま送ってください" in answer.body


async def test_the_menu_tells_how_to_ask(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.commands("menu")
    await hana.presses("ハンドブックに聞く")
    assert hana.sees("そのまま送ってください")


async def test_an_english_question_finds_english_words(world: World) -> None:
    ken = await world.person("ken", world.slack)
    await ken.commands("language", "en")
    await ken.does(Press("handbook.entry", "value.human"))
    assert ken.sees("View of the person")
    assert ken.sees("not the ministry's")


async def test_a_question_is_kept_for_half_an_hour_sealed_and_softened_and_then_nowhere(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    before = await rows(world)
    await hana.says(f"田中太郎さんのことです。{KNOWN}")
    await hana.does(Command("ask", OUTSIDE))
    kept = [draft.content["text"] for draft in await asked(hana)]
    assert len(kept) == 2
    assert "田中" not in "".join(kept) and any(KNOWN in each for each in kept)
    assert KNOWN.encode() not in world.files()
    assert await rows(world, "draft") == {name: each for name, each in before.items() if name != "draft"}
    await world.later(minutes=31)
    assert (await rows(world))["draft"] == []


async def test_what_people_say_to_each_other_is_no_question(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    hana.place = await world.group(world.telegram, "広場")
    assert await hana.says(KNOWN) is None
    asked = await hana.commands("ask", KNOWN)
    assert asked
    assert asked.title == "近いところ"


async def test_an_entry_that_is_gone(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    gone = await hana.does(Press("handbook.entry", "value.unheard-of"))
    assert gone
    assert "いまのハンドブックにはありません" in gone.body
