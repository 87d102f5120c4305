"""What peers learned stands beside the handbook where it speaks of what is asked, and nowhere else."""

from bot.store import learnings
from bot.store.session import Session
from tests.scenarios.community import community
from tests.scenarios.test_handbook import KNOWN, OUTSIDE
from tests.world import World

LETTERS = "本人に会えないときは、短い手紙を置いて帰ることを続けました。"


async def leave(world: World, words: str) -> None:
    def put(session: Session) -> None:
        learnings.leave(session, words, world.house.clock(), world.house.rules)

    await world.house.database.write(put)
    await world.later(days=4)
    for each in await world.house.database.read(learnings.waiting):
        await world.house.database.write(lambda session, which=each.id: learnings.release(session, which))  # type: ignore[misc]


async def test_it_is_shown_with_its_month_where_it_fits(world: World) -> None:
    hana, _, _ = await community(world)
    await leave(world, LETTERS)
    found = await hana.says("本人に会えないとき、手紙はどう書けばいいですか")
    assert found
    assert found.quote == f"{LETTERS}（2026-11）"
    assert "仲間が学んだこと" in found.body


async def test_it_keeps_quiet_where_it_does_not_fit(world: World) -> None:
    hana, _, _ = await community(world)
    await leave(world, LETTERS)
    for question in (KNOWN, OUTSIDE):
        answer = await hana.says(question)
        assert answer
        assert answer.quote == ""
        assert "学んだこと" not in answer.body


async def test_what_no_coordinator_has_read_is_not_shown(world: World) -> None:
    hana, _, _ = await community(world)

    def put(session: Session) -> None:
        learnings.leave(session, LETTERS, world.house.clock(), world.house.rules)

    await world.house.database.write(put)
    await world.later(days=4)
    found = await hana.says("本人に会えないとき、手紙はどう書けばいいですか")
    assert found
    assert found.quote == ""
