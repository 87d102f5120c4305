"""Never ignored (story 3): who is called, what they see, what the author sees, and what ends the waiting."""

import asyncio
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from bot.chat.events import Press
from bot.store import month_counts
from bot.store.members import Role
from bot.store.models import Worry
from bot.store.session import Session
from tests.scenarios.community import WORRY
from tests.scenarios.lives import CALL, takes_duty
from tests.world import Person, World

NOTICE = "お知らせがひとつ届いています。"


async def stage(world: World) -> tuple[Person, Person, Person, str]:
    """hana's worry of Tuesday at ten; ken is on duty on Wednesday and Thursday, sato coordinates."""
    await world.group(world.slack, "広場")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    for day in ("11月25日(水)", "11月26日(木)"):
        await takes_duty(ken, day)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    worry = next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument
    return hana, ken, sato, worry


def calls(person: Person) -> int:
    return sum(CALL in message.body for message in person.letters)


async def counted(world: World) -> dict[str, int]:
    months = await world.house.database.read(month_counts.every)
    return dict(months["2026-11"])


async def test_who_is_on_duty_opens_it_and_answers_and_nobody_else_is_called(world: World) -> None:
    hana, ken, sato, _ = await stage(world)
    await world.later(hours=24)
    assert (calls(ken), calls(sato)) == (1, 0)
    await ken.presses("ひらく")
    assert ken.hand[-1].quote == WORRY
    await ken.presses("返信する")
    await ken.fills("まず、お手紙からはいかがでしょう。")
    await hana.presses("ひらく")
    assert hana.sees("お手紙から")
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (1, 0)
    assert await counted(world) == {"shared": 1, "answered": 1}


async def test_the_author_sees_who_was_called_and_nobody_else_does(world: World) -> None:
    hana, ken, _, worry = await stage(world)
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert hana.hand[-1].body == "まだ返信がありません。当番に声をかけました。"
    assert hana.hand[-1].quote == WORRY
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert hana.hand[-1].body == "まだ返信がありません。調整役に声をかけました。"
    refused = await ken.does(Press("unanswered.status", f"{worry}.duty"))
    assert refused
    assert "ここでは見られません" in refused.body
    hana.place = "slack-group-広場"
    aside = await hana.does(Press("unanswered.status", f"{worry}.duty"))
    assert aside
    assert not aside.quote


async def test_an_answer_in_time_calls_nobody(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await world.later(hours=23, minutes=59)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("読みました。")
    told = len(hana.letters)
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (0, 0)
    assert len(hana.letters) == told
    assert await counted(world) == {"shared": 1, "answered": 1, "answered_in_time": 1}


async def test_the_answer_that_comes_late_shows_instead_of_the_old_news(world: World) -> None:
    hana, ken, _, worry = await stage(world)
    await world.later(hours=24)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("読みました。")
    news = next(message for message in hana.letters if message.buttons[0].action == "unanswered.status")
    shown = await hana.does(Press(news.buttons[0].action, news.buttons[0].argument))
    assert shown
    assert shown.body == "返信が1件あります。"


async def test_what_its_author_adds_is_no_answer(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await hana.does(Press("worry.reply", worry))
    await hana.fills("書き忘れたことがあります。")
    await world.later(days=3)
    assert (calls(ken), calls(sato)) == (1, 1)
    assert await counted(world) == {"shared": 1}


async def test_a_closed_worry_calls_nobody(world: World) -> None:
    hana, ken, sato, worry = await stage(world)
    await hana.does(Press("worry.closed", worry))
    await world.later(days=40)
    assert (calls(ken), calls(sato)) == (0, 0)
    assert not [letter for letter in hana.letters if letter.body == NOTICE]
    assert await counted(world) == {"shared": 1, "closed": 1}


async def test_a_hidden_worry_waits_and_goes_on_when_it_is_seen_again(world: World) -> None:
    _, ken, sato, worry = await stage(world)
    await becomes(world, worry, "hidden")
    await world.later(hours=60)
    assert (calls(ken), calls(sato)) == (0, 0)
    await becomes(world, worry, "open")
    await world.later(days=3)
    assert calls(sato) == 1, "two days of waiting are over by then: one call, and nobody is on duty that day"


async def becomes(world: World, worry: str, state: str) -> None:
    def change(session: Session) -> None:
        session.run(update(Worry).where(col(Worry.id) == worry).values(state=state))

    await world.house.database.write(change)


async def test_a_day_nobody_took_falls_to_the_coordinators(world: World) -> None:
    await world.group(world.slack, "広場")
    hana, sato = await world.person("hana", world.slack), await world.person("sato", world.telegram, Role.COORDINATOR)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    await world.later(hours=24)
    assert calls(sato) == 1
    await hana.presses("ひらく")
    assert "調整役に声をかけました" in hana.hand[-1].body


async def test_where_nobody_can_be_called_the_author_is_told_so(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    await world.later(hours=24)
    await hana.presses("ひらく")
    assert "声をかけられる当番も調整役もいません" in hana.hand[-1].body


async def test_an_author_on_duty_is_called_like_the_others(world: World) -> None:
    """Who is left out of a call would be known by it."""
    hana, ken, _, _ = await stage(world)
    await takes_duty(hana, "11月25日(水)")
    await world.later(hours=24)
    assert (calls(hana), calls(ken)) == (1, 1)


async def test_whoever_takes_no_turns_does_not_open_it(world: World) -> None:
    _, _, _, worry = await stage(world)
    mori = await world.person("mori", world.telegram)
    refused = await mori.does(Press("unanswered.open", worry))
    assert refused
    assert not refused.quote
    assert "当番の方か調整役" in refused.body


async def test_ticks_that_repeat_and_race_call_once(world: World) -> None:
    hana, ken, _, _ = await stage(world)
    await world.later(hours=23)
    told = len(hana.letters)
    world.house.clock.advance(timedelta(hours=1))
    now = world.house.clock()
    await asyncio.gather(*(world.house.run_due(now) for _ in range(8)), *(world.house.runner.tick() for _ in "abc"))
    await world.house.settled()
    assert calls(ken) == 1
    assert len(hana.letters) == told + 1
