"""Which platforms are configured, and what the others lack."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.adapters.slack import Tokens, open_slack
from bot.adapters.telegram import PATH, Account, open_telegram
from bot.app import calendar_page
from bot.app.house import House
from bot.app.memory import HouseMemory
from bot.app.web import open_doors
from bot.chat.adapter import Adapter
from bot.chat.errors import Misconfigured
from bot.chat.web import Door
from bot.handlers import every_route
from bot.settings import Settings
from bot.views.text import LANGUAGES

SENT_BY_PLATFORMS = {"start", "home", "file"}
"""Commands nobody types: Telegram sends start when somebody opens the bot, Slack home, and both file."""


@asynccontextmanager
async def open_platforms(house: House) -> AsyncIterator[list[Adapter]]:
    """Every configured platform, ready to run; none where nothing is configured. Raises Misconfigured."""
    settings = house.settings
    async with AsyncExitStack() as stack:
        adapters: list[Adapter] = []
        doors: dict[str, Door] = {}
        if tokens := slack_tokens(settings):
            memory = HouseMemory(house.database, "slack", house.clock)
            slack = await stack.enter_async_context(open_slack(tokens, memory, house.text.speaking, commands()))
            doors |= slack.doors
            adapters.append(slack)
        if account := telegram_account(settings):
            memory = HouseMemory(house.database, "telegram", house.clock)
            telegram = await stack.enter_async_context(
                open_telegram(account, memory, house.text.speaking, LANGUAGES, commands(), settings.zone, house.clock)
            )
            doors |= telegram.doors
            adapters.append(telegram)
        shelves = {calendar_page.PREFIX: calendar_page.CalendarPage(house).find} if settings.public_url else {}
        await stack.enter_async_context(open_doors(doors, settings.http_host, settings.http_port, shelves))
        yield adapters


def slack_tokens(settings: Settings) -> Tokens | None:
    """None where Slack is not wanted. Raises Misconfigured where it is half configured."""
    bot = settings.slack_bot_token.get_secret_value()
    app = settings.slack_app_token.get_secret_value()
    secret = settings.slack_signing_secret.get_secret_value()
    if not (bot or app or secret):
        return None
    if not bot:
        raise Misconfigured(
            "YORISOI_SLACK_BOT_TOKEN", "it is missing.", "copy the Bot User OAuth Token (xoxb-…), see docs/slack.md."
        )
    if not (app or secret):
        raise Misconfigured(
            "YORISOI_SLACK_APP_TOKEN",
            "it is missing, and so is YORISOI_SLACK_SIGNING_SECRET.",
            "set the one for Socket Mode (usual), or the other for HTTP; see docs/slack.md.",
        )
    return Tokens(bot, app, secret, settings.slack_api_url)


def telegram_account(settings: Settings) -> Account | None:
    """None where Telegram is not wanted. Raises Misconfigured where its calls could never arrive."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    number, _, secret = token.partition(":")
    if not (number.isdecimal() and secret and all(each.isalnum() or each in "-_" for each in secret)):
        raise Misconfigured(
            "YORISOI_TELEGRAM_TOKEN", "it is no token of a bot.", "copy the whole of what @BotFather gave (123456:AA…)."
        )
    if settings.telegram_webhook_url and not settings.telegram_webhook_url.endswith(PATH):
        raise Misconfigured(
            "YORISOI_TELEGRAM_WEBHOOK_URL", f"it does not end in {PATH}.", f"for example https://bot.example.jp{PATH}."
        )
    return Account(token, settings.telegram_api_url, settings.telegram_webhook_url)


def commands() -> frozenset[str]:
    """What people may type."""
    return frozenset(name for kind, name in every_route().routes if kind == "command") - SENT_BY_PLATFORMS
