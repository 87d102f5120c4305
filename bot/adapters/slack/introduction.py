"""Asks Slack who we are there and what we may do; says to the operator what is missing."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog

from bot.adapters.slack.api import NOT_ALLOWED, Api, SlackRefused, scopes_of
from bot.adapters.slack.decode import Workspace
from bot.chat.errors import Misconfigured

log = structlog.get_logger()

BOT_TOKEN = "YORISOI_SLACK_BOT_TOKEN"
APP_TOKEN = "YORISOI_SLACK_APP_TOKEN"

SCOPES = {
    "app_mentions:read": "app_mention",
    "channels:history": "conversations.history",
    "channels:read": "users.conversations",
    "chat:write": "chat.postMessage",
    "commands": "/yorisoi",
    "groups:history": "conversations.history",
    "groups:read": "users.conversations",
    "im:history": "message.im",
    "im:read": "users.conversations",
    "im:write": "conversations.open",
}
"""Every scope we ask for, and the one thing it is for; deploy/slack/manifest.yaml lists the same."""

LONGEST_WAIT = 60.0


class Introduction:
    def __init__(self, api: Api, app_token: str) -> None:
        self._api, self._app_token = api, app_token

    async def made(self) -> Workspace:
        """Waits while Slack cannot be reached. Raises Misconfigured where a token is refused."""
        wait = 1.0
        while True:
            try:
                workspace, missing = await self.once()
            except Misconfigured:
                raise
            except Exception as error:  # whatever a broken network makes of an answer
                log.warning("slack not reached", platform="slack", error=type(error).__name__)
            else:
                if missing:
                    log.warning("scopes missing", platform="slack", error=min(missing))
                return workspace
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def once(self) -> tuple[Workspace, frozenset[str]]:
        """Who we are there, and the scopes that are missing."""
        answer = await self._asked("auth.test", BOT_TOKEN, "the Bot User OAuth Token (xoxb-…) of OAuth & Permissions")
        if self._app_token:
            await self._try_app_token()
        workspace = Workspace(
            team=str(answer["team_id"]),
            bot_user=str(answer["user_id"]),
            bot=str(answer.get("bot_id") or ""),
            enterprise=str(answer.get("enterprise_id") or ""),
        )
        return workspace, missing_scopes(answer)

    async def _try_app_token(self) -> None:
        """Socket Mode's own client would knock for ever without saying why."""
        await self._asked(
            "apps.connections.open",
            APP_TOKEN,
            "an App-Level Token (xapp-…) with connections:write, and switch Socket Mode on",
            token=self._app_token,
        )

    async def _asked(self, method: str, setting: str, fix: str, **arguments: Any) -> Mapping[str, Any]:
        try:
            return await self._api.call(method, json=True, **arguments)
        except SlackRefused as refused:
            if refused.code in NOT_ALLOWED:
                raise Misconfigured(setting, f"Slack refuses it ({refused.code}).", f"use {fix}.") from None
            raise


def missing_scopes(answer: Mapping[str, Any]) -> frozenset[str]:
    """Of the scopes we ask for, those the token lacks; none where Slack does not say."""
    given = scopes_of(answer.get("headers") or {})
    return frozenset(SCOPES) - given if given else frozenset()
