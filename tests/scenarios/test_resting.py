"""A rest: it begins the next working morning, stops what would reach others, and tells nobody whose it is."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlmodel import col

from bot.chat.events import Press
from bot.store.models import Worry
from tests.scenarios.community import WORRY, community, shared
from tests.scenarios.danger import SELF, signs
from tests.scenarios.ledger import rows
from tests.scenarios.watching import ANSWER, JA, code_for, crowd, looks, paused, reports, stands
from tests.world import Person, World, spoken

__all__ = ["signs"]


async def test_a_rest_begins_the_next_working_morning_and_ends_by_itself(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    said = await paused(sato, worry, 1)
    assert "11月25日(水) 9:00" in said.body or "11月25日(水) 09:00" in said.body
    await hana.commands("worry")
    await hana.fills("もうひとつ、聞いてください。")
    await hana.presses("この内容で届ける")
    assert stands(world, "もうひとつ"), "it has not begun"
    await world.later(days=1)
    await hana.commands("worry")
    await hana.fills("みっつめです。")
    told = await hana.presses("この内容で届ける")
    assert told and "お休み" in told.body and "11月26日(木)" in told.body
    assert not stands(world, "みっつめ")
    await ken.commands("worry")
    await ken.fills("わたしからも。")
    await ken.presses("この内容で届ける")
    assert stands(world, "わたしからも")
    await world.later(days=1)
    await hana.presses("この内容で届ける")
    assert stands(world, "みっつめ"), "the preview was kept, and the rest is over"


async def test_whoever_rests_writes_and_reports_nothing_but_reads_closes_and_asks(world: World) -> None:
    hana, ken, sato = await community(world)
    worry, other = await shared(world, ken), ""
    await hana.commands("worry")
    await hana.fills("ほかの人の悩みです。")
    await hana.presses("この内容で届ける")
    other = next(p.message for p in world.slack.posts if p.message.quote == "ほかの人の悩みです。").buttons[0].argument
    await hana.does(Press("worry.reply", worry))
    await hana.fills(ANSWER)
    await paused(sato, worry, 30)
    await world.later(days=2)
    await ken.does(Press("worry.reply", other))
    kept = await ken.fills("そばにいます。")
    assert kept and "お休み" in kept.body
    said = await ken.does(Press("report.send", f"{other}.harsh"))
    assert said and "お休み" in said.body
    shown = await looks(sato, other)
    assert "1人" not in shown.body
    for action in ("worry.understood", "answer.thank"):
        said = await ken.does(Press(action, other if action == "worry.understood" else answer_in(ken)))
        assert said and "お休み" in said.body
    assert (await rows(world))["reaction"] == []
    menu = await ken.commands("menu")
    assert menu and JA["forms.resume"] in [button.label for button in menu.buttons], "what was written rests"
    read = await ken.presses(JA["worry.open"])
    assert read and read.quote == ANSWER
    asked = await ken.commands("ask", "居場所")
    assert asked and "お休み" not in asked.body
    closed = await ken.does(Press("worry.closed", worry))
    assert closed and JA["worry.closed"] in closed.body


async def test_leaving_and_coming_again_lifts_no_rest(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await paused(sato, worry, 30)
    before = (await rows(world))["pause"]
    await world.later(days=2)
    await hana.does(Press("mydata.erased"))
    assert (await rows(world))["pause"] == before
    code = await code_for(world)
    await hana.commands("join", code)
    await hana.commands("worry")
    await hana.fills(WORRY)
    told = await hana.presses("この内容で届ける")
    assert told and "お休み" in told.body
    await world.later(days=31)
    assert (await rows(world))["pause"] == []


async def test_those_who_report_in_bad_faith_may_be_asked_to_rest_too(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    gang = [ken, *await crowd(world, "abe", "mori")]
    for person in gang:
        await reports(person, worry)
    await paused(sato, worry, 7, "reporters")
    await world.later(days=2)
    for person in gang:
        said = await person.does(Press("report.send", f"{worry}.harsh"))
        assert said and "お休み" in said.body
    await hana.commands("worry")
    await hana.fills("わたしは書けます。")
    await hana.presses("この内容で届ける")
    assert stands(world, "わたしは書けます")


async def test_a_longer_rest_stays_and_a_shorter_one_does_not_shorten_it(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    said = [await paused(sato, worry, days) for days in (7, 30, 1)]
    assert len({spoken(each) for each in said}) == 1, "nobody sees by the answer who rests already"
    ((_, begins, ends),) = (await rows(world))["pause"]
    assert ends - begins == timedelta(days=30)  # type: ignore[operator]


def answer_in(person: Person) -> str:
    """The id of the answer that a notice in front of this person leads to."""
    return next(b.argument for letter in person.letters for b in letter.buttons if b.action == "worry.read")


@pytest.mark.usefixtures("signs")
async def test_whoever_rests_still_talks_with_who_is_on_duty(world: World) -> None:
    hana, _, sato = await community(world)
    await paused(sato, await shared(world, hana), 30)
    await world.later(days=2)
    await hana.commands("worry")
    await hana.fills(SELF)
    await hana.presses("自分のこと")
    await hana.presses("当番に知らせる")
    await world.later(minutes=1)
    left = await _left(world)
    seen = await sato.does(Press("danger.open", left))
    assert seen and seen.quote == SELF
    await sato.does(Press("danger.answer", left))
    await sato.fills("ここにいます。")
    await hana.presses(JA["worry.open"])
    await hana.presses(JA["worry.respond"])
    said = await hana.fills("ありがとうございます。")
    assert said and said.body == JA["worry.answered"]


async def _left(world: World) -> str:
    wanted = select(col(Worry.id)).where(col(Worry.held_for) == "danger")
    return str(await world.house.database.read(lambda session: session.scalar(wanted)))


async def test_a_rest_takes_the_same_steps_whoever_it_is_for(world: World) -> None:
    """What takes as many statements takes as long: nobody hears by the clock who rests already."""
    hana, _, sato = await community(world)
    one, other = await shared(world, hana), await shared(world, sato)
    await paused(sato, one, 30)
    await world.later(days=2)
    steps = [await _steps(sato, f"{worry}.writer.7") for worry in (one, other, one, other)]
    assert steps[0] and all(each == steps[0] for each in steps)


async def _steps(sato: Person, wanted: str) -> list[str]:
    """The statements of one press, without their values."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await sato.does(Press("moderation.paused", wanted))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return [each for each in said if "outbox" not in each.lower()]
