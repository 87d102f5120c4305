"""What makes the pages red and what does not, and that nothing on them names anyone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.chat.counts import COUNTED
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.events import Address
from bot.chat.figures import LABELS
from bot.chat.messages import Message
from bot.store import mailroom, outbox
from bot.store.members import Role
from bot.store.outbox import Letter
from tests.operators.watch import Watch, watching
from tests.scenarios.community import WORRY, community, shared
from tests.world import World

PLATFORMS = {"slack", "telegram", "other"}
KINDS = {
    "command", "press", "submit", "words", "edit", "news",
    "run_due", "resume", "forget_old", "watch_platforms", "mark",
    "delivery", "clock", "hear_others", "mirror", "tries", "gaps",
}  # fmt: skip
STATES = {*mailroom.STATES, "new", "parked"}


@pytest.fixture
async def watch(world: World) -> AsyncIterator[Watch]:
    for figure in COUNTED:  # of other tests in this process
        figure.clear()
    async with watching(world.house) as opened:
        yield opened


async def put(world: World, words: str, platform: str = "slack") -> None:
    letter = Letter(f"worry:{words}", Address(platform, "team", words), Message(body=words), world.house.clock())
    await world.house.database.write(lambda session: outbox.put(session, letter))


async def test_a_house_that_serves_is_green(watch: Watch) -> None:
    well, shown = await watch.ready()
    assert well
    assert shown["platforms"] == {"slack": "hearing", "telegram": "hearing"}
    assert await watch.healthy()


async def test_a_platform_that_does_not_hear_is_red_until_it_does(world: World, watch: Watch) -> None:
    world.telegram.hearing = False
    well, shown = await watch.ready()
    assert not well
    assert shown["platforms"] == {"slack": "hearing", "telegram": "silent"}
    assert await watch.healthy(), "a restart would not help"
    world.telegram.hearing = True
    assert (await watch.ready())[0]


async def test_before_any_platform_is_there_it_is_not_ready(world: World, watch: Watch) -> None:
    world.house.adapters.clear()
    well, shown = await watch.ready()
    assert not well
    assert shown["platforms"] == "starting"


async def test_a_letter_that_nobody_carries_is_red_after_five_minutes(world: World, watch: Watch) -> None:
    await put(world, "left")
    world.house.clock.advance(timedelta(seconds=299))
    assert (await watch.ready())[0]
    world.house.clock.advance(timedelta(seconds=2))
    well, shown = await watch.ready()
    assert (well, shown["outbox"]) == (False, "stuck")
    figures = await watch.figures()
    assert figures["yorisoi_letters_oldest_waiting_seconds"].value() == 301
    await world.house.settled()
    assert (await watch.ready())[0]


async def test_what_waits_for_a_silent_platform_is_no_second_alarm(world: World, watch: Watch) -> None:
    world.slack.hearing = False
    await put(world, "left")
    world.house.clock.advance(timedelta(hours=1))
    _, shown = await watch.ready()
    assert (shown["outbox"], shown["platforms"]["slack"]) == ("ok", "silent")


async def test_what_a_platform_has_asked_to_wait_is_said_and_is_not_red(world: World, watch: Watch) -> None:
    """Nor is what stands behind it in the same chat."""
    world.slack.broken = [RetryLater("429", after=3600)]
    await put(world, "held")
    await world.house.settled()
    letter = Letter("worry:behind", Address("slack", "team", "held"), Message(body="behind"), world.house.clock())
    await world.house.database.write(lambda session: outbox.put(session, letter))
    world.house.clock.advance(timedelta(minutes=50))
    well, shown = await watch.ready()
    assert well
    assert shown["letters"] == {"put off": 1, "ready": 2}


async def test_letters_given_up_and_set_aside_are_said_and_are_not_red(world: World, watch: Watch) -> None:
    world.slack.broken = [Unreachable("left"), Unreachable("blocked", for_now=True)]
    for words in ("dead", "away"):
        await put(world, words)
        await world.house.settled()
    well, shown = await watch.ready()
    assert well
    assert shown["letters"] == {"put off": 0, "away": 1, "dead": 1}


async def test_a_disk_that_takes_nothing_is_red(world: World, watch: Watch) -> None:
    full = "CREATE TRIGGER full BEFORE INSERT ON meta BEGIN SELECT RAISE(ABORT, 'full'); END"
    await world.house.database.write(lambda session: session.run(text(full)))
    await world.house.runner.tick()
    well, shown = await watch.ready()
    assert (well, shown["jobs"]) == (False, "failing")
    await world.house.database.write(lambda session: session.run(text("DROP TRIGGER full")))
    await world.house.runner.tick()
    assert (await watch.ready())[0]


@pytest.mark.parametrize(
    "change", ["alembic_version SET version_num = '9999'", "meta SET value = 'x' WHERE name = 'key'"]
)
async def test_rows_that_another_program_changed_under_us_are_red(world: World, watch: Watch, change: str) -> None:
    await world.house.database.write(lambda session: session.run(text(f"UPDATE {change}")))
    well, shown = await watch.ready()
    assert (well, shown["database"]) == (False, "changed")


async def test_a_database_that_does_not_answer_is_red(world: World, watch: Watch) -> None:
    await world.house.database.write(lambda session: session.run(text("DROP TABLE alembic_version")))
    well, shown = await watch.ready()
    assert (well, shown["database"]) == (False, "silent")
    assert (await watch.figures())["yorisoi_ticks_total"]


async def test_a_dead_clock_is_red_though_it_is_wound_up_again(world: World) -> None:
    """The watchdog starts it anew, and still nothing ticks."""
    hangs = asyncio.Event()

    async def hang(_: datetime) -> None:
        hangs.set()
        await asyncio.Event().wait()

    world.house.runner._jobs.append(hang)
    running = asyncio.create_task(world.house.runner.run(0.05, 0.2))
    try:
        async with asyncio.timeout(10), watching(world.house, silence_seconds=0.2) as watch:
            assert await watch.healthy()
            await hangs.wait()
            await asyncio.sleep(0.6)  # two windings later
            assert not await watch.healthy()
            assert (await watch.ready())[1]["clock"] == "stopped"
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "DELETE"])
async def test_the_pages_can_only_be_read(watch: Watch, method: str) -> None:
    for page in ("/ready", "/health", "/metrics"):
        assert (await watch.sees(page, method=method))[0] == 404


async def test_there_is_nothing_else_to_see(watch: Watch) -> None:
    for page in ("/", "/slack/events", "/telegram/events", "/ready/", "/metrics/x", "/../etc/passwd"):
        assert await watch.sees(page) == (404, "")


async def test_no_page_and_no_label_names_anyone(world: World, watch: Watch) -> None:
    """People live through good and bad things; every label is on our list, and no canary is anywhere."""
    hana, ken, sato = await community(world)
    await shared(world, hana)
    world.slack.broken = [Unreachable(ken.id), RetryLater(WORRY), ConnectionError(WORRY)]
    for person in (ken, sato, hana):
        await person.commands("worry", WORRY)
        await person.says(WORRY)
        await person.commands(WORRY[:5])
    stranger = await world.person("fremd", world.slack, role=None)
    await stranger.says(WORRY)
    await world.house.runner.tick()
    figures = await watch.figures()
    values: dict[str, set[str]] = {}
    for family in figures.values():
        for _, labels, _ in family.samples:
            for name, value in labels:
                values.setdefault(name, set()).add(value)
    assert values.keys() <= {*LABELS, "le"}
    assert values["platform"] <= PLATFORMS
    assert values["kind"] <= KINDS
    assert values["state"] <= STATES
    shown = "".join([(await watch.sees(page))[1] for page in ("/health", "/ready", "/metrics")])
    for canary in (WORRY, WORRY[:5], *(person.id for person in world.people), "hana", "fremd", "広場"):
        assert canary not in shown
    assert figures["yorisoi_events_handled_total"].value(platform="telegram", kind="command") >= 2


async def test_it_counts_what_happens(world: World, watch: Watch) -> None:
    before = await watch.figures()
    ken = await world.person("ken", world.slack, Role.SUPPORTER)
    world.slack.broken = [TimeoutError()]
    await put(world, "doubtful")
    await world.house.settled()
    await world.later(hours=1)
    await ken.commands("help")
    after = await watch.figures()

    def more(name: str, **labels: str) -> float:
        return after[name].value(**labels) - before[name].value(**labels)

    assert more("yorisoi_events_received_total", platform="slack", kind="command") == 2
    assert more("yorisoi_events_handled_total", platform="slack", kind="command") == 2
    assert more("yorisoi_sends_doubtful_total", platform="slack", error="TimeoutError") == 1
    assert more("yorisoi_ticks_total") >= 1
    assert after["process_resident_memory_bytes"].value() > 10_000_000
    assert after["yorisoi_letters"].value(state="delivered") == 1


async def test_an_event_that_is_parked_is_counted(world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    ken = await world.person("ken", world.slack)

    def breaks(*_: object) -> None:
        raise LookupError(WORRY)

    monkeypatch.setattr("bot.routing.pipeline.Pipeline._routed", breaks)
    before = await watch.figures()
    await ken.commands("help")
    for _ in range(4):
        await world.house.runner.tick()
    after = await watch.figures()
    for name, count in (("failed", 5), ("parked", 1)):
        counted = f"yorisoi_events_{name}_total"
        assert after[counted].value() - before[counted].value() == count
    assert after["yorisoi_events"].value(state="parked") == 1


async def test_where_it_waits_for_its_chat_it_is_counted(world: World, watch: Watch) -> None:
    await put(world, "away")
    (outgoing,) = await world.house.database.write(lambda session: outbox.claim(session, world.house.clock()))
    await world.house.database.write(lambda session: outbox.set_aside(session, outgoing, "Unreachable"))
    assert (await watch.figures())["yorisoi_letters"].value(state="away") == 1
