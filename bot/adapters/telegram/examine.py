"""For the doctor: whether Telegram takes our token, and whether it reaches us where it should."""

from datetime import UTC, datetime, timedelta

import aiohttp
from telegram import WebhookInfo

from bot.adapters.telegram.account import Account
from bot.adapters.telegram.api import Api
from bot.adapters.telegram.introduction import Introduction
from bot.chat.errors import Misconfigured

SECONDS = 10


RECENT = timedelta(minutes=15)


async def examine(account: Account, now: datetime | None = None) -> str:
    """Who we are there, how we hear, how many updates wait. Raises Misconfigured, naming the setting and the fix."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
        api = Api(account.token, account.url, session)
        try:
            me = await Introduction(api).once()
            webhook = await api.call("", lambda bot: bot.get_webhook_info())
        except Misconfigured:
            raise
        except Exception as error:  # whatever a broken network makes of an answer
            raise Misconfigured(
                "YORISOI_TELEGRAM_API_URL",
                f"Telegram cannot be reached there ({type(error).__name__}).",
                "check the address, the network and the proxy.",
            ) from None
    if account.webhook_url and webhook.url == account.webhook_url and _is_unreached(webhook, now or datetime.now(UTC)):
        raise Misconfigured(
            "YORISOI_TELEGRAM_WEBHOOK_URL",
            f"Telegram could not reach us there ({webhook.pending_update_count} waiting).",
            "check that the address leads to this machine's port by way of TLS, and that yorisoi serve is running.",
        )
    if webhook.url and webhook.url != account.webhook_url:
        raise Misconfigured(
            "YORISOI_TELEGRAM_WEBHOOK_URL",
            "this bot's updates go to another address than the one in the settings.",
            "start yorisoi serve, which sets it right; if it comes back, another program uses this token.",
        )
    way = "webhook" if account.webhook_url else "polling"
    return f"@{me.name} ({way}, {webhook.pending_update_count})"


def _is_unreached(webhook: WebhookInfo, now: datetime) -> bool:
    """Telegram keeps its last trouble for good, however long ago it was and whatever went well since."""
    recent = webhook.last_error_date is not None and now - webhook.last_error_date < RECENT
    return bool(webhook.last_error_message) and bool(webhook.pending_update_count or recent)
