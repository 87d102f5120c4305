"""当番: days are taken, swapped and skipped by those who take turns, on both platforms; nobody is put on duty."""

from bot.chat.events import Press
from bot.store import rota
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.ledger import counts
from tests.world import Person, World

WEDNESDAY, THURSDAY = "11月25日(水)", "11月26日(木)"
OFFERED = "当番を代わってくださる方をさがしています。"
TODAY = "きょうの当番をお願いしています"


async def takes_turns(person: Person) -> None:
    await person.commands("menu")
    await person.presses("当番")
    await person.presses("当番に加わる")


async def takes(person: Person, day: str) -> None:
    await person.does(Press("duty.show"))
    await person.presses(f"{day} を引き受ける")


async def pair(world: World) -> tuple[Person, Person]:
    """ken (Slack) and mori (Telegram) take turns; it is Tuesday, ten o'clock."""
    ken, mori = await world.person("ken", world.slack), await world.person("mori", world.telegram)
    for person in (ken, mori):
        await takes_turns(person)
    return ken, mori


def days(person: Person) -> list[str]:
    return [line for line in person.screen[-1].body.splitlines() if "　" in line]


async def on_duty(world: World, day: int) -> list[str]:
    """Who would be called on this day of November at noon."""
    noon = world.house.clock().replace(day=day, hour=3)
    found = await world.house.database.read(lambda session: rota.on_duty(session, noon, world.house.rules))
    return sorted(each.address.channel for each in found)


async def test_two_weeks_of_working_days_are_shown_without_a_name(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, WEDNESDAY)
    await mori.does(Press("duty.show"))
    assert len(days(mori)) == 10
    assert days(mori)[:3] == ["11月24日(火)　まだいません", "11月25日(水)　1人", "11月26日(木)　まだいません"]
    assert not any("土" in day or "日)" in day for day in days(mori))
    await takes(mori, WEDNESDAY)
    assert days(mori)[1] == "11月25日(水)　あなた、ほかに1人"
    assert await on_duty(world, 25) == ["slack-user-ken", "telegram-user-mori"]


async def test_after_hours_today_is_over(world: World) -> None:
    ken, _ = await pair(world)
    await world.later(hours=8)
    await ken.does(Press("duty.show"))
    assert days(ken)[0].startswith(WEDNESDAY)
    refused = await ken.does(Press("duty.take", "2026-11-24"))
    assert refused
    assert "もう選べません" in refused.body


async def test_whoever_is_on_duty_is_reminded_when_it_begins_once(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, WEDNESDAY)
    await ken.does(Press("duty.skip", "2026-11-25"))
    await ken.does(Press("duty.take", "2026-11-25"))
    await world.later(hours=22, minutes=29)
    assert not ken.letters
    await world.later(minutes=1)
    assert [TODAY in letter.body for letter in ken.letters] == [True]
    await world.later(days=3)
    assert len(ken.letters) == 1
    assert not mori.letters


async def test_who_skips_is_not_reminded_and_the_day_falls_to_the_coordinators(world: World) -> None:
    ken, _ = await pair(world)
    await world.person("sato", world.slack, Role.COORDINATOR)
    await takes(ken, WEDNESDAY)
    await ken.presses("11月25日(水)（あなた）")
    await ken.presses("この日は休む")
    assert ken.hand[-1].body == "あなたはお休み"
    assert await on_duty(world, 25) == ["slack-user-sato"]
    await world.later(days=2)
    assert not ken.letters


async def test_a_day_is_swapped_and_the_first_who_takes_it_has_it(world: World) -> None:
    ken, mori = await pair(world)
    abe = await world.person("abe", world.telegram)
    await takes_turns(abe)
    await takes(ken, WEDNESDAY)
    await ken.presses("11月25日(水)（あなた）")
    await ken.presses("代わりをさがす")
    assert await on_duty(world, 25) == ["slack-user-ken"], "it is his until somebody has it"
    assert [letter.body for letter in mori.letters] == [letter.body for letter in abe.letters] == [OFFERED]
    assert not ken.letters
    await mori.presses("ひらく")
    await abe.presses("ひらく")
    await mori.presses("代わる")
    assert await on_duty(world, 25) == ["telegram-user-mori"]
    assert ken.letters[-1].body == "11月25日(水) の当番は、代わってもらえました。"
    late = await abe.presses("代わる")
    assert late
    assert "もうほかの方が引き受けて" in late.body
    assert await on_duty(world, 25) == ["telegram-user-mori"]


