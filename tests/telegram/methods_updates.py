"""How the bot asks to be told of updates: polling, or a webhook."""

import asyncio
import re

from tests.telegram.methods import Answer, Desk, Method, integer, truth
from tests.telegram.polling import conflict
from tests.telegram.shapes import Json, TelegramError, bad_request

SECRET = 256
_SECRET_LETTERS = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_URL = re.compile(r"https?://[^\s/:]+(?::\d{1,5})?(?:/\S*)?", re.ASCII)


async def get_updates(desk: Desk, args: Json) -> Answer:
    if desk.webhook.url:
        await desk.polling.conflict_delay()
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _allow(desk, args)
    offset, timeout = integer(args, "offset"), integer(args, "timeout", 0, 0, 50)
    return await desk.polling.get_updates(offset, integer(args, "limit", 100, 1, 100), timeout)


def _allow(desk: Desk, args: Json) -> None:
    """An empty list asks for the usual kinds; no list leaves what was asked before."""
    allowed = args.get("allowed_updates")
    if isinstance(allowed, list) and all(isinstance(each, str) for each in allowed):
        desk.updates.queue.allowed = set(allowed)


def set_webhook(desk: Desk, args: Json) -> Answer:
    url, secret = str(args.get("url") or ""), str(args.get("secret_token") or "")
    if not url:
        return delete_webhook(desk, args)
    if not _URL.fullmatch(url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET_LETTERS.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_pace(desk)
    desk.polling.abort("terminated by setWebhook request")
    _allow(desk, args)
    if truth(args, "drop_pending_updates"):
        desk.updates.queue.clear()
    desk.webhook.set(url, secret, integer(args, "max_connections", 40, 1, 100))
    desk.chats.tell()
    return True


def _check_pace(desk: Desk) -> None:
    """Once in a second, and no oftener."""
    now = asyncio.get_running_loop().time()
    if now < desk.webhook.may_be_set:
        raise TelegramError(429, "Too Many Requests: retry after 1", retry_after=1)
    desk.webhook.may_be_set = now + desk.webhook.set_pause


def delete_webhook(desk: Desk, args: Json) -> Answer:
    desk.webhook.stop()
    if truth(args, "drop_pending_updates"):
        desk.updates.queue.clear()
    desk.chats.tell()
    return True


def get_webhook_info(desk: Desk, args: Json) -> Answer:  # noqa: ARG001
    webhook, queue = desk.webhook, desk.updates.queue
    info: Json = {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": len(queue.waiting)}
    if webhook.url:
        info |= {"max_connections": webhook.max_connections, "ip_address": "127.0.0.1"}
    if webhook.last_error:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error}
    if queue.allowed:
        info["allowed_updates"] = sorted(queue.allowed)
    return info


METHODS: dict[str, Method] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
