"""Brings what was said to the bot while it was not listening; buttons and dialogs cannot be brought again."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import structlog

from bot.adapters.slack.api import GONE, NOT_ALLOWED, Api, SlackRefused
from bot.adapters.slack.decode import Workspace
from bot.chat.errors import RetryLater

log = structlog.get_logger()

KINDS = "im,public_channel,private_channel"
PAGE = 200
PATIENCE = 60.0


class Backfill:
    """Reads the histories of the chats the bot is in, and makes of each message the event Slack would have sent."""

    def __init__(self, api: Api, workspace: Workspace) -> None:
        self._api, self._here = api, workspace

    async def since(self, moment: datetime) -> AsyncIterator[Mapping[str, Any]]:
        """Oldest first within a chat. A chat that cannot be read is passed over, and said in the log."""
        async for chat in self._pages("users.conversations", "channels", types=KINDS, exclude_archived=True):
            heard = [
                event
                async for message in self._pages(
                    "conversations.history", "messages", channel=str(chat["id"]), oldest=f"{moment.timestamp():.6f}"
                )
                if (event := self._event(chat, message))
            ]
            for event in reversed(heard):
                yield event

    def _event(self, chat: Mapping[str, Any], message: Mapping[str, Any]) -> Mapping[str, Any] | None:
        direct = bool(chat.get("is_im"))
        if not direct and f"<@{self._here.bot_user}>" not in str(message.get("text")):
            return None
        kind = {"type": "message", "channel_type": "im"} if direct else {"type": "app_mention"}
        event = {**message, **kind, "channel": chat["id"]}
        return {"type": "event_callback", "team_id": self._here.team, "event": event}

    async def _pages(self, method: str, name: str, **arguments: Any) -> AsyncIterator[Mapping[str, Any]]:
        cursor = ""
        while True:
            try:
                page = await self._api.call(method, limit=PAGE, cursor=cursor, **arguments)
            except RetryLater as wait:
                await asyncio.sleep(min(wait.after or PATIENCE, PATIENCE))
                continue
            except SlackRefused as refused:
                if refused.code not in NOT_ALLOWED | GONE:  # an outage that is not over: later, and all of it
                    raise
                log.warning("nothing could be brought after", platform="slack", error=refused.code)
                return
            for each in page.get(name) or ():
                yield each
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return
