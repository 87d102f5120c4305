"""F19: two bots by mistake on one token: the second gives way and says why, and no message stays without an answer.

What both are given before that, both answer: they have no rows in common. On one folder the second does not start.
"""

import asyncio
from pathlib import Path

import pytest

from bot.chat.errors import Misconfigured
from tests.adapters.telegram.house import open_telegram_house
from tests.faults.report import Figure
from tests.telegram.server import open_telegram
from tests.world import HeldClock


async def two_pollers(folder: Path, *, times: int, messages: int) -> dict[str, Figure]:
    clock, sent, words = HeldClock(), 0, set()
    for name in ("first", *(f"second{number}" for number in range(times))):
        await asyncio.to_thread((folder / name).mkdir)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.adapters.telegram.polling.FIRST_WAIT", 0.2)
        patch.setattr("bot.adapters.telegram.polling.NEWCOMER_SECONDS", 0.0)
        async with open_telegram(now=clock) as telegram:
            telegram.webhook.set("http://127.0.0.1:9/left", "", 1)
            telegram.polling.conflict_pause = 0.5
            async with open_telegram_house(folder / "first", telegram, clock) as first:
                assert telegram.webhook.url == "", "a webhook left set is taken away"
                patch.setattr("bot.adapters.telegram.polling.NEWCOMER_SECONDS", 60.0)
                hana = await first.member("hana")
                await hana.commands("help")
                sent += 1
                await telegram.chats.until(lambda: hana.letters, 10, "an answer")
                for number in range(times):
                    with pytest.raises(Misconfigured) as refused:
                        async with open_telegram_house(folder / f"second{number}", telegram, clock) as second:
                            for _ in range(messages):
                                await hana.commands("help")
                            sent += messages
                            await asyncio.wait_for(second.running, 60)
                    words.add(refused.value.problem)
                    assert not first.running.done(), "the first one goes on"
                await telegram.chats.until(lambda: len(hana.letters) >= sent, 30, "every message answered")
                await first.settled()
                both = len(hana.letters) - sent
                for _ in range(messages):
                    await hana.commands("help")
                await first.settled()
                answered = len(hana.letters) - sent - both
            offsets = [int(args.get("offset", 0)) for args in telegram.chats.called("getUpdates")]
    assert 0 <= both <= times * messages, f"{both} answers too many while there were two"
    assert answered == messages, f"{answered} answers to {messages} messages once there was one again"
    assert words == {"another program fetches this bot's updates."}
    assert min(offsets) >= 0
    return {"gave_way": times, "messages": sent, "lost": 0, "answered_by_both": both}
