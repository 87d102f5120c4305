"""An answer that takes long is acknowledged in time, and a moment that has passed is told."""

import asyncio

import pytest

from bot.adapters.slack import answering
from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse
from tests.slack.faults import Fault

QUESTION = "親ばっかり喋って本人一言も"


async def test_two_of_one_person_are_both_acknowledged_though_the_first_takes_long(town: SlackHouse) -> None:
    """What is stored is acknowledged, however long those before it take."""
    hana = await town.member("hana")
    gate = asyncio.Event()
    async with town.slow_handbook(gate):
        first = town.slack.start(hana.says(QUESTION))
        second = town.slack.start(hana.says("家族会について"))
        await asyncio.wait_for(asyncio.gather(first, second), 3)
        assert not hana.letters, "nothing is answered yet"
        gate.set()
        await town.settled()
    assert len(hana.letters) == 2


async def test_a_slow_answer_opens_a_dialog_that_says_to_wait(town: SlackHouse) -> None:
    hana = await town.member("hana")
    gate = asyncio.Event()
    async with town.slow_handbook(gate):
        await hana.slash(f"ask {QUESTION}")
        await hana.sees_soon("少しお待ちください")
        gate.set()
        await hana.sees_soon("近いところ")
    await hana.closes(everything=True)
    gate.clear()
    async with town.slow_handbook(gate):
        await hana.slash()
        await hana.sees_soon("ハンドブックに聞く")
        await hana.presses("ハンドブックに聞く")
        await hana.sees_soon("ふだんのことば")
        await hana.fills(QUESTION)
        await hana.sees_soon("少しお待ちください")
        gate.set()
        await hana.sees_soon("近いところ")


async def test_a_dialog_that_says_to_wait_does_not_stay(town: SlackHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    hana.look(square)
    await hana.mentions(square, QUESTION)
    await hana.sees_soon("皆にも見せる")
    monkeypatch.setattr(answering, "SKELETON_AFTER", 0.0)
    await hana.presses("皆にも見せる")
    await town.settled()
    assert hana.modal is None or "少しお待ちください" not in str(hana.modal.view)


async def test_a_dialog_that_comes_too_late_is_told(town: SlackHouse) -> None:
    await town.place("hiroba")
    hana = await town.member("hana")
    town.slack.faults.next("views.open", Fault(error="expired_trigger_id"))
    await hana.slash("worry")
    await hana.sees_soon("もう一度押してください")
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
