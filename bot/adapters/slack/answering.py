"""Shows the answer in hand to whoever acted, where nobody else reads it; it may be lost, and is never stored."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.adapters.slack.api import QUIET, Api, SlackRefused
from bot.adapters.slack.arrival import Arrival
from bot.adapters.slack.dialogs import Dialogs, Words, refusal
from bot.adapters.slack.render import Renderer
from bot.chat.errors import RetryLater
from bot.chat.messages import Message, Reply

log = structlog.get_logger()

SKELETON_AFTER = 1.0
"""Seconds until a dialog opens that says to wait: a trigger is good for three."""

MEMBER_PAGES = 10
"""Of a thousand members each; who is in a larger channel is not asked."""

LONGEST_PATIENCE = 10.0
"""Seconds an answer in hand waits where Slack asks to wait; after that it is lost, as it may be."""

Pending = asyncio.Task[Reply | None]


class Answering:
    """words: the catalogue by language; an empty language is the community's own."""

    def __init__(self, api: Api, renderer: Renderer, words: Callable[[str], Words]) -> None:
        self._api, self._renderer, self._words = api, renderer, words
        self._dialogs = Dialogs(renderer)

    async def answer(self, arrival: Arrival, pending: Pending) -> None:
        """Everything but submissions, whose answer goes with the acknowledgement."""
        match arrival.way:
            case "dialog" | "submission":
                await self._in_dialog(arrival, pending)
            case "home":
                if (reply := await pending) and reply.message:
                    home = self._dialogs.home(reply.message)
                    await self._call("views.publish", user_id=arrival.event.sender, view=home)
            case "chat":
                if (reply := await pending) and reply.message:
                    await self._post(arrival, reply.message)
            case "aside":
                if (reply := await pending) and reply.message:
                    await self._aside(arrival, reply.message)

    async def at_least(self, arrival: Arrival, reply: Reply) -> None:
        """Though nothing could be stored. A submitted dialog stays open with what was written, to be sent again."""
        if arrival.way == "submission" and reply.message:
            await self._post(arrival, reply.message)
        else:
            await self.answer(arrival, asyncio.create_task(_given(reply)))

    def acknowledgement(self, reply: Reply | None) -> dict[str, Any] | None:
        """What is sent back for a submitted dialog; None closes it."""
        if reply is None:
            return None
        if reply.field or (reply.form and reply.message):
            return {"response_action": "errors", "errors": refusal(reply)}
        return {"response_action": "update", "view": self._dialogs.of(reply, self._words(reply.language))}

    def please_wait(self) -> dict[str, Any]:
        return {"response_action": "update", "view": self._dialogs.waiting(self._words(""))}

    async def turn_away(self, arrival: Arrival, why: str) -> None:
        """Nothing of this is stored, and the person is told kindly. why: the key of the words."""
        message = Message(body=self._words("")(why))
        if arrival.trigger and not arrival.view:
            view = self._dialogs.message(message, self._words(""))
            await self._call("views.open", trigger_id=arrival.trigger, view=view)
        elif arrival.way == "chat":
            await self._post(arrival, message)
        elif arrival.way == "aside":
            await self._aside(arrival, message)

    async def outside(self, channel: str) -> bool:
        """Whether we are not in this channel: what is posted there would not be taken."""
        try:
            known = await self._api.call("conversations.info", channel=channel)
        except SlackRefused as refused:
            return refused.code == "channel_not_found"  # a private one we are not in
        except Exception as error:
            log.warning("not known whether we are there", platform="slack", error=type(error).__name__)
            return False
        return not known.get("channel", {}).get("is_member", True)

    async def inside(self, channel: str, person: str) -> bool:
        """Whether this person is in the channel; who only looks into a public one is not."""
        cursor = ""
        for _ in range(MEMBER_PAGES):
            try:
                page = await self._api.call("conversations.members", channel=channel, limit=1000, cursor=cursor)
            except Exception as error:
                log.warning("not known who is there", platform="slack", error=type(error).__name__)
                return True
            if person in (page.get("members") or ()):
                return True
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return False
        return True

    async def _in_dialog(self, arrival: Arrival, pending: Pending) -> None:
        view = arrival.view
        if not view and not await _soon(pending, SKELETON_AFTER):
            view = await self._open(arrival, self._dialogs.waiting(self._words("")))
        says_to_wait = bool(view) and (view != arrival.view or arrival.way == "submission")
        reply = await pending
        if reply is None or not (reply.message or reply.form):
            if says_to_wait:
                done = self._dialogs.message(Message(body=self._words("")("error.done")), self._words(""))
                await self._call("views.update", view_id=view, view=done)
            return
        if arrival.passing and reply.replace and reply.message:
            await self._respond(arrival, {**self._renderer.whole(reply.message), "replace_original": True})
            if not view:
                return
        shown = self._dialogs.of(reply, self._words(reply.language))
        if view:
            await self._call("views.update", view_id=view, view=shown)
        elif not await self._open(arrival, shown):
            await self._too_late(arrival, reply.language)

    async def _open(self, arrival: Arrival, view: dict[str, Any]) -> str:
        """The id of the opened dialog; empty where it could not open any more."""
        opened = await self._call("views.open", trigger_id=arrival.trigger, view=view)
        return str((opened or {}).get("view", {}).get("id", ""))

    async def _too_late(self, arrival: Arrival, language: str) -> None:
        """The moment for a dialog has passed: what was done stands, and the door can be opened again."""
        message = Message(body=self._words(language)("slack.too_late"))
        if arrival.response_url:
            await self._respond(arrival, self._renderer.whole(message))
        else:
            await self._post(arrival, message)

    async def _post(self, arrival: Arrival, message: Message) -> None:
        channel = arrival.channel or arrival.event.sender
        for part in self._renderer.messages(message):
            await self._call("chat.postMessage", channel=channel, thread_ts=arrival.thread, **part)

    async def _aside(self, arrival: Arrival, message: Message) -> None:
        part = self._renderer.whole(message)
        part = {name: value for name, value in part.items() if name not in ("unfurl_links", "unfurl_media", "mrkdwn")}
        await self._call(
            "chat.postEphemeral",
            channel=arrival.channel,
            user=arrival.event.sender,
            thread_ts=arrival.thread,
            **part,
        )

    async def _respond(self, arrival: Arrival, body: dict[str, Any]) -> None:
        if not _is_slacks(arrival.response_url, self._api.client.base_url):
            log.warning("answer not shown", platform="slack", error="strange response address")
            return
        hook = AsyncWebhookClient(
            arrival.response_url, session=self._api.client.session, retry_handlers=[], logger=QUIET
        )
        body = {"response_type": "ephemeral", **body}
        await self._safely(lambda: hook.send_dict(body))

    async def _call(self, method: str, **arguments: Any) -> Any:
        return await self._safely(lambda: self._api.call(method, json=True, **arguments))

    async def _safely(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """The result, or None where it could not be shown: the log gets Slack's code and nothing else."""
        try:
            return await call()
        except RetryLater as wait:
            if wait.after is not None and wait.after <= LONGEST_PATIENCE:
                await asyncio.sleep(wait.after)
                return await self._once_more(call)
            log.warning("answer not shown", platform="slack", error=str(wait))
        except SlackRefused as refused:
            log.warning("answer not shown", platform="slack", error=refused.code)
        except Exception as error:
            log.warning("answer not shown", platform="slack", error=type(error).__name__)
        return None

    async def _once_more(self, call: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await call()
        except Exception as error:
            log.warning("answer not shown", platform="slack", error=type(error).__name__)
            return None


async def _given(reply: Reply) -> Reply | None:
    return reply


async def _soon(pending: Pending, seconds: float) -> bool:
    done, _ = await asyncio.wait({pending}, timeout=seconds)
    return bool(done)


def _is_slacks(address: str, api: str) -> bool:
    """Nothing is sent to an address that is not of the same company as the API."""
    theirs, ours = urlsplit(address), urlsplit(api)
    if theirs.scheme != ours.scheme or not theirs.hostname or not ours.hostname:
        return False
    return theirs.hostname == ours.hostname or theirs.hostname.endswith(f".{ours.hostname}")
