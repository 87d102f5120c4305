"""Where nothing can be stored, a sign of danger is answered all the same, and the event still comes again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event as Gate

import pytest

from bot.chat.errors import NotStored
from bot.chat.events import Event, Press, Text
from bot.chat.messages import Reply
from bot.routing import at_least
from bot.store import drafts, inbox
from bot.store.session import Session
from tests.scenarios.community import community
from tests.scenarios.danger import SELF, YORISOI, is_card, signs
from tests.world import Person, World, spoken

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def receive(*_: object) -> bool:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "receive", receive)
        yield


async def sent(person: Person, event: Event) -> tuple[Reply | None, Exception | None]:
    """What is in hand, and what the adapter is told; nothing is acknowledged where it is told something."""
    acknowledged = False

    def stored() -> None:
        nonlocal acknowledged
        acknowledged = True

    try:
        return await person.world.house.pipeline.dispatch(event, stored), None
    except Exception as error:
        assert not acknowledged
        return (error.reply if isinstance(error, NotStored) else None), error


async def test_a_full_disk_keeps_no_card_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hana, _, _ = await community(world)
    event = world.event(hana, Text(SELF))
    begun = time.monotonic()
    with full_disk(monkeypatch):
        reply, error = await sent(hana, event)
    assert time.monotonic() - begun < 2.0
    assert isinstance(error, NotStored)
    assert reply and reply.message
    assert is_card(reply.message)
    assert YORISOI in reply.message.body
    assert "取っておけません" in reply.message.note


async def test_it_comes_again_and_is_kept_then(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hana, _, _ = await community(world)
    event = world.event(hana, Press("menu.show"))
    words = world.event(hana, Text(SELF))
    with full_disk(monkeypatch):
        _, error = await sent(hana, event)
        assert error and not isinstance(error, NotStored), "an ordinary event has nothing that cannot wait"
        await sent(hana, words)
        reply, error = await sent(hana, words)
        assert error and reply is None, "the card is not shown at every try"
    reply, error = await sent(hana, words)
    assert error is None
    assert reply and is_card(reply.message)
    assert reply.message and reply.message.buttons[0].argument, "now it is kept"


async def test_its_two_answers_are_given_without_a_database_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hana, _, _ = await community(world)
    with full_disk(monkeypatch):
        for action, words in (("danger.self", YORISOI), ("danger.client", "精神保健福祉センター")):
            reply, error = await sent(hana, world.event(hana, Press(action)))
            assert isinstance(error, NotStored)
            assert reply and reply.message
            assert words in reply.message.body
            assert "当番に知らせる" not in spoken(reply.message), "nobody could be told now"


async def test_a_database_that_hangs_keeps_no_card_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hana, _, _ = await community(world)
    monkeypatch.setattr(at_least, "SOON", 0.05)
    gate = Gate()
    real = inbox.receive

    def receive(session: Session, event: Event, now: object) -> bool:
        gate.wait(20)
        return real(session, event, now)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "receive", receive)
        begun = time.monotonic()
        words = world.event(hana, Text(SELF))
        reply, error = await sent(hana, words)
        assert time.monotonic() - begun < 2.0
        gate.set()
    assert isinstance(error, NotStored)
    assert reply and is_card(reply.message)
    again, error = await sent(hana, words)
    assert error is None
    assert again is None, "it was stored after all, and is handled by whoever finds it waiting"
    await world.house._catch_up()
    assert hana.letters, "so the card that is kept comes as a letter"


async def test_a_write_that_fails_afterwards_keeps_no_card_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    hana, _, _ = await community(world)

    def keep(*_: object) -> str:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(drafts, "keep", keep)
        reply, error = await sent(hana, world.event(hana, Text(SELF)))
        assert error is None, "the event itself is on the disk"
        assert reply and is_card(reply.message)
        other, _ = await sent(hana, world.event(hana, Press("worry.begin")))
        assert other and other.message
        assert not is_card(other.message)