async def test_who_offered_a_day_may_come_after_all(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, WEDNESDAY)
    await ken.does(Press("duty.offer", "2026-11-25"))
    await ken.presses("やっぱり出る")
    refused = await mori.does(Press("duty.take_over", "2026-11-25"))
    assert refused
    assert await on_duty(world, 25) == ["slack-user-ken"]


async def test_nobody_is_asked_at_night(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, THURSDAY)
    await world.later(hours=12)
    await ken.does(Press("duty.offer", "2026-11-26"))
    assert not mori.letters
    await world.later(hours=10, minutes=29)
    assert not mori.letters
    await world.later(minutes=1)
    assert [letter.body for letter in mori.letters] == [OFFERED]


async def test_coordinators_ask_and_put_nobody_on_duty(world: World) -> None:
    ken, mori = await pair(world)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    hana = await world.person("hana", world.telegram)
    await sato.does(Press("duty.show"))
    await sato.presses("いない日をお願いする")
    await sato.does(Press("duty.ask"))
    for person in (ken, mori):
        assert ["まだ当番のいない日" in letter.body for letter in person.letters] == [True], "once a day at most"
    assert not hana.letters
    assert (await counts(world))["duty"] == 0
    await mori.presses("当番をひらく")
    await mori.presses(f"{WEDNESDAY} を引き受ける")
    assert await on_duty(world, 25) == ["telegram-user-mori"]
    for person in (ken, mori):
        refused = await person.does(Press("duty.ask"))
        assert refused
        assert "調整役の方ができること" in refused.body


async def test_a_day_that_is_none_is_refused(world: World) -> None:
    ken, _ = await pair(world)
    for action in ("duty.take", "duty.offer", "duty.skip", "duty.take_over", "duty.day"):
        for day in ("", "2026-11-24T10:00", "2026-11-28", "2026-11-23", "2027-11-25", "x", "９" * 8):
            refused = await ken.does(Press(action, day))
            assert refused, (action, day)
            assert not refused.title, (action, day)
    assert (await counts(world))["duty"] == 0


async def test_whoever_takes_no_turns_takes_no_day(world: World) -> None:
    ken, _ = await pair(world)
    hana = await world.person("hana", world.telegram)
    await takes(ken, WEDNESDAY)
    await ken.does(Press("duty.offer", "2026-11-25"))
    for action in ("duty.take", "duty.take_over"):
        refused = await hana.does(Press(action, "2026-11-25"))
        assert refused
        assert "当番に加わる" in refused.body
    for action in ("duty.offer", "duty.skip"):
        await hana.does(Press(action, "2026-11-25"))
    assert await on_duty(world, 25) == ["slack-user-ken"]


async def test_who_stops_or_leaves_is_on_duty_no_more(world: World) -> None:
    ken, mori = await pair(world)
    await world.person("sato", world.slack, Role.COORDINATOR)
    for person in (ken, mori):
        await takes(person, WEDNESDAY)
    await ken.does(Press("duty.stop"))
    assert await on_duty(world, 25) == ["telegram-user-mori"]
    await mori.does(Press("mydata.erased"))
    assert await on_duty(world, 25) == ["slack-user-sato"]
    kept = await counts(world)
    assert kept["duty"] == kept["volunteer"] == 0


async def test_ones_own_days_are_among_ones_own_data(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, WEDNESDAY)
    assert "引き受けた当番：1日" in (await said(ken, "mydata"))
    assert "引き受けた当番：0日" in (await said(mori, "mydata"))
    page = await ken.presses("書き出す")
    assert page
    assert "2026-11-25" in page.quote


async def said(person: Person, command: str) -> str:
    answer = await person.commands(command)
    assert answer
    return answer.body


async def test_days_that_are_over_are_forgotten(world: World) -> None:
    """Who was on duty when an answer came could have written it."""
    ken, _ = await pair(world)
    await takes(ken, WEDNESDAY)
    await world.later(days=4)
    assert (await counts(world))["duty"] == 0


async def test_two_who_press_at_once_do_not_both_have_the_day(world: World) -> None:
    ken, mori = await pair(world)
    await takes(ken, WEDNESDAY)
    await ken.does(Press("duty.offer", "2026-11-25"))

    def both(session: Session) -> int:
        now, rules = world.house.clock(), world.house.rules
        rota.volunteer(session, "third")
        rota.take_over(session, "third", "2026-11-25", now, rules)
        return len(rota.own_days(session, "third"))

    assert await world.house.database.write(both) == 1
    refused = await mori.does(Press("duty.take_over", "2026-11-25"))
    assert refused
    assert "もうほかの方が引き受けて" in refused.body
