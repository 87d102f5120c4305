"""Asking the handbook: what is near with its source, or an honest nothing, and always a way to people."""

import pytest

from bot.chat.events import Command, Press
from tests.scenarios.ledger import rows
from tests.world import World

KNOWN = "正直ただの甘えじゃないかと思ってしまう"
OUTSIDE = "おすすめのラーメン屋を教えて"


async def test_plain_words_find_at_most_three_entries_and_say_where_they_come_from(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    found = await hana.says(KNOWN)
    assert found
    assert found.title == "近いところ"
    assert found.body.startswith("1. 人間観")
    assert "4. " not in found.body
    assert "厚生労働省の文章ではありません" in found.note
    assert found.buttons[-1].label == "悩みとして相談する"


async def test_the_command_finds_the_same(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    assert await hana.says(KNOWN) == await ken.commands("ask", KNOWN)


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


async def test_a_question_is_kept_nowhere(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    before = await rows(world)
    await hana.says(KNOWN)
    await hana.does(Command("ask", OUTSIDE))
    assert await rows(world) == before
    assert KNOWN.encode() not in world.files()


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
