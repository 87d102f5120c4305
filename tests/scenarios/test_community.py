"""/community: numbers that tell of nobody, for coordinators alone."""

from bot.store import month_counts
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.community import community, shared
from tests.world import Person, World


async def asks(person: Person) -> str:
    answer = await person.commands("community")
    assert answer
    return answer.body


async def test_a_coordinator_sees_what_waits_and_no_small_number(world: World) -> None:
    hana, ken, sato = await community(world)
    await shared(world, hana)
    await world.later(hours=30)
    body = await asks(sato)
    assert "開いている悩み：5未満" in body
    assert "まだ数が少ない" in body
    assert "30時間" in body
    assert "これは調整役の方" in await asks(ken)


async def test_it_is_not_told_where_others_read_along(world: World) -> None:
    _, _, sato = await community(world)
    sato.place = "slack-group-広場"
    assert "ふたりだけ" in await asks(sato)


async def test_the_months_that_are_over_come_as_a_picture_and_a_table(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.commands("community")
    nothing = await sato.presses("月ごとの数")
    assert nothing
    assert "まだありません" in nothing.body

    def twenty(session: Session) -> None:
        for _ in range(20):
            month_counts.add(session, "shared", world.house.clock(), world.house.rules.zone)

    await world.house.database.write(twenty)
    await world.later(days=10)
    told = await sato.presses("月ごとの数")
    assert told
    assert "2026-11　悩み 20　返信のついた悩み 0" in told.body
    assert [file.name for file in sato.files] == ["months.png", "months.csv"]
