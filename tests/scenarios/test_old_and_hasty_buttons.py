"""A button outlives what it was for: too old, pressed twice at once, after deletion, by who coordinates no more."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.chat.events import Body, Press, Submit
from bot.chat.messages import Reply
from bot.handlers import every_route
from bot.routing.pipeline import Pipeline
from bot.store.drafts import LIFETIME
from bot.store.members import Role
from tests.scenarios.community import WORRY, community, poll, refused, shared
from tests.scenarios.ledger import counts, inbox, no_failure
from tests.scenarios.test_someone_elses_button import GONE, NO_DRAFT, NO_PREVIEW, argument
from tests.world import Person, World

DAYS = LIFETIME // timedelta(days=1)


async def test_a_preview_and_a_form_older_than_seven_days(world: World) -> None:
    hana, ken, _ = await community(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    preview = argument(hana, "この内容で届ける")
    await ken.commands("worry")
    assert ken.form
    await world.later(days=DAYS)
    await refused(hana, Press("worry.post", preview), NO_PREVIEW)
    await refused(hana, Press("worry.edit", preview), NO_DRAFT)
    await refused(hana, Press("form.resume", preview), NO_DRAFT)
    await refused(ken, Submit("worry.share", {"text": WORRY}, ken.form.argument), NO_DRAFT)


async def test_a_conference_whose_dates_are_over(world: World) -> None:
    hana, ken, sato = await community(world)
    conference = await poll(sato)
    await ken.does(Press("conference.vote", conference))
    assert ken.form
    await world.later(days=6)
    open_form = ken.form.argument
    await world.later(days=14)
    await refused(ken, Submit("conference.vote", {"slot1": "yes", "slot2": "yes"}, open_form), NO_DRAFT)
    await refused(sato, Press("conference.fix", f"{conference}.1"), "もう過ぎています")
    await refused(hana, Press("conference.vote", conference), "締め切りました")
    await refused(hana, Press("conference.mark", f"{conference}.1.yes"), "もう過ぎています")
    assert (await counts(world))["vote"] == 0


def other_replica(world: World) -> Pipeline:
    """Another process over the same rows: it has lines of its own, so nothing waits there for this one."""
    house = world.house
    return Pipeline(house.database, every_route(), house.handbook, house.text, house.clock)


async def twice(world: World, person: Person, body: Body, second: Body | None = None) -> list[Reply | None]:
    """Two presses within the same moment, as a hasty thumb makes them; one of them may reach another process."""
    pipelines = world.house.pipeline, other_replica(world)
    events = [world.event(person, body), world.event(person, second or body)]
    with no_failure():
        replies = await asyncio.gather(
            *(pipeline.dispatch(event) for pipeline, event in zip(pipelines, events, strict=True))
        )
    await world.house.settled()
    world.check_privacy()
    assert ("new", True) not in await inbox(world)
    return list(replies)


def said(replies: list[Reply | None]) -> str:
    return "\n".join(reply.message.body for reply in replies if reply and reply.message)


async def test_a_worry_posted_twice_at_once(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    replies = await twice(world, hana, Press("worry.post", argument(hana, "この内容で届ける")))
    assert "お届けしています" in said(replies) and NO_PREVIEW in said(replies)
    assert [post.message.quote for post in world.slack.posts] == [WORRY]


async def test_an_answer_submitted_twice_at_once(world: World) -> None:
    hana, ken, _ = await community(world)
    worry = await shared(world, hana)
    await ken.does(Press("worry.reply", worry))
    assert ken.form
    replies = await twice(world, ken, Submit(ken.form.name, {"text": "一緒に考えます。"}, ken.form.argument))
    assert "お届けしています" in said(replies) and NO_DRAFT in said(replies)
    assert (await counts(world))["answer"] == 1


async def test_a_worry_closed_twice_at_once(world: World) -> None:
    hana, _, _ = await community(world)
    replies = await twice(world, hana, Press("worry.closed", await shared(world, hana)))
    assert "閉じました" in said(replies) and GONE in said(replies)


async def test_two_dates_fixed_at_once(world: World) -> None:
    hana, _, sato = await community(world)
    conference = await poll(sato)
    await hana.does(Press("conference.vote", conference))
    await hana.presses("◯ 行けます")
    await hana.presses("◯ 行けます")
    replies = await twice(
        world, sato, Press("conference.fix", f"{conference}.1"), Press("conference.fix", f"{conference}.2")
    )
    assert "決まりました。答えて" in said(replies) and "もう決まりました" in said(replies)
    assert [letter.title for letter in hana.letters] == ["事例検討会の日が決まりました"]


async def test_leaving_twice_at_once(world: World) -> None:
    _, ken, _ = await community(world)
    replies = await twice(world, ken, Press("mydata.erased"))
    assert said(replies).count("消しました") == 1
    assert (await counts(world))["member"] == 2


@pytest.mark.parametrize("action", ["mydata.erased", "coordinating.stepped_down"])
async def test_leaving_and_stepping_down_at_once_hands_over_once(world: World, action: str) -> None:
    _, _, sato = await community(world)
    mori = await world.person("mori", world.telegram, Role.COORDINATOR)
    await poll(sato)
    await twice(world, sato, Press(action), Press("coordinating.stepped_down"))
    assert [letter.title for letter in mori.letters] == ["引き継ぎのお願い"]


async def test_a_place_removed_twice_at_once(world: World) -> None:
    _, _, sato = await community(world)
    place = await removable(sato)
    replies = await twice(world, sato, Press("place.unlinked", place))
    assert "はずしました" in said(replies) and "もうつながっていません" in said(replies)


async def removable(sato: Person) -> str:
    await sato.commands("mydata")
    await sato.presses("調整役の仕事")
    return argument(sato, "「広場」をはずす")


async def test_everything_about_a_place_that_was_removed(world: World) -> None:
    _, _, sato = await community(world)
    mori = await world.person("mori", world.slack, role=None)
    place = await removable(sato)
    await sato.does(Press("place.open", place))
    await sato.does(Press("place.unlinked", place))
    for action in ("place.open", "place.shut", "place.unlink", "place.unlinked"):
        await refused(sato, Press(action, place), "もうつながっていません")
    mori.place = "slack-group-広場"
    await refused(mori, Press("join.here", place), "このボタンからの参加を受け付けていません")
    sato.place = mori.place
    await sato.commands("here", "広場")
    await refused(mori, Press("join.here", place), "このボタンからの参加を受け付けていません")


async def test_everything_about_a_worry_whose_author_has_left(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await ken.does(Press("worry.reply", worry))
    assert ken.form
    await hana.does(Press("mydata.erased"))
    assert await counts_of_open(world) == 0
    for other in (ken, sato):
        for action in ("worry.reply", "worry.thread", "worry.close", "worry.closed", "worry.respond", "worry.read"):
            await refused(other, Press(action, worry), GONE)


async def counts_of_open(world: World) -> int:
    return (await counts(world))["itemkey"]


async def steps_down(sato: Person) -> None:
    await sato.does(Press("coordinating.stepped_down"))


async def is_gone(sato: Person) -> None:
    await sato.does(Press("mydata.erased"))


@pytest.mark.parametrize(("goes", "words"), [(steps_down, "調整役の方ができること"), (is_gone, "招待コード")])
async def test_every_old_button_of_who_coordinates_no_more(
    world: World, goes: Callable[[Person], Awaitable[None]], words: str
) -> None:
    _, _, sato = await community(world)
    await world.person("mori", world.telegram, Role.COORDINATOR)
    conference, place = await poll(sato), await removable(sato)
    await sato.does(Press("conference.new"))
    assert sato.form
    dialog = sato.form.argument
    await goes(sato)
    routes = every_route().routes.items()
    actions = [name for (kind, name), route in routes if kind == "press" and route.role == Role.COORDINATOR]
    assert len(actions) >= 12
    for action in actions:
        for wanted in ("", place, conference, f"{conference}.1", "anyway"):
            await refused(sato, Press(action, wanted), words)
    answers = {"theme": "居場所", "times": "12/3 14:00\n12/4 14:00"}
    await refused(sato, Submit("conference.propose", answers, dialog), words)
