"""A poll that shows names: the ones people chose for themselves, in words and as a picture; nobody has to give one."""

from dataclasses import replace

from bot.chat.events import Press
from bot.store import conferences
from tests.scenarios.conferences import MANY, THEME, card, fresh, in_group, proposed
from tests.scenarios.ledger import counts
from tests.world import World, spoken


async def shown_by_name(world: World, conference: str) -> None:
    await world.house.database.write(lambda session: conferences.change(session, conference, hidden=False))


async def test_where_names_are_shown_they_are_the_ones_people_chose(world: World) -> None:
    _, conference = await proposed(world)
    await shown_by_name(world, conference)
    hana, ken = await world.person("hana", world.telegram), await in_group(world, "ken", world.slack)
    await hana.does(Press("conference.pad", conference))
    assert hana.sees("呼び名はつけなくても大丈夫です")
    await hana.does(Press("conference.mark", f"{conference}.1.yes"))
    await hana.presses("呼び名をつける")
    await hana.fills("  *あおい*\n<b> ")
    assert "呼び名をつけています" in hana.screen[-1].note
    await ken.presses("① ◯")
    await fresh(world)
    for platform in (world.slack, world.telegram):
        assert card(platform).quote == f"{THEME}\n①◯ *あおい* <b>、名前なし", "people's words stand in the quote"
        assert "あおい" not in spoken(replace(card(platform), quote=""))
    await hana.does(Press("mydata.erased"))
    await fresh(world)
    assert card(world.slack).quote == f"{THEME}\n①◯ 名前なし", "who leaves takes the name and the vote along"
    assert (await counts(world))["vote"] == 1


async def test_a_name_can_be_taken_back_and_is_short(world: World) -> None:
    _, conference = await proposed(world)
    await shown_by_name(world, conference)
    ken = await world.person("ken", world.slack)
    await ken.does(Press("conference.set", f"{conference}.1.no"))
    await ken.presses("呼び名をつける")
    await ken.fills("名" * 13)
    assert ken.form, "it comes back with what was written"
    await ken.fills("名" * 12)
    await fresh(world)
    assert f"①✕ {'名' * 12}" in card(world.slack).quote
    await ken.presses("呼び名をつける")
    assert ken.form
    assert ken.form.fields[0].value == "名" * 12
    await ken.fills("")
    await fresh(world)
    assert card(world.slack).quote == f"{THEME}\n①✕ 名前なし"


async def test_where_names_are_hidden_nobody_can_give_one(world: World) -> None:
    _, conference = await proposed(world)
    ken = await world.person("ken", world.slack)
    await ken.does(Press("conference.set", f"{conference}.1.no"))
    assert "呼び名をつける" not in ken.buttons
    refused = await ken.does(Press("conference.name", conference))
    assert refused
    assert refused.body == "この日程では、名前は出ません。"
    assert ken.form is None


async def test_the_table_as_a_picture_and_in_words(world: World) -> None:
    _, conference = await proposed(world, MANY)
    await shown_by_name(world, conference)
    hana = await world.person("hana", world.telegram)
    for name in ("$x^$", "😀かえで"):
        await hana.does(Press("conference.set", f"{conference}.8.maybe"))
        await hana.does(Press("conference.name", conference))
        await hana.fills(name)
        words = await hana.does(Press("conference.picture", conference))
        assert words
        assert "⑧ 12月8日(火) 14:00　◯0 △1 ✕0" in words.body
        assert words.quote == THEME, "the names of so many dates stand on the pages"
        await hana.does(Press("conference.page", f"{conference}.2"))
        assert hana.screen[-1].quote.endswith(f"⑧△ {name}")
        assert "Slack ではファイルを使わない" in words.note
    assert [file.name for file in hana.files] == ["dates.png", "dates.png"]
    assert all(file.content.startswith(b"\x89PNG") for file in hana.files)
