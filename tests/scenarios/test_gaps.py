"""まだ答えのないこと and 項目への声: for coordinators alone, in no order and no number that tells who."""

import secrets
from datetime import timedelta

from bot.chat.events import Press
from bot.scheduler import jobs
from bot.store.handbook_models import Gap, Opinion
from bot.store.session import Session
from tests.scenarios.community import community
from tests.scenarios.ledger import counts
from tests.world import World

LAST_MONTH, THIS_MONTH = "2026-10", "2026-11"


async def left(world: World, month: str, *questions: str) -> None:
    def write(session: Session) -> None:
        for each in questions:
            gap_id = secrets.token_urlsafe(16)
            session.insert(Gap, id=gap_id, month=month, body=session.keys.box.seal(each.encode(), f"gap:{gap_id}"))

    await world.house.database.write(write)


async def said(world: World, entry: str, useful: int, different: int) -> None:
    def write(session: Session) -> None:
        for number, value in enumerate(["useful"] * useful + ["different"] * different):
            session.insert(Opinion, id=f"{entry}{number}", token=f"{entry}-{number}", entry=entry, value=value)

    await world.house.database.write(write)


async def test_this_months_wait_until_nobody_can_tell_whose_they_are(world: World) -> None:
    _, ken, sato = await community(world)
    await left(world, LAST_MONTH, "就労の前の居場所はありますか")
    await left(world, THIS_MONTH, "家族会はどこですか", "夜に会える場所は")
    await sato.commands("community")
    shown = await sato.presses("まだ答えのないこと")
    assert shown and "就労の前" in shown.quote
    assert "家族会" not in shown.quote
    await left(world, THIS_MONTH, "費用はかかりますか")
    shown = await sato.does(Press("gaps.show"))
    assert shown and all(each in shown.quote for each in ("家族会", "夜に", "費用", "就労"))
    refused = await ken.does(Press("gaps.show"))
    assert refused and "調整役の方ができること" in refused.body


async def test_what_is_settled_is_erased_once(world: World) -> None:
    _, _, sato = await community(world)
    await left(world, LAST_MONTH, *(f"{number}番目の質問" for number in range(7)))
    await sato.does(Press("gaps.show"))
    await sato.presses("つづき")
    await sato.presses("7番を片づけた")
    assert (await counts(world))["gap"] == 6
    again = await sato.presses("7番を片づけた")
    assert again and "もう片づいて" in again.body


async def test_after_twelve_months_they_are_gone(world: World) -> None:
    await left(world, THIS_MONTH, "家族会はどこですか")
    await left(world, "2025-10", "むかしの質問")

    def forget(session: Session) -> None:
        jobs.forget_old(session, world.house.clock(), world.house.keep, world.house.text)

    await world.house.database.write(forget)
    assert (await counts(world))["gap"] == 1
    world.house.clock.advance(timedelta(days=400))
    await world.house.database.write(forget)
    assert (await counts(world))["gap"] == 0


async def test_what_needs_a_look_stands_first_and_few_are_not_shown(world: World) -> None:
    _, _, sato = await community(world)
    await said(world, "item.1", useful=9, different=1)
    await said(world, "item.2", useful=0, different=6)
    await said(world, "item.3", useful=1, different=3)
    await said(world, "no.longer.there", useful=5, different=5)
    await sato.commands("community")
    shown = await sato.presses("項目への声")
    assert shown
    assert [line.split("　")[1:] for line in shown.body.splitlines()] == [
        ["役に立った 0", "違う 6"],
        ["役に立った 9", "違う 5未満"],
    ]
    await sato.does(Press(shown.buttons[0].action, shown.buttons[0].argument))
    assert sato.hand[-1].title.endswith("意向の確認")
