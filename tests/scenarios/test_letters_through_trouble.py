"""The platform fails in every way it can: order per chat is kept, no letter is lost, and a twin is marked as one."""

import random
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from bot.chat.adapter import Adapter
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.scheduler.delivery import MOST_TWINS
from bot.store import outbox, stranded
from bot.store.outbox import Letter
from tests.scenarios.ledger import letters
from tests.world import FakePlatform, World, open_world

HANA, KEN = "chat-of-hana", "chat-of-ken"
_numbers = count(1)


class Rough(FakePlatform):
    """Fails per chat, as told; arrived: the letter was taken before the failure."""

    hears_alone = False

    def __init__(self, *, can_look: bool) -> None:
        super().__init__("telegram", dialogs=False)
        self.can_look = can_look
        self.troubles: dict[str, list[tuple[Exception, bool]]] = {}
        self.looked = 0

    def fails(self, chat: str, error: Exception, *, arrived: bool = False) -> None:
        self.troubles.setdefault(chat, []).append((error, arrived))

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        if not self.troubles.get(address.channel):
            return await super().send(address, message, key=key, replacing=replacing)
        error, arrived = self.troubles[address.channel].pop(0)
        if arrived:
            await super().send(address, message, key=key, replacing=replacing)
        raise error

    async def find(self, key: str, address: Address, since: datetime) -> str | None:
        assert self.can_look, "nobody can look here"
        self.looked += 1
        return await super().find(key, address, since)

    def seen(self, chat: str) -> list[str]:
        return [f"{post.message.body}{post.message.note}" for post in self.posts if post.address.channel == chat]


def rough(world: World, *, can_look: bool) -> Rough:
    platform = Rough(can_look=can_look)
    adapter: Adapter = platform
    world.telegram = platform
    world.house.adapters["telegram"] = adapter
    return platform


async def write(world: World, chat: str, *bodies: str, again: bool = True) -> None:
    for body in bodies:
        address = Address("telegram", "team", chat)
        letter = Letter(f"letter {next(_numbers)}", address, Message(body=body), world.house.clock(), again=again)
        await world.house.database.write(lambda session, letter=letter: outbox.put(session, letter))  # type: ignore[misc]
    await world.house.settled()


async def test_asked_to_wait_it_waits_to_the_second_and_keeps_the_order(world: World) -> None:
    platform = rough(world, can_look=False)
    platform.fails(HANA, RetryLater("429", after=7))
    await write(world, HANA, "1", "2", "3")
    await write(world, KEN, "a", "b")
    assert platform.seen(HANA) == []
    assert platform.seen(KEN) == ["a", "b"], "nobody waits for another chat"
    await world.later(seconds=6)
    assert platform.seen(HANA) == []
    await world.later(seconds=1)
    assert platform.seen(HANA) == ["1", "2", "3"], "a refused letter has no twin to warn of"


async def test_asked_to_wait_without_a_time_it_waits_longer_and_longer(world: World) -> None:
    platform = rough(world, can_look=True)
    for _ in range(8):
        platform.fails(HANA, RetryLater("busy"))
    await write(world, HANA, "1", "2")
    left = []
    for _ in range(4):
        await world.later(seconds=2)
        left.append(len(platform.troubles[HANA]))
    assert left[-1] > 2, "it does not hammer"
    for _ in range(8):
        await world.later(minutes=5)
    assert platform.seen(HANA) == ["1", "2"]
    assert platform.looked == 0


async def test_who_left_gets_no_more_and_others_do(world: World) -> None:
    platform = rough(world, can_look=False)
    platform.fails(HANA, Unreachable("blocked"))
    await write(world, HANA, "1", "2")
    await write(world, KEN, "a")
    assert platform.seen(HANA) == ["2"], "one refusal is one letter's end and no chat's"
    assert platform.seen(KEN) == ["a"]
    assert await letters(world) == {"dead": 1, "delivered": 2}


@pytest.mark.parametrize(
    "error", [ConnectionError("reset"), TimeoutError(), OSError("no route"), ValueError("?")], ids=repr
)
@pytest.mark.parametrize("arrived", [True, False])
async def test_where_it_can_look_a_doubtful_letter_arrives_once(world: World, error: Exception, arrived: bool) -> None:
    platform = rough(world, can_look=True)
    platform.fails(HANA, error, arrived=arrived)
    await write(world, HANA, "1", "2")
    await write(world, KEN, "a")
    assert platform.seen(KEN) == ["a"]
    await world.later(minutes=5)
    assert platform.seen(HANA) == ["1", "2"]
    assert platform.looked == 1
    assert await letters(world) == {"delivered": 3}


