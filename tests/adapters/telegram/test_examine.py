"""What the doctor says of Telegram: who we are there, and a trouble only while it is one."""

from datetime import timedelta

import pytest

from bot.adapters.telegram import Account, examine
from bot.chat.errors import Misconfigured
from tests.adapters.slack.house import free_port
from tests.telegram.chats import BOT_NAME
from tests.telegram.server import open_telegram
from tests.world import HeldClock


async def test_an_old_trouble_of_the_webhook_is_none() -> None:
    clock = HeldClock()
    async with open_telegram("webhook", clock) as telegram:
        nobody = f"http://127.0.0.1:{free_port()}/telegram/events"
        account = Account(telegram.token, telegram.root, nobody)
        telegram.webhook.set(nobody, "secret", 1)
        await telegram.person("hana").commands("help")
        await telegram.chats.until(lambda: telegram.webhook.last_error, 8)
        telegram.webhook.last_error_date = int(clock().timestamp())
        with pytest.raises(Misconfigured, match="could not reach us"):  # one waits
            await examine(account, clock())
        telegram.queue.clear()
        with pytest.raises(Misconfigured, match="could not reach us"):  # just now
            await examine(account, clock())
        clock.advance(timedelta(minutes=16))
        assert await examine(account, clock()) == f"@{BOT_NAME} (webhook, 0)"


async def test_a_webhook_of_somebody_else_is_named() -> None:
    async with open_telegram(now=HeldClock()) as telegram:
        assert await examine(Account(telegram.token, telegram.root)) == f"@{BOT_NAME} (polling, 0)"
        telegram.webhook.set("http://127.0.0.1:9/elsewhere", "", 1)
        with pytest.raises(Misconfigured, match="another address"):
            await examine(Account(telegram.token, telegram.root))
