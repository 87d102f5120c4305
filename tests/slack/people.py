"""A human in front of Slack: types, presses, fills in and sees."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from tests.slack.blocks import Json, escape
from tests.slack.doors import Doors, ResponseUrl
from tests.slack.forms import fill
from tests.slack.interactions import Interactions
from tests.slack.limits import SlackError, check_view
from tests.slack.payloads import Payloads
from tests.slack.screen import Screen
from tests.slack.socket_mode import Kind
from tests.slack.typed import as_sent
from tests.slack.views import OpenView
from tests.slack.workspace import BOT, Post, Workspace

COMMAND = "/yorisoi"
TIMED_OUT = "operation_timeout"
"""What a person is told when the app does not acknowledge in time."""


class Side(Protocol):
    """What a person needs of the Slack they sit in front of."""

    workspace: Workspace
    payloads: Payloads
    interactions: Interactions
    doors: Doors

    async def deliver(self, kind: Kind, payload: Json) -> Json | None: ...


class SlackPerson(Screen):
    """Every act returns when Slack got the ack or gave up. errors: what Slack complained about to this person.

    view_errors: what stands in red in the open modal, by block.
    """

    def __init__(self, slack: Side, user: str) -> None:
        super().__init__(slack.workspace, user)
        self._slack = slack

    async def slash(self, argument: str = "", channel: str | None = None, command: str = COMMAND) -> None:
        """channel: None for the direct messages with the bot."""
        where = channel or self.im
        fields = self._slack.interactions.slash(self.id, where, command, escape(argument))
        ack = await self._interact("slash_commands", fields)
        if ack and (ack.get("text") or ack.get("blocks")):
            door = ResponseUrl(where, self.id, self.workspace.now(), None)
            self._apply(lambda: self._slack.doors.answer(door, ack))

    async def says(self, text: str, thread_ts: str = "") -> Post:
        """Writes to the bot alone."""
        post = self.workspace.post(self.im, as_sent(text), user=self.id, thread_ts=thread_ts)
        await self._slack.deliver("events_api", self._slack.payloads.message(post))
        return post

    async def says_in(self, channel: str, text: str, thread_ts: str = "", *, heard: bool = False) -> Post:
        """Writes in a channel; the bot hears of it when it is mentioned, or when it listens there (heard)."""
        post = self.workspace.post(channel, as_sent(text), user=self.id, thread_ts=thread_ts)
        told: list[Json] = []
        if f"<@{BOT}>" in text:
            told.append(self._slack.payloads.app_mention(post))
        if heard:
            told.append(self._slack.payloads.message(post))
        if BOT in self.workspace.channels[channel].members:
            await asyncio.gather(*(self._slack.deliver("events_api", each) for each in told))
        return post

    async def mentions(self, channel: str, text: str, thread_ts: str = "") -> Post:
        return await self.says_in(channel, f"<@{BOT}> {text}", thread_ts)

    async def edits(self, post: Post, text: str) -> None:
        payload = self._slack.payloads.message_changed(post, as_sent(text))
        self.workspace.tell()
        await self._slack.deliver("events_api", payload)

    async def takes_back(self, post: Post) -> None:
        payload = self._slack.payloads.message_deleted(post)
        self.workspace.tell()
        await self._slack.deliver("events_api", payload)

    async def opens_home(self) -> None:
        self.at_home = True
        await self._slack.deliver("events_api", self._slack.payloads.app_home_opened(self.id))

    async def presses(self, label: str) -> None:
        """The nearest button with this label."""
        found = next((each for each in self.pressables if each.label == label), None)
        assert found is not None, f"{self.id} sees no button {label!r}; there is {self.buttons}"
        payload = self._slack.interactions.block_actions(self.id, found.source, found.block, found.element)
        await self._interact("interactive", payload)

    async def fills(self, *answers: str | None) -> None:
        """Fills in the open modal from top to bottom and submits it."""
        opened = self._open_modal()
        self.view_errors = fill(opened, answers)
        self.workspace.tell()
        if not self.view_errors:
            await self.submits()

    async def types(self, *answers: str | None) -> None:
        """Fills in the open modal and does not submit it."""
        fill(self._open_modal(), answers)
        self.workspace.tell()

    async def submits(self) -> None:
        """Submits the open modal as it stands."""
        opened = self._open_modal()
        ack = await self._interact("interactive", self._slack.interactions.view_submission(opened))
        if ack is not None:
            self._apply(lambda: self._follow(opened, ack))

    async def closes(self, *, everything: bool = False) -> None:
        """Closes the open modal; what lies under it shows again, unless everything goes."""
        opened = self._open_modal()
        cleared = everything or bool(opened.view.get("clear_on_close"))
        if cleared:
            self.workspace.views.clear(self.id)
        else:
            self.workspace.views.close(opened)
        self.view_errors = {}
        if opened.view.get("notify_on_close"):
            payload = self._slack.interactions.view_closed(opened, cleared=cleared)
            await self._interact("interactive", payload)

    async def shortcut(self, callback_id: str) -> None:
        await self._interact("interactive", self._slack.interactions.shortcut(self.id, callback_id))

    async def message_shortcut(self, callback_id: str, post: Post) -> None:
        await self._interact("interactive", self._slack.interactions.message_action(self.id, callback_id, post))

    def _open_modal(self) -> OpenView:
        assert self.modal is not None, f"{self.id} has no modal open"
        return self.modal

    async def _interact(self, kind: Kind, payload: Json) -> Json | None:
        ack = await self._slack.deliver(kind, payload)
        if ack is None:
            self.errors.append(TIMED_OUT)
            self.workspace.tell()
        return ack

    def _apply(self, follow: Callable[[], None]) -> None:
        """An ack that asks for something impossible shows as an error, and nothing else happens."""
        try:
            follow()
        except SlackError as error:
            self.errors.append(f"{error.code} {error.details}")
        self.workspace.tell()

    def _follow(self, opened: OpenView, ack: Json) -> None:
        action, views = ack.get("response_action"), self.workspace.views
        self.view_errors = {}
        if action == "errors":
            self.view_errors = _known(opened, ack.get("errors") or {})
        elif action == "update":
            check_view(ack.get("view"), "modal")
            views.update(opened, ack["view"])
        elif action == "push":
            check_view(ack.get("view"), "modal")
            views.push(self.id, ack["view"])
        elif action == "clear":
            views.clear(self.id)
        elif action is None:
            views.close(opened)
        else:
            raise SlackError("invalid_response_action")


def _known(opened: OpenView, errors: dict[str, str]) -> dict[str, str]:
    """Slack accepts errors for input blocks of this view only."""
    asked = {block["block_id"] for block in opened.view["blocks"] if block["type"] == "input"}
    if not errors or not set(errors) <= asked:
        raise SlackError("invalid_errors", [f"no input block {sorted(set(errors) - asked)}"])
    return errors
