"""People in front of a screen, who after an outage look at their chat and press again, or begin again."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.events import Address, Body, Command, Event, Press, Submit, Text
from bot.chat.messages import Button, Form, Message, Reply
from bot.store.packing import (
    event_from_dict,
    event_to_dict,
    form_from_dict,
    form_to_dict,
    message_from_dict,
    message_to_dict,
)
from tests.faults.ledger import Ledger, LedgerPlatform, Line
from tests.faults.points import switch

Settle = Callable[[], Awaitable[None]]
Dispatch = Callable[[Event], Awaitable[Reply | None]]


class Post:
    """Brings what people do to the bot: an act that was not acknowledged is brought again, with the same id."""

    def __init__(self, ledger: Ledger, dispatch: Dispatch, settle: Settle, clock: Callable[[], datetime]) -> None:
        self.ledger, self._dispatch, self._settle, self._clock = ledger, dispatch, settle, clock

    async def bring(self, platform: LedgerPlatform, person: str, channel: str, body: Body) -> None:
        event = Event(
            id=f"event-{len(self.ledger.of('event')) + 1}",
            sender=person,
            address=Address(platform.name, "team", channel),
            direct=channel == person,
            modal=platform.dialogs and not isinstance(body, Text),
            at=self._clock(),
            body=body,
        )
        self.ledger.add("event", person=person, event=event_to_dict(event))
        await self._deliver(event)

    async def bring_again(self) -> None:
        """What a platform does when the bot is back."""
        acknowledged = {line["id"] for line in self.ledger.of("ack")}
        for line in self.ledger.of("event"):
            if line["event"]["id"] not in acknowledged:
                await self._deliver(event_from_dict(line["event"]))

    async def _deliver(self, event: Event) -> None:
        switch.passing("event:brought")
        reply = await self._dispatch(event)
        switch.passing("event:answered")
        self.ledger.add("ack", id=event.id)
        switch.passing("event:acknowledged")
        if reply is not None:
            message = reply.message and message_to_dict(reply.message)
            form = reply.form and form_to_dict(reply.form)
            self.ledger.add("shown", person=event.sender, message=message, form=form)
        await self._settle()


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on a screen: a message, or a dialog that is open."""

    message: Message
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    platform: LedgerPlatform
    post: Post
    group: str

    async def commands(self, name: str, argument: str = "") -> None:
        await self._does(Command(name, argument))

    async def presses_in_group(self, action: str, quote: str) -> None:
        """The button under the post that shows these words."""
        for message in reversed(self.post.ledger.standing(self.group)):
            if quote in message.quote:
                return await self._press(_buttons(message, action)[0], self.group)
        raise LookupError(f"{self.id} does not see {quote!r} in {self.group}")

    async def presses(self, action: str) -> None:
        """The newest such button in one's own chat."""
        for seen in reversed(self._seen(0)):
            if found := _buttons(seen.message, action):
                return await self._press(found[0], self.id)
        raise LookupError(f"{self.id} sees no button for {action}")

    def reads(self, words: str) -> bool:
        """Whether these words stand in one's own chat."""
        shown = (seen.message for seen in self._seen(0))
        return any(words in f"{each.title}\n{each.body}\n{each.quote}" for each in shown)

    async def goes_on(
        self, answers: Mapping[str, str], doors: Sequence[str], begin: Callable[[], Awaitable[None]]
    ) -> None:
        """One step towards what this person wants.

        They look at what came since they last did something. If nothing came, they do the last thing again;
        if what came leads nowhere, they begin again.
        answers: words by a part of the question's label. doors: actions that lead on, the best first.
        """
        began = self._last("begins")
        acted = max(self._last("event"), began)
        new = self._seen(acted)
        for seen in reversed(new or self._seen(began)):
            if await self._took(seen, answers, doors):
                return
        await begin()

    async def _took(self, seen: Seen, answers: Mapping[str, str], doors: Sequence[str]) -> bool:
        if seen.form is not None:
            await self._does(_filled(seen.form, answers))
            return True
        if _buttons(seen.message, "form.later"):
            wanted = next((words for label, words in answers.items() if label in seen.message.body), None)
            if wanted is None:
                return False
            choice = next((button for button in seen.message.buttons if button.label == wanted), None)
            await (self._press(choice, self.id) if choice else self._does(Text(wanted)))
            return True
        for door in doors:
            if found := _buttons(seen.message, door):
                await self._press(found[0], self.id)
                return True
        return False

    def _seen(self, since: int) -> list[Seen]:
        found = (self._as_seen(line) for line in self.post.ledger.lines[since:])
        return [seen for seen in found if seen is not None]

    def _as_seen(self, line: Line) -> Seen | None:
        if line["kind"] == "letter" and line["channel"] == self.id:
            return Seen(message_from_dict(line["message"]))
        if line["kind"] == "shown" and line["person"] == self.id:
            message = message_from_dict(line["message"]) if line["message"] else Message()
            return Seen(message, form_from_dict(line["form"]) if line["form"] else None)
        return None

    def _last(self, kind: str) -> int:
        for number, line in reversed([*enumerate(self.post.ledger.lines, start=1)]):
            if line["kind"] == kind and line["person"] == self.id:
                return number
        return 0

    async def _press(self, button: Button, channel: str) -> None:
        await self._does(Press(button.action, button.argument), channel)

    async def _does(self, body: Body, channel: str = "") -> None:
        await self.post.bring(self.platform, self.id, channel or self.id, body)


def _buttons(message: Message, action: str) -> list[Button]:
    return [button for button in message.buttons if button.action == action]


def _filled(form: Form, answers: Mapping[str, str]) -> Submit:
    filled: dict[str, str] = {}
    for field in form.fields:
        words = next(words for label, words in answers.items() if label in field.label)
        filled[field.name] = next((choice.value for choice in field.choices if choice.label == words), words)
    return Submit(form.name, filled, form.argument)
