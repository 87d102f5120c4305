"""A flood by one person: told kindly, kept nowhere, and nobody else waits for it."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.events import Address, Command, Press, Submit, Text
from bot.chat.messages import Reply
from bot.handlers import every_route
from bot.routing.limits import ANSWERS, EVENTS_A_MINUTE, GUESSES, MINUTE, WAITING, WORRIES, Limits, Windows
from bot.routing.pipeline import Pipeline
from bot.store.members import Role
from tests.scenarios.community import WORRY, community
from tests.scenarios.ledger import counts, inbox, rows
from tests.scenarios.test_joining import code_for
from tests.world import START, Person, World

SO_MUCH = "短いあいだにたくさん届いたため"
WRONG = "このコードでは参加できませんでした"


@pytest.fixture(autouse=True)
def limited(world: World) -> Limits:
    """The house as it serves a platform."""
    house, limits = world.house, Limits(world.house.clock)
    house.pipeline = Pipeline(house.database, every_route(), house.handbook, house.text, house.clock, limits)
    return limits


async def test_beyond_thirty_a_minute_one_is_told_once_and_nothing_is_kept(world: World) -> None:
    hana, ken, _ = await community(world)
    await world.later(minutes=2)
    for _ in range(EVENTS_A_MINUTE):
        assert await hana.commands("menu")
    before, received = await rows(world), len(await inbox(world))
    acknowledged: list[str] = []
    said = [await world.house.pipeline.dispatch(world.event(hana, Text(WORRY)), lambda: acknowledged.append("yes"))]
    said += [await world.house.pipeline.dispatch(world.event(hana, Press("worry.begin"))) for _ in range(40)]
    assert said[0] and said[0].message and said[0].message.body.startswith(SO_MUCH)
    assert [reply is None for reply in said] == [False] + [True] * 40
    assert acknowledged == ["yes"], "the platform must not bring it again"
    assert (await rows(world), len(await inbox(world))) == (before, received)
    assert (await ken.commands("menu")) is not None, "another one is served"
    await world.later(minutes=1)
    assert (await hana.commands("menu")) is not None


async def test_it_is_said_in_the_language_of_whoever_is_told(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.does(Press("language.set", "en"))
    said = [await hana.commands("menu") for _ in range(EVENTS_A_MINUTE)]
    assert [each.body for each in said if each and each.body.startswith("So much came")]


async def test_what_was_written_over_an_hour_and_comes_at_once_is_no_flood(world: World) -> None:
    """An outage of ours: the platform brings everything afterwards, with the time it was written."""
    hana, _, _ = await community(world)
    await world.later(hours=2)
    for minutes in range(60, 0, -1):
        event = replace(world.event(hana, Command("menu")), at=world.house.clock() - timedelta(minutes=minutes))
        assert await world.house.pipeline.dispatch(event), "each is answered"


async def test_old_dates_among_new_ones_begin_no_new_window(world: World) -> None:
    """As when an old message is edited again and again."""
    hana, _, _ = await community(world)
    received = len(await inbox(world))
    for number in range(4 * EVENTS_A_MINUTE):
        old = world.house.clock() - timedelta(hours=number % 2)
        await world.house.pipeline.dispatch(replace(world.event(hana, Command("menu")), at=old))
    assert len(await inbox(world)) - received <= EVENTS_A_MINUTE


async def test_a_clock_that_is_wrong_locks_nobody_out(world: World) -> None:
    hana, _, _ = await community(world)
    for years in (3650, 0):  # a platform's time far ahead, then as it should be
        for _ in range(EVENTS_A_MINUTE):
            ahead = world.house.clock() + timedelta(days=years)
            await world.house.pipeline.dispatch(replace(world.event(hana, Command("menu")), at=ahead))
        await world.later(minutes=2)
    world.house.clock.advance(-timedelta(days=1))
    assert await hana.commands("menu")


async def test_a_seventh_worry_within_an_hour_waits_and_nothing_of_it_is_lost(world: World) -> None:
    hana, ken, _ = await community(world)
    for number in range(WORRIES.times + 1):
        await hana.commands("worry")
        await hana.fills(f"{WORRY}{number}")
        said = await hana.presses("この内容で届ける")
        await world.later(minutes=2)
    assert said and "およそ48分あとに" in said.body
    assert (await counts(world))["worry"] == WORRIES.times
    await ken.commands("worry")
    await ken.fills("別の悩みです。")
    assert await ken.presses("この内容で届ける"), "the limit is each one's own"
    await world.later(minutes=47)
    await hana.commands("menu")
    await hana.presses("届ける前のたしかめに戻る")
    shared = await hana.presses("この内容で届ける")
    assert shared and "いまお届けしています" in shared.body
    assert (await counts(world))["worry"] == WORRIES.times + 2


@pytest.mark.parametrize("dialogs", [True, False])
async def test_an_answer_beyond_the_limit_rests_as_a_draft(world: World, limited: Limits, dialogs: bool) -> None:
    hana, ken, _ = await community(world)
    writer = ken if dialogs else await world.person("mori", world.telegram)
    await hana.commands("worry")
    await hana.fills(WORRY)
    await hana.presses("この内容で届ける")
    worry = world.slack.posts[-1].message.buttons[0].argument
    for _ in range(ANSWERS.times):
        limited.ended(ANSWERS, world.event(writer, Text("")).private, done=True)
    await writer.does(Press("worry.reply", worry))
    said = await writer.fills("長く書いた返信です。")
    assert said and "書きかけとして残っています" in said.body
    assert (await counts(world))["answer"] == 0
    await world.later(hours=1)
    await writer.commands("menu")
    again = await writer.presses("書きかけの続き")
    kept = writer.form.fields[0].value if writer.form else ""
    assert dialogs == (kept == "長く書いた返信です。")
    if not dialogs:
        assert again and "このまま" in [button.label for button in again.buttons]
        await writer.presses("このまま")
        assert (await counts(world))["answer"] == 1


async def test_five_wrong_codes_an_hour_and_then_not_even_a_right_one(world: World) -> None:
    right = await code_for(world, uses=10)
    mori = await world.person("mori", world.telegram, role=None)
    said = [await mori.commands("join", f"2222-2222-222{number}") for number in range(2, 2 + GUESSES.times)]
    assert {each.body.partition("。")[0] for each in said if each} == {WRONG}
    before = await rows(world)
    for code in (right, "3333-3333-3333"):
        waits = await mori.commands("join", code)
        assert waits and "およそ60分あとに" in waits.body
    assert await rows(world) == before
    ken = await world.person("ken", world.slack, role=None)
    assert (await ken.commands("join", right)) is not None, "others join meanwhile"
    await world.later(hours=1)
    joined = await mori.commands("join", right)
    assert joined and "参加できました" in joined.title


async def test_codes_in_dialogs_and_links_count_alike(world: World) -> None:
    mori = await world.person("mori", world.slack, role=None)
    for number in range(GUESSES.times):
        if number % 2:
            await mori.commands("start", "2222-2222-2222")
        else:
            await mori.does(Press("join.begin"))
            await mori.fills("2222-2222-2222")
    waits = await mori.commands("join", await code_for(world))
    assert waits and "お受けできません" in waits.body


async def test_many_who_guess_together_are_stopped_together(world: World) -> None:
    right = await code_for(world, Role.COORDINATOR)
    guessers = [await world.person(f"m{number}", world.telegram, role=None) for number in range(GUESSES.everyone // 5)]
    for guesser in guessers:
        for _ in range(5):
            assert (await guesser.commands("join", "2222-2222-2222")) is not None
    last = await world.person("last", world.slack, role=None)
    waits = await last.commands("join", right)
    assert waits and "お受けできません" in waits.body
    await world.later(hours=1)
    joined = await last.commands("join", right)
    assert joined and "参加できました" in joined.title


async def test_joining_rightly_counts_as_no_guess(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    for _ in range(GUESSES.times + 1):
        already = await hana.commands("join", await code_for(world))
        assert already and "もう参加されています" in already.body


async def test_a_dialog_that_was_filled_is_always_taken(world: World) -> None:
    """What stands in it stands nowhere else."""
    _, ken, _ = await community(world)
    await ken.commands("worry")
    form = ken.form
    assert form
    for _ in range(EVENTS_A_MINUTE):
        await ken.commands("menu")
    shown = await ken.does(Submit(form.name, {"text": WORRY}, form.argument))
    assert shown and WORRY in shown.quote


async def test_a_person_does_not_fill_the_memory_with_what_waits(world: World) -> None:
    """All at once, over hours by their own time: behind the one being handled stand no more than so many."""
    hana, _, _ = await community(world)
    await world.later(days=1)
    events = [
        replace(world.event(hana, Command("menu")), at=world.house.clock() - timedelta(minutes=minutes))
        for minutes in range(3 * WAITING, 0, -1)
    ]
    received = len(await inbox(world))
    replies = await asyncio.gather(*(world.house.pipeline.dispatch(event) for event in events))
    assert len(await inbox(world)) - received == WAITING
    said = [reply.message.body for reply in replies if reply and reply.message]
    assert len(said) == WAITING + 1
    assert len([words for words in said if words.startswith(SO_MUCH)]) == 1


async def test_one_flood_and_thirty_neighbours(world: World) -> None:
    """All in one moment; the flood comes first."""
    await world.group(world.telegram, "広場")
    flood = await world.person("flood", world.telegram)
    others = [await world.person(f"p{number}", world.telegram) for number in range(30)]
    await world.later(minutes=2)

    async def answered(person: Person) -> tuple[Reply | None, float]:
        started = time.monotonic()
        return await world.house.pipeline.dispatch(world.event(person, Command("worry"))), time.monotonic() - started

    flooding = [asyncio.create_task(answered(flood)) for _ in range(500)]
    served = await asyncio.gather(*(answered(person) for person in others))
    refused = [reply for reply, _ in await asyncio.gather(*flooding) if not (reply and reply.message)]
    assert len(refused) == 500 - EVENTS_A_MINUTE - 1
    assert all(reply and reply.message for reply, _ in served)
    assert max(seconds for _, seconds in served) < 2


def test_windows_forget_who_did_nothing_lately() -> None:
    windows = Windows(MINUTE)
    for number in range(1000):
        windows.count(f"person {number}", START + timedelta(seconds=number))
    assert len(windows) <= 121, "a minute, and what came since it was last swept"


def test_no_row_and_no_other_process_tells_who_did_how_much() -> None:
    here, elsewhere = Limits(lambda: START), Limits(lambda: START)
    hana = Address("slack", "team", "hana")
    for limits in (here, elsewhere):
        limits.ended(WORRIES, hana, done=True)
    assert not here._hour._moments.keys() & elsewhere._hour._moments.keys()
    assert "hana" not in repr(here._hour._moments)
