"""その後どうですか (story 9): asked kindly after 7 and 30 days, answered by one press, put off, or stopped for good."""

from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Press
from bot.store.models import Occurrence
from bot.store.session import Session
from tests.scenarios.following import answered, asked, asks, go_to, opens, shared
from tests.scenarios.lives import tokyo
from tests.world import FakePlatform, World

NOTICE = "お知らせがひとつ届いています。"
QUESTION = "その後、いかがですか"
GONE = "閉じられたか、ここでは見られません"


async def test_asked_after_seven_and_thirty_days_in_the_morning(world: World, platform: FakePlatform) -> None:
    """Thirty days later is Christmas Eve, a Thursday."""
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    for moment, times in (("12-01 08:29", 0), ("12-01 08:30", 1), ("12-24 08:29", 1), ("12-24 08:30", 2)):
        await go_to(world, f"2026-{moment}")
        assert len(asked(hana)) == times, moment
    assert [letter.body for letter in asked(hana)] == [NOTICE, NOTICE]
    assert QUESTION in (await opens(hana)).body
    await world.later(days=60)
    assert len(asked(hana)) == 2


async def test_never_on_a_day_of_rest(world: World) -> None:
    await go_to(world, "2026-11-28 10:00")
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-07 08:29")
    assert not asked(hana)
    await go_to(world, "2026-12-07 08:30")
    assert len(asked(hana)) == 1, "seven days later is a Saturday"
    await go_to(world, "2027-01-04 08:30")
    assert len(asked(hana)) == 2, "thirty days later is Monday 28 December, a day of work"


async def test_a_house_that_comes_back_in_the_afternoon_asks_next_morning(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    world.house.clock.advance(tokyo("2026-12-01 14:00") - world.house.clock())
    await world.later(seconds=0)
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1


async def test_never_into_an_open_dialogue(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-11-30 20:00")
    await hana.commands("worry")
    await go_to(world, "2026-12-01 20:00")
    assert not asked(hana), "a question is open since yesterday"
    await hana.presses("やめる")
    await go_to(world, "2026-12-02 08:29")
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1


async def test_never_over_an_open_dialog(world: World) -> None:
    hana = await world.person("hana", world.slack)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 08:10")
    await hana.commands("worry")
    await go_to(world, "2026-12-01 20:00")
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1, "nothing tells that it was closed; after an hour it is taken for that"


async def test_an_open_question_is_never_broken_however_long(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-11-30 20:00")
    await hana.commands("worry")
    await go_to(world, "2026-12-07 19:59")
    assert not asked(hana)
    await go_to(world, "2026-12-08 08:30")
    assert len(asked(hana)) == 1, "the draft was forgotten after seven days"


async def test_nothing_says_afterwards_when_it_was_asked(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    worry = await shared(world, hana)
    await answered(world, worry)
    await go_to(world, "2026-12-01 12:00")

    def left(session: Session) -> list[bool]:
        rows = session.rows(select(col(Occurrence.done)).where(col(Occurrence.kind) == "following_up.ask"))
        return [row.done for row in rows]

    assert await world.house.database.read(left) == [False], "only what is still to come"


async def test_later_asks_once_more_and_never_asks_no_more(world: World, platform: FakePlatform) -> None:
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("あとで")
    await go_to(world, "2026-12-04 08:29")
    assert len(asked(hana)) == 1
    await go_to(world, "2026-12-04 08:30")
    assert len(asked(hana)) == 2
    await opens(hana)
    await hana.presses("あとで")
    await opens(hana)
    await hana.presses("もう聞かないで")
    await world.later(days=60)
    assert len(asked(hana)) == 2


async def test_who_left_is_not_asked(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await shared(world, hana)
    await hana.does(Press("mydata.erased"))
    told = len(hana.letters)
    await world.later(days=60)
    assert len(hana.letters) == told


async def test_all_that_were_shared_on_a_day_are_asked_at_one_moment(world: World) -> None:
    """The moment of the question says nothing of the moment of the worry."""
    people = [await world.person(name, world.telegram) for name in ("hana", "mori")]
    for person in people:
        await shared(world, person)
        await world.later(hours=3)
    await go_to(world, "2026-12-01 12:00")
    moments = {post.at for post in world.telegram.posts if asks(post.message)}
    assert moments == {tokyo("2026-12-01 08:30")}
