"""However often a platform brings an event, and whatever breaks on the way: each thing happens once."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.chat.events import Command, Event, Press, Submit, Text
from bot.chat.messages import Message, Reply
from bot.handlers import every_route
from bot.routing.pipeline import Pipeline
from bot.routing.router import Router
from bot.routing.turn import Turn
from bot.store import outbox
from bot.store.inbox import MAX_ATTEMPTS
from bot.store.outbox import Letter
from bot.store.session import Session
from tests.scenarios.community import WORRY, community, poll
from tests.scenarios.ledger import counts, inbox, rows
from tests.world import Person, World, open_world


async def brings(world: World, events: Sequence[Event]) -> list[Reply]:
    replies = [await world.house.pipeline.dispatch(event) for event in events]
    await world.house.settled()
    world.check_privacy()
    return [reply for reply in replies if reply is not None]


async def day(world: World, deliveries: random.Random | None) -> dict[str, int]:
    """A worry, an answer and a vote; each delivery once, or as often as the dice say, old ones among new ones."""
    hana, ken, sato = await community(world)
    brought: list[Event] = []

    async def does(person: Person, body: Command | Press | Submit | Text) -> Reply:
        event = world.event(person, body)
        brought.append(event)
        again = deliveries.choices(brought, k=deliveries.randint(1, 4)) if deliveries else []
        replies = await brings(world, [event, *again])
        assert len(replies) == 1, "a repeated delivery is answered with silence"
        return replies[0]

    await does(hana, Command("worry"))
    preview = await does(hana, Text(WORRY))
    assert preview.message
    await does(hana, Press("worry.post", preview.message.buttons[0].argument))
    worry = world.slack.posts[-1].message.buttons[0].argument
    form = (await does(ken, Press("worry.reply", worry))).form
    assert form
    await does(ken, Submit(form.name, {"text": "一緒に考えましょう。"}, form.argument))
    conference = await poll(sato)
    form = (await does(ken, Press("conference.vote", conference))).form
    assert form
    await does(ken, Submit(form.name, {"slot1": "yes", "slot2": "no"}, form.argument))
    await does(sato, Press("conference.fix", f"{conference}.1"))
    await world.later(days=14)
    posts = len(world.slack.posts) + len(world.telegram.posts)
    return {**await counts(world), "posts": posts, "inbox": len(await inbox(world))}


@pytest.mark.parametrize("seed", range(4))
async def test_repeated_and_shuffled_deliveries_have_the_effects_of_one(tmp_path: Path, seed: int) -> None:
    once, often = tmp_path / "once", tmp_path / "often"
    for folder in (once, often):
        folder.mkdir()
    async with open_world(once) as world:
        wanted = await day(world, None)
    async with open_world(often) as world:
        assert await day(world, random.Random(seed)) == wanted
    assert (wanted["worry"], wanted["answer"], wanted["vote"]) == (1, 1, 2)


async def test_a_repeated_delivery_after_a_restart(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        hana, _, _ = await community(world)
        event = world.event(hana, Command("worry"), "the same delivery")
        assert await brings(world, [event])
        before = await rows(world)
    async with open_world(tmp_path) as world:
        assert not await brings(world, [event, event])
        assert await rows(world) == before


Meanwhile = Callable[[Turn], Awaitable[None]]


class Trouble:
    """A handler that fails as often as told; it writes a letter when it works."""

    def __init__(
        self, world: World, *, failures: int, after_writing: bool = False, meanwhile: Meanwhile | None = None
    ) -> None:
        self.failures, self.after_writing, self.meanwhile, self.tried = failures, after_writing, meanwhile, 0
        mine = Router()
        mine.command("trouble")(self.handle)
        house = world.house
        router = Router().include([every_route(), mine])
        self.pipeline = Pipeline(house.database, router, house.handbook, house.text, house.clock)
        house.pipeline = self.pipeline

    async def handle(self, turn: Turn, command: Command) -> Reply:
        self.tried += 1
        if self.meanwhile:
            await self.meanwhile(turn)
        if self.tried <= self.failures and not self.after_writing:
            raise RuntimeError(command.argument)

        def write(session: Session) -> None:
            message = Message(body=f"届いた {command.argument}")
            outbox.put(session, Letter(f"trouble:{turn.event.id}:{self.tried}", turn.private, message, turn.now))

        await turn.db.write(write)
        if self.tried <= self.failures:
            raise RuntimeError(command.argument)
        return Reply(Message(body=f"できました {command.argument}"))


async def test_what_failed_once_is_handled_later_and_answered_by_letter(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    trouble = Trouble(world, failures=1)
    with capture_logs() as logs:
        said = await hana.commands("trouble", "ひみつ")
    assert said
    assert "書き直さなくて大丈夫です" in said.body
    assert ("new", True) in await inbox(world)
    assert "ひみつ" not in repr(logs)
    assert [entry["event"] for entry in logs] == ["turn failed"]

    assert await trouble.pipeline.resume(world.house.clock()) == 1
    await world.house.settled()
    assert [letter.body for letter in hana.letters] == ["届いた ひみつ", "できました ひみつ"]
    assert await trouble.pipeline.resume(world.house.clock()) == 0
    assert all(state == "done" and not kept for state, kept in await inbox(world))


async def test_what_failed_after_its_commit_is_not_done_again(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    trouble = Trouble(world, failures=9, after_writing=True)
    said = await hana.commands("trouble", "一度だけ")
    assert said
    assert "済みました" in said.body
    assert await trouble.pipeline.resume(world.house.clock()) == 0
    assert [letter.body for letter in hana.letters] == ["届いた 一度だけ"]


async def test_five_failures_park_it_and_its_neighbours_go_on(world: World) -> None:
    hana, ken, _ = await community(world)
    trouble = Trouble(world, failures=99)
    await hana.commands("trouble")
    await ken.commands("worry")
    for attempt in range(2, MAX_ATTEMPTS + 3):
        await trouble.pipeline.resume(world.house.clock())
        await world.house.settled()
        assert trouble.tried == min(attempt, MAX_ATTEMPTS)
    assert [state for state, _ in await inbox(world)].count("parked") == 1
    assert len(hana.letters) == 1, "nobody is pestered with every attempt"
    assert "何度試してもできませんでした" in hana.letters[0].body
    menu = await hana.commands("menu")
    assert menu
    assert menu.title == "何をしましょうか"


async def test_a_failing_event_that_is_delivered_again_is_not_taken_twice(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    trouble = Trouble(world, failures=1)
    event = world.event(hana, Command("trouble", "一度"))
    await brings(world, [event, event, event])
    assert trouble.tried == 1
    await trouble.pipeline.resume(world.house.clock())
    await brings(world, [event])
    assert [letter.body for letter in hana.letters] == ["届いた 一度", "できました 一度"]


async def test_resuming_leaves_alone_what_is_in_hand(world: World) -> None:
    """The tick comes while a handler is at work: it must not start the same event again."""
    hana = await world.person("hana", world.telegram)
    ticks: list[asyncio.Task[int]] = []

    async def while_it_works(turn: Turn) -> None:
        ticks.append(asyncio.create_task(world.house.pipeline.resume(turn.now)))
        for _ in range(10):
            await turn.db.read(lambda _: None)

    trouble = Trouble(world, failures=0, meanwhile=while_it_works)
    await hana.commands("trouble", "一度")
    await asyncio.gather(*ticks)
    await world.house.settled()
    assert trouble.tried == 1
    assert [letter.body for letter in hana.letters] == ["届いた 一度"]
