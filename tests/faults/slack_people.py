"""People in front of Slack: where no answer comes they press again; where they were told it is done, they wait."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from tests.faults.slack_life import Life
from tests.slack.blocks import inputs, unescape
from tests.slack.people import TIMED_OUT, SlackPerson
from tests.slack.screen import Pressable, message_words
from tests.slack.views import OpenView

WAIT = "少しお待ちください。"
TRIES = 12

Begin = Callable[[], Awaitable[object]]


class Stuck(Exception):
    """Somebody did all a person can do, and it did not happen."""


class Villager:
    """patience: seconds until a person who was told that it is done, or was told nothing, gives up."""

    def __init__(self, me: SlackPerson, life: Life, patience: float) -> None:
        self.me, self._life, self._patience = me, life, patience
        self._acted_at = self._letters = 0

    async def wants(
        self,
        what: str,
        done: Callable[[], bool],
        begin: Begin,
        *,
        told: Sequence[str] = (),
        answers: Mapping[str, str] | None = None,
        doors: Sequence[str] = (),
    ) -> None:
        """told: words after which nobody does it again. doors: patterns of button labels that lead on, the best first.

        answers: what is filled in, by a part of the question.
        """
        since = self.me.workspace.ts()
        if self.me.modal:
            await self.me.closes(everything=True)
        for _ in range(TRIES):
            if done():
                return
            if any(words in self._said_since(since) for words in told):
                await self.waits_for(what, done)
                return
            await self._life.back()
            await self._acts(done, begin, answers or {}, doors, since)
        raise Stuck(f"{self.me.id} {what}")

    async def waits_for(self, what: str, comes: Callable[[], bool]) -> None:
        """They were told that it is done, or it is somebody else's turn."""
        try:
            await self.me.workspace.until(comes, self._patience)
        except AssertionError:
            raise Stuck(f"{self.me.id} waits: {what}") from None

    async def _acts(
        self, done: Callable[[], bool], begin: Begin, answers: Mapping[str, str], doors: Sequence[str], since: str
    ) -> None:
        """One thing that leads on, and a look at what came of it."""
        if self.me.sees(WAIT):
            await self._waits(done)
            return
        deaths = self._acted_at = self._life.deaths
        errors, self._letters = len(self.me.errors), len(self.me.letters)
        if self.me.modal and inputs(self.me.modal.view["blocks"]) and answers:
            await self.me.fills(*self._filled(self.me.modal, answers))
        else:
            found = self._door(doors, since)
            if found is None and self.me.modal:
                await self.me.closes(everything=True)
                found = self._door(doors, since)
            before = self._screen()
            await (self.me.presses(found.label) if found else begin())
            await self._hopes(lambda: done() or self._screen() != before, deaths)
        if TIMED_OUT in self.me.errors[errors:]:  # the bot is gone, or will be in a moment
            await self._hopes(lambda: False, deaths)

    async def _waits(self, done: Callable[[], bool]) -> None:
        """As they were told to: what the dialog does not show any more comes as a letter, or simply happens."""
        await self._hopes(lambda: not self.me.sees(WAIT), self._acted_at)
        if self.me.sees(WAIT):
            await self.me.closes(everything=True)
            await self.waits_for("the rest", lambda: done() or len(self.me.letters) > self._letters)

    async def _hopes(self, happens: Callable[[], bool], deaths: int) -> None:
        """In vain, if the bot dies or nothing comes."""
        try:
            await self.me.workspace.until(lambda: happens() or self._life.deaths > deaths, self._patience)
        except AssertionError:
            return

    def _filled(self, opened: OpenView, answers: Mapping[str, str]) -> list[str | None]:
        labels = [unescape(block["label"]["text"]) for block in inputs(opened.view["blocks"])]
        return [next((words for part, words in answers.items() if part in label), None) for label in labels]

    def _door(self, doors: Sequence[str], since: str) -> Pressable | None:
        for door in doors:
            for each in self.me.pressables:
                if re.fullmatch(door, each.label) and self._leads_on(each, since):
                    return each
        return None

    def _leads_on(self, each: Pressable, since: str) -> bool:
        """What stood in a chat before is not looked at, but for a channel they turned to."""
        source = each.source
        return isinstance(source, OpenView) or source.ts > since or source.channel == self.me.channel != ""

    def _screen(self) -> object:
        """Where answers to what one presses appear; a letter that comes meanwhile is about something earlier."""
        return [(each.id, each.hash) for each in (self.me.modal, self.me.home) if each], list(self.me.errors)

    def _said_since(self, since: str) -> str:
        """In the dialog that is open, and in their own chat."""
        dialog = [] if self.me.modal is None else [str(self.me.modal.view)]
        new = (each for each in self.me.messages if each.ts > since and each.channel == self.me.im)
        return "\n".join([*dialog, *(line for each in new for line in message_words(each))])
