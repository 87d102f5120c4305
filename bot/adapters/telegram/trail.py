"""Which messages of a chat belong to the form that is being filled there: in memory only, and soon forgotten.

A table of them would say who was writing when a worry came. What is forgotten by a restart is told to the person.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.chat.messages import Message

MOST_CHATS = 2000
MOST_MESSAGES = 80
MAY_BE_DELETED_SECONDS = 48 * 3600 - 60
WORDS_SECONDS = 3600.0
"""How long we know what stood in a message, so that a change of it can be understood."""

LOOK_SECONDS = 60.0
CANCEL, BACK = "form.cancel", "form.back"
"""Buttons under every question of a form, and under all but its first."""


@dataclass(slots=True)
class _Written:
    message: int
    at: float
    text: str = ""
    arguments: frozenset[str] = frozenset()
    of_form: bool = False
    first: bool = False


@dataclass(slots=True)
class _Chat:
    asking: bool = False
    done: str = ""
    written: deque[_Written] = field(default_factory=lambda: deque(maxlen=MOST_MESSAGES))


@dataclass(frozen=True, slots=True)
class Leftover:
    """messages: what can be taken away. whole: nothing older of the same form may be left."""

    messages: tuple[int, ...]
    whole: bool


class Trail:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._chats: OrderedDict[str, _Chat] = OrderedDict()
        self._now = now

    async def run(self) -> None:
        """Until cancelled: forgets also where nobody writes any more."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.forget_old()

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def heard(self, chat: str, message: int, text: str) -> None:
        """What the person wrote; while a question stands open, it is an answer."""
        here = self._chat(chat)
        if any(each.message == message for each in here.written):
            return  # Telegram brings it again
        here.written.append(_Written(message, self._now(), text, of_form=here.asking))

    def answered(self, chat: str, message: int) -> None:
        """What was written is being answered now, after everything before it: whether it was an answer to a question
        shows only here, where somebody wrote faster than we asked."""
        here = self._chat(chat)
        for each in here.written:
            if each.message == message:
                each.of_form = each.of_form or here.asking

    def shown(self, chat: str, message: int, said: Message) -> None:
        """What we answered: the next question, or what came of the last answer."""
        here = self._chat(chat)
        actions = {button.action for button in said.buttons}
        arguments = frozenset(button.argument for button in said.buttons if button.argument)
        of_form, here.asking = here.asking or CANCEL in actions, CANCEL in actions
        first = here.asking and BACK not in actions
        here.written.append(_Written(message, self._now(), "", arguments, of_form, first))

    def rewritten(self, chat: str, message: int, text: str) -> str:
        """What stood in this message before; empty where nobody remembers."""
        for each in self._chat(chat).written:
            if each.message == message:
                before, each.text = each.text, text
                return before
        return ""

    def restored(self, chat: str, message: int, text: str, before: str) -> None:
        """A change that was not stored is none; nothing where another one came after it."""
        for each in self._chat(chat).written:
            if each.message == message and each.text == text:
                each.text = before

    def take_away(self, chat: str, argument: str, keep: int) -> Leftover:
        """What belongs to the form that is done, and to previews with the same argument; kept is what was pressed."""
        here = self._chat(chat)
        if argument and here.done == argument:
            return Leftover((), whole=True)  # pressed twice: nothing of it stands any more
        here.done = argument
        theirs = [each for each in here.written if each.of_form or (argument and argument in each.arguments)]
        here.written = deque((each for each in here.written if each not in theirs), maxlen=MOST_MESSAGES)
        here.asking = False
        oldest = self._now() - MAY_BE_DELETED_SECONDS
        fresh = tuple(each.message for each in theirs if each.message != keep and each.at > oldest)
        whole = any(each.first for each in theirs) and all(each.at > oldest for each in theirs)
        return Leftover(fresh, whole)

    def forget_old(self) -> None:
        """No words for longer than an hour, no message that cannot be taken away any more, no chat without any; that a
        form's first question is gone shows by its absence."""
        now = self._now()
        for name, here in list(self._chats.items()):
            for each in here.written:
                if now - each.at > WORDS_SECONDS:
                    each.text = ""
            while here.written and now - here.written[0].at > MAY_BE_DELETED_SECONDS:
                here.written.popleft()
            if not here.written:
                del self._chats[name]

    def _chat(self, chat: str) -> _Chat:
        here = self._chats.setdefault(chat, _Chat())
        self._chats.move_to_end(chat)
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        return here
