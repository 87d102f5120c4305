"""Letters are carried in order, once, through waits, refusals, doubts, crashes and full disks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.chat.errors import RetryLater, Unreachable
from bot.scheduler.clock import Clock
from bot.scheduler.delivery import AFTER_DOUBT, Delivery
from bot.store import outbox
from bot.views.text import Text
from tests.scheduler.conftest import PostOffice
from tests.world import TOKYO


@asynccontextmanager
async def running(delivery: Delivery) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(delivery.run())
    try:
        async with asyncio.timeout(10):
            yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_chat_gets_its_letters_in_their_order(office: PostOffice) -> None:
    for number in range(20):
        await office.put(f"{number}", channel="ken" if number % 2 else "mio")
    await office.after(0)
    for channel, first in (("mio", 0), ("ken", 1)):
        assert [words for where, words in office.platform.sent if where == channel] == [
            f"{number}" for number in range(first, 20, 2)
        ]
    assert await office.states() == {"delivered": 20}


async def test_no_chat_waits_for_another(office: PostOffice) -> None:
    office.platform.gates["slow"] = asyncio.Event()
    await office.put("held", "slow")
    await office.put("behind", "slow")
    for number in range(3):
        await office.put(f"{number}", "quick")
    async with running(office.delivery):
        await office.platform.until(lambda: len(office.platform.sent) == 3)
        assert office.platform.asked.count("held") == 1
        assert "behind" not in office.platform.asked
        office.platform.gates["slow"].set()
        await office.platform.until(lambda: office.platform.words[3:] == ["held", "behind"])


async def test_a_platform_that_asks_to_wait_is_obeyed_to_the_second(office: PostOffice) -> None:
    office.platform.errors["first"] = [RetryLater("429", after=30)]
    await office.put("first")
    await office.put("second")
    await office.put("elsewhere", "mio")
    assert await office.after(0) == ["elsewhere"]
    assert await office.after(29.9) == ["elsewhere"]
    assert await office.after(0.1) == ["elsewhere", "first", "second"]
    assert office.platform.asked.count("first") == 2


async def test_who_cannot_be_reached_stops_nobody(office: PostOffice) -> None:
    office.platform.errors["lost"] = [Unreachable("left")]
    await office.put("lost")
    await office.put("next")
    assert await office.after(0) == ["next"]
    assert await office.states() == {"dead": 1, "delivered": 1}


async def test_a_wait_that_nobody_named_grows_and_never_beyond_five_minutes(office: PostOffice) -> None:
    office.platform.errors["stubborn"] = [ConnectionError() for _ in range(14)]
    await office.put("stubborn")
    waits = []
    for attempt in range(1, 15):
        await office.after(0)
        assert len(office.platform.asked) == attempt
        waited = 0
        while len(office.platform.asked) == attempt and waited < 400:
            waited += 1
            await office.after(1)
        waits.append(waited)
        if office.platform.sent:
            break
    assert waits[0] <= 2
    assert max(waits) <= 300
    assert min(waits[9:]) >= 150, "after a while it is minutes"
    assert office.platform.words == ["stubborn"]


async def test_where_one_can_look_a_doubtful_letter_is_not_sent_twice(office: PostOffice) -> None:
    office.platform.losing["doubtful"] = [TimeoutError()]
    await office.put("doubtful", again=False)
    await office.after(0)
    assert await office.after(600) == ["doubtful"]
    assert office.platform.asked == ["doubtful"]
    assert await office.states() == {"delivered": 1}


async def test_where_one_can_look_what_never_arrived_is_sent_again_without_a_word(office: PostOffice) -> None:
    office.platform.errors["lost"] = [TimeoutError()]
    await office.put("lost", again=False)
    await office.after(0)
    assert await office.after(600) == ["lost"]
    assert office.platform.notes == [""]


async def test_where_one_cannot_look_a_worry_goes_again_and_says_so(office: PostOffice) -> None:
    office.platform.can_look = False
    office.platform.losing["worry"] = [TimeoutError()]
    await office.put("worry", again=True)
    await office.after(0)
    assert await office.after(600) == ["worry", "worry"]
    assert office.platform.notes[0] == ""
    assert "再送" in office.platform.notes[1]


async def test_where_one_cannot_look_a_reminder_does_not_go_twice(office: PostOffice) -> None:
    office.platform.can_look = False
    office.platform.losing["reminder"] = [TimeoutError()]
    await office.put("reminder", again=False)
    await office.put("next")
    await office.after(0)
    assert await office.after(600) == ["reminder", "next"]
    assert await office.states() == {"unknown": 1, "delivered": 1}


async def test_what_is_too_late_is_not_said_any_more(office: PostOffice) -> None:
    office.platform.errors["reminder"] = [RetryLater("429", after=120)]
    await office.put("reminder", expires=office.clock() + timedelta(seconds=60))
    await office.after(0)
    assert await office.after(120) == []
    assert await office.states() == {"dead": 1}


@pytest.mark.parametrize(("looks", "state"), [(True, "delivered"), (False, "unknown")])
async def test_what_may_have_arrived_in_time_is_not_said_to_have_come_too_late(
    office: PostOffice, looks: bool, state: str
) -> None:
    office.platform.can_look = looks
    office.platform.losing["reminder"] = [TimeoutError()]
    await office.put("reminder", expires=office.clock() + timedelta(seconds=60), again=False)
    await office.after(0)
    office.clock.advance(timedelta(days=1))
    assert await office.after(600) == ["reminder"]
    assert await office.states() == {state: 1}


async def test_a_letter_stands_under_the_one_it_belongs_to(office: PostOffice) -> None:
    await office.put("worry", lasting=True)
    await office.put("answer", under="worry")
    await office.put("closed", replacing="worry")
    assert await office.after(0) == ["worry", "answer", "closed"]
    assert office.platform.threads == ["", "ref-worry", ""]
    assert office.platform.replaced == ["", "", "ref-worry"]


async def test_what_would_take_the_place_of_nothing_is_given_up(office: PostOffice) -> None:
    office.platform.errors["worry"] = [Unreachable("left")]
    await office.put("worry", lasting=True)
    await office.put("closed", replacing="worry")
    assert await office.after(0) == []
    assert await office.states() == {"dead": 2}


async def test_a_doubtful_change_is_made_again_and_needs_no_excuse(office: PostOffice) -> None:
    """The same card twice in the same place makes no twin, even where one cannot look."""
    office.platform.can_look = False
    await office.put("card", lasting=True)
    office.platform.losing["change"] = [TimeoutError()]
    await office.put("change", replacing="card", again=False)
    await office.after(0)
    assert await office.after(600) == ["card", "change", "change"]
    assert office.platform.notes == ["", "", ""]
    assert await office.states() == {"delivered": 2}


async def test_a_platform_that_is_not_there_today_gets_its_letters_when_it_comes(office: PostOffice) -> None:
    absent = Delivery(office.database, {}, Text("ja", TOKYO), office.clock)
    await office.put("patient")
    await absent.settled()
    assert await office.states() == {"ready": 1}
    assert await office.after(300) == ["patient"]


async def test_a_letter_that_was_on_its_way_in_a_crash_is_looked_up(office: PostOffice) -> None:
    """Once where it had arrived already, once where it had not."""
    for words, arrives in (("arrived", True), ("did not", False)):
        office.platform.gates[words] = asyncio.Event()
        if arrives:
            office.platform.losing[words] = [asyncio.CancelledError()]  # type: ignore[list-item]
        await office.put(words, words)
    async with running(office.delivery):
        await office.platform.until(lambda: len(office.platform.asked) == 2)
        office.platform.gates["arrived"].set()
        await office.platform.until(lambda: office.platform.words == ["arrived"])
    assert await office.states() == {"sending": 2}
    office.platform.gates.clear()
    async with running(office.another()):
        await office.until_states(delivered=2)
    assert office.platform.words == ["arrived", "did not"]


async def test_a_loop_of_crashes_does_not_use_up_the_copies_a_chat_can_bear(office: PostOffice) -> None:
    """Each bot dies before it has sent, within the same minute; the one that stays has the letter carried."""
    office.platform.can_look = False
    office.platform.gates["ken"] = asyncio.Event()
    await office.put("worth it")
    for tries in (1, 2):
        async with running(office.another()):
            await office.platform.until(lambda: len(office.platform.asked) == tries)  # noqa: B023
    for _ in range(6):
        async with running(office.another()):
            await office.until_states(doubtful=1)
    assert len(office.platform.asked) == 2, "at once, and at once after the first crash"
    office.platform.gates.clear()
    patient = office.another()
    for _ in range(2):
        assert office.platform.words == [], "nobody who has just come sends it a third time at once"
        office.clock.advance(AFTER_DOUBT[0])
        await patient.settled()
    assert office.platform.words == ["worth it"]
    assert await office.states() == {"delivered": 1}


async def test_a_full_disk_before_sending_only_delays(office: PostOffice) -> None:
    await office.put("patient")
    await office.disk_is_full()
    async with running(office.delivery) as task:
        await asyncio.sleep(0.05)
        assert office.platform.asked == []
        assert not task.done(), "delivery outlives a failing store"
        await office.disk_has_space()
        await office.until_states(delivered=1)
    assert office.platform.words == ["patient"]


async def test_a_full_disk_after_sending_sends_nothing_twice(office: PostOffice) -> None:
    office.platform.can_look = False
    office.platform.gates["ken"] = asyncio.Event()
    await office.put("once")
    async with running(office.delivery):
        await office.platform.until(lambda: office.platform.asked == ["once"])
        await office.disk_is_full()
        office.platform.gates["ken"].set()
        await office.platform.until(lambda: office.platform.words == ["once"])
        await asyncio.sleep(0.05)
        assert await office.states() == {"sending": 1}
        await office.disk_has_space()
        await office.until_states(delivered=1)
    assert office.platform.asked == ["once"]


async def test_a_new_letter_wakes_the_post_office(office: PostOffice) -> None:
    """Not the next look in a minute: the commit itself."""
    sleepy = Delivery(office.database, {"slack": office.platform}, Text("ja", TOKYO), office.clock, poll_seconds=60)
    async with running(sleepy):
        await asyncio.sleep(0.05)
        await office.put("good morning")
        await office.platform.until(lambda: office.platform.words == ["good morning"])


async def test_a_letter_for_a_moment_ahead_goes_at_that_moment(office: PostOffice) -> None:
    clock = Clock()
    office.clock.moment = clock()
    punctual = Delivery(office.database, {"slack": office.platform}, Text("ja", TOKYO), clock, poll_seconds=60)
    await office.put("soon", ahead=0.15)
    async with running(punctual):
        await office.platform.until(lambda: office.platform.words == ["soon"])
        assert clock() >= office.clock.moment + timedelta(seconds=0.15)


async def test_a_letter_that_waits_does_not_keep_the_post_office_running_in_circles(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head of a chat waits for half an hour and others stand behind it: nothing is due."""
    office.platform.errors["head"] = [RetryLater("429", after=1800)]
    await office.put("head")
    await office.put("behind")
    await office.after(0)
    looks = 0
    write = office.database.write

    async def counted(work: object) -> object:
        nonlocal looks
        looks += 1
        return await write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(office.database, "write", counted)
    calm = Delivery(office.database, {"slack": office.platform}, Text("ja", TOKYO), office.clock, poll_seconds=60)
    async with running(calm):
        await asyncio.sleep(0.3)
    assert looks <= 3


async def test_more_chats_than_one_look_takes_do_not_wait_for_the_next(office: PostOffice) -> None:
    """Nobody wakes the loop between the first sixty-four and the rest."""
    for number in range(outbox.AT_ONCE + 6):
        await office.put(f"n{number}", f"chat{number}")
    patient = Delivery(
        office.database, {office.platform.name: office.platform}, Text("ja", TOKYO), office.clock, poll_seconds=30
    )
    async with asyncio.timeout(10), running(patient):
        await office.until_states(delivered=outbox.AT_ONCE + 6)
