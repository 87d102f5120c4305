"""Which platforms are configured, and what the others lack."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.adapters.slack import Tokens, open_slack
from bot.app.house import House
from bot.app.memory import HouseMemory
from bot.app.web import open_doors
from bot.chat.adapter import Adapter
from bot.chat.errors import Misconfigured
from bot.handlers import every_route
from bot.settings import Settings

SENT_BY_PLATFORMS = {"start", "home", "file"}
"""Commands nobody types."""


@asynccontextmanager
async def open_platforms(house: House) -> AsyncIterator[list[Adapter]]:
    """Every configured platform, ready to run; none where nothing is configured. Raises Misconfigured."""
    settings = house.settings
    async with AsyncExitStack() as stack:
        adapters: list[Adapter] = []
        if tokens := slack_tokens(settings):
            memory = HouseMemory(house.database, "slack", house.clock)
            slack = await stack.enter_async_context(open_slack(tokens, memory, house.text.speaking, commands()))
            await stack.enter_async_context(open_doors(slack.doors, settings.http_host, settings.http_port))
            adapters.append(slack)
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


def commands() -> frozenset[str]:
    """What people may type."""
    return frozenset(name for kind, name in every_route().routes if kind == "command") - SENT_BY_PLATFORMS