@pytest.mark.parametrize("error", [ConnectionError("reset"), TimeoutError()], ids=repr)
@pytest.mark.parametrize("arrived", [True, False])
async def test_where_it_cannot_look_the_second_is_marked(world: World, error: Exception, arrived: bool) -> None:
    platform = rough(world, can_look=False)
    platform.fails(HANA, error, arrived=arrived)
    await write(world, HANA, "1", "2")
    await world.later(minutes=5)
    marked = f"1{world.house.text('delivery.again')}"
    assert marked.startswith("1※再送")
    assert platform.seen(HANA) == (["1"] if arrived else []) + [marked, "2"]


async def test_a_letter_not_worth_a_twin_stays_unknown(world: World) -> None:
    platform = rough(world, can_look=False)
    platform.fails(HANA, ConnectionError("reset"), arrived=True)
    await write(world, HANA, "1", again=False)
    await write(world, HANA, "2")
    await world.later(minutes=5)
    assert platform.seen(HANA) == ["1", "2"]
    assert await letters(world) == {"unknown": 1, "delivered": 1}


async def test_a_doubtful_letter_that_is_told_to_wait_stays_doubtful(world: World) -> None:
    platform = rough(world, can_look=False)
    platform.fails(HANA, ConnectionError("reset"), arrived=True)
    platform.fails(HANA, RetryLater("429", after=60))
    await write(world, HANA, "1")
    await world.later(minutes=5)
    await world.later(minutes=5)
    assert [each[:4] for each in platform.seen(HANA)] == ["1", "1※再送"]


async def test_what_was_being_sent_when_the_process_ended_is_doubtful(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        world.house.adapters.clear()
        await write(world, HANA, "1", "2")
        await world.house.database.write(lambda session: outbox.claim(session, world.house.clock().replace(hour=9)))
    async with open_world(tmp_path) as world:
        platform = rough(world, can_look=False)
        await world.house.database.write(stranded.recover)
        await world.later(minutes=5)
        assert [each[:4] for each in platform.seen(HANA)] == ["1※再送", "2"]


async def test_an_absent_platform_keeps_its_letters_until_it_is_back(world: World) -> None:
    adapter = world.house.adapters.pop("telegram")
    await write(world, HANA, "1", "2")
    await world.later(hours=3)
    world.house.adapters["telegram"] = adapter
    await world.later(minutes=5)
    assert [post.message.body for post in world.telegram.posts] == ["1", "2"]


@pytest.mark.parametrize("seed", range(6))
async def test_through_any_trouble_every_chat_reads_its_letters_in_order(world: World, seed: int) -> None:
    dice = random.Random(seed)
    platform = rough(world, can_look=bool(seed % 2))
    wanted = [str(number) for number in range(9)]
    for chat in (HANA, KEN):
        doubts = 0
        for _ in range(12):
            waits = [RetryLater("429", after=3), RetryLater("busy")]
            error = dice.choice([*waits, ConnectionError(), TimeoutError()] if doubts < MOST_TWINS - 1 else waits)
            doubts += not isinstance(error, RetryLater)
            platform.fails(chat, error, arrived=not isinstance(error, RetryLater) and dice.random() < 0.5)
        await write(world, chat, *wanted)
    for _ in range(40):
        await world.later(minutes=5)
    for chat in (HANA, KEN):
        seen = platform.seen(chat)
        assert list(dict.fromkeys(each[0] for each in seen)) == wanted
        assert sorted(seen, key=lambda each: each[0]) == seen, "nobody reads 2 before a late 1"
        unmarked = [each for each in seen if "※再送" not in each]
        assert len(unmarked) == len(set(unmarked)), "a twin always says that it is one"
        if platform.can_look:
            assert seen == wanted
    assert await letters(world) == {"delivered": 18}


async def test_an_outage_of_an_hour_is_survived_where_nobody_can_look(world: World) -> None:
    platform = rough(world, can_look=False)
    for _ in range(4):
        platform.fails(HANA, TimeoutError(), arrived=False)
    await write(world, HANA, "1")
    for _ in range(24):
        await world.later(minutes=5)
    assert await letters(world) == {"delivered": 1}
    [seen] = platform.seen(HANA)
    assert "※再送" in seen


async def test_a_chat_is_not_filled_with_copies_of_one_letter(world: World) -> None:
    platform = rough(world, can_look=False)
    for _ in range(100):
        platform.fails(HANA, TimeoutError(), arrived=True)
    await write(world, HANA, "1")
    for _ in range(60):
        await world.later(minutes=5)
    assert len(platform.seen(HANA)) == MOST_TWINS
    assert await letters(world) == {"unknown": 1}
