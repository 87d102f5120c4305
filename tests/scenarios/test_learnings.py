"""学んだこと: left after closing, read by a coordinator, shown to everybody, and leading back to nothing."""

import pytest

from bot.chat.events import Press
from bot.store import learnings, occurrences
from bot.store.learnings import ARRIVES, ARRIVES_WITHIN
from bot.store.members import Role
from tests.scenarios.community import community, shared
from tests.scenarios.ledger import counts, rows
from tests.world import Person, World

LEARNED = "返事がなくても、手紙は読まれていました。待つことも支援でした。"


async def closes(person: Person, worry: str) -> None:
    await person.does(Press("worry.closed", worry))
    assert person.sees("学んだことをひとこと残せます")


async def leaves(person: Person, words: str = LEARNED) -> None:
    await person.presses("学んだことを残す")
    await person.fills(words)


async def released(world: World) -> list[str]:
    return [each.text for each in await world.house.database.read(learnings.released)]


async def test_what_was_learned_waits_for_a_coordinator_and_then_everybody_may_read_it(world: World) -> None:
    hana, _, sato = await community(world)
    await closes(hana, await shared(world, hana))
    await leaves(hana)
    told = len(sato.letters)
    await world.later(days=4)
    assert len(sato.letters) == told, "a letter would tell which worry was just closed"
    assert await released(world) == []
    await sato.commands("mydata")
    await sato.presses("調整役の仕事")
    shown = await sato.presses("学んだことの確認")
    assert shown and shown.quote == LEARNED
    assert "2026-11" in shown.body
    await sato.presses("みなさんに見せる")
    assert await released(world) == [LEARNED]
    again = await sato.presses("みなさんに見せる")
    assert again and "もう確認が済んでいます" in again.body
    empty = await sato.does(Press("learning.check"))
    assert empty and "ありません" in empty.body


async def test_what_is_put_aside_is_erased(world: World) -> None:
    hana, _, sato = await community(world)
    await leaves_something(hana, world)
    await world.later(days=4)
    await sato.does(Press("learning.check"))
    await sato.presses("見送る（消す）")
    assert (await counts(world))["learning"] == 0
    assert LEARNED.encode() not in world.files()


async def leaves_something(person: Person, world: World) -> None:
    await closes(person, await shared(world, person))
    await leaves(person)


async def test_nothing_has_to_be_left_and_later_is_fine(world: World) -> None:
    hana, _, _ = await community(world)
    await closes(hana, await shared(world, hana))
    await hana.presses("学んだことを残す")
    await hana.presses("あとで")
    assert (await counts(world))["learning"] == 0
    await hana.commands("menu")
    await hana.presses("書きかけの続き")
    await hana.fills(LEARNED)
    assert (await counts(world))["learning"] == 1


async def test_no_row_leads_from_it_to_the_worry_the_person_or_the_moment(world: World) -> None:
    hana, _, _ = await community(world)
    worry = await shared(world, hana)
    before = await rows(world)
    await closes(hana, worry)
    await leaves(hana)
    kept = await rows(world)
    (row,) = kept["learning"]
    assert row[1:3] == ("2026-11", "resting")
    known = {each for table in (before, {**kept, "learning": [], "occurrence": []}) for found in table.values()
             for values in found for each in values if isinstance(each, str | bytes) and len(each) > 8}  # fmt: skip
    assert not {row[0], row[3]} & known
    planned = [each for each in kept["occurrence"] if each[1] == ARRIVES]
    assert len(planned) == 1
    await world.later(days=4)
    left = await rows(world)
    assert not [each for each in left["occurrence"] if each[1] == ARRIVES], "nothing says when it came"
    assert left["learning"][0][2] == "waiting"


async def test_it_comes_into_view_at_a_moment_that_tells_nothing(world: World) -> None:
    await community(world)
    ken = world.people[1]
    for number in range(5):
        await ken.does(Press("learning.begin"))
        await ken.fills(f"{number}番目に学んだこと")
    until = world.house.clock() + ARRIVES_WITHIN
    due = await world.house.database.read(lambda session: occurrences.due(session, until))
    moments = [each.due_at for each in due if each.kind == ARRIVES]
    assert len(set(moments)) == 5


async def test_it_is_not_in_the_copy_and_stays_when_one_leaves(world: World) -> None:
    """Nobody could find it: that is what makes it safe to leave."""
    hana, _, _ = await community(world)
    await leaves_something(hana, world)
    copied = await hana.does(Press("mydata.export"))
    assert copied and LEARNED not in copied.quote
    await hana.does(Press("mydata.erased"))
    assert (await counts(world))["learning"] == 1


@pytest.mark.parametrize("words", ["あ" * 301, " \u200b "])
async def test_too_much_and_nothing_are_said_kindly(world: World, words: str) -> None:
    _, ken, _ = await community(world)
    await ken.does(Press("learning.begin"))
    said = await ken.fills(words)
    assert said and ("300文字まで" in said.body or "何も書かれていない" in said.body)
    assert (await counts(world))["learning"] == 0


async def test_supporters_decide_nothing(world: World) -> None:
    hana, ken, _ = await community(world)
    assert await world.person("mori", world.slack, Role.COORDINATOR)
    await leaves_something(hana, world)
    for action in ("check", "release", "hide"):
        said = await ken.does(Press(f"learning.{action}", "anything"))
        assert said and "調整役の方ができること" in said.body
