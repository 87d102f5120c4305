"""For the doctor: whether Slack takes our tokens, and which scopes are missing."""

import aiohttp

from bot.adapters.slack.api import Api, SlackRefused
from bot.adapters.slack.introduction import BOT_TOKEN, Introduction
from bot.chat.errors import Misconfigured, RetryLater

SECONDS = 10


async def examine(bot_token: str, app_token: str, url: str) -> str:
    """The workspace we are at home in. Raises Misconfigured, naming the setting and the fix."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session:
        introduction = Introduction(Api(bot_token, url, session), app_token)
        try:
            workspace, missing = await introduction.once()
        except (TimeoutError, RetryLater, SlackRefused, aiohttp.ClientError) as error:
            raise Misconfigured(
                "YORISOI_SLACK_API_URL",
                f"Slack cannot be reached there ({type(error).__name__}).",
                "check the address, the network and the proxy.",
            ) from None
    if missing:
        raise Misconfigured(
            BOT_TOKEN,
            f"the app lacks scopes: {', '.join(sorted(missing))}.",
            "compare with deploy/slack/manifest.yaml, then reinstall the app in the workspace.",
        )
    return workspace.team
