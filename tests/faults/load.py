"""People of a town for a whole day: they join, share, answer, read and close, and note what their platform took."""

import asyncio
import random
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.chat.moments import Moment
from tests.faults.board import Board, Standing
from tests.faults.canaries import answer_words, worry_words
from tests.faults.slack_hand import GaveUp, SlackHand
from tests.faults.telegram_hand import TelegramHand
from tests.faults.town import Prepared, Town, address_of, chat_of
from tests.slack.workspace import Post
from tests.telegram.shapes import Message

Hand = SlackHand | TelegramHand

WHOLE, ANSWERING, CLOSING, INTRUDING = 0.08, 0.15, 0.12, 0.06
"""Shares of what people do beside letting a prepared worry go: write one from the start, answer, close, and press what
is not theirs."""

KEPT = 2_000
"""Of what platforms remember for tests and the ledgers have; more would only fill the memory."""


@dataclass(eq=False)
class Load:
    """done: worries that were let go, and taken. wanted: the moment that they should bring about."""

    town: Town
    seed: int
    wanted: str = ""
    done: int = 0
    answers: int = 0
    closed: int = 0
    intruded: int = 0
    gave_up: int = 0
    _own: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _begun: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Worries somebody began to answer: a form that was begun for one of them may open late, or be gone on with."""
    _opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.board = Board(self.town)
        self._chance = random.Random(self.seed)
        self._waiting: dict[str, deque[Prepared]] = defaultdict(deque)
        for each in self.town.worries:
            self._waiting[address_of(each.author).channel].append(each)
        self._next_worry = self.town.size.worries
        self._leave, self._free = asyncio.Semaphore(0), False

    @property
    def finished(self) -> bool:
        return not any(self._waiting.values())

    def hands(self) -> list[Hand]:
        slack = [SlackHand(self.town, each) for each in self.town.slackers]
        return [*slack, *(TelegramHand(self.town, each) for each in self.town.telegrammers)]

    async def day(self) -> None:
        """Until every prepared worry has been let go."""
        await asyncio.gather(*(self._lives(hand) for hand in self.hands()), self._guests())

    async def evening(self) -> None:
        """When the bot is left in peace: everybody opens every notice, also one that a dying bot left unread."""
        self._opened.clear()
        for hand in self.hands():
            for post, answer in hand.notices():
                await self._read(hand, post, answer)

    async def _lives(self, hand: Hand) -> None:
        mine = self._waiting[address_of(hand.me).channel]
        while mine:
            await self._allowed()
            if not mine:
                return
            await self._trying(self._next_act(hand, mine))
            if len(self.town.slack.workspace.calls) > 2 * KEPT:
                self._forget()

    def allow(self, acts: int, wanted: str = "") -> None:
        """So many more acts of all people together."""
        self.wanted = wanted
        for _ in range(acts):
            self._leave.release()

    def set_free(self) -> None:
        """Everybody does what they want as fast as they can."""
        self._free = True
        self.allow(len(self.town.everybody))

    async def _allowed(self) -> None:
        if not self._free:
            await self._leave.acquire()

    def _next_act(self, hand: Hand, mine: deque[Prepared]) -> Callable[[], Awaitable[None]]:
        dice = self._chance.random()
        if self.wanted in LEADING and dice < 0.5:
            return lambda: LEADING[self.wanted](self, hand)
        for share, act in (
            (WHOLE, self._write), (ANSWERING, self._answer), (CLOSING, self._close), (INTRUDING, self._intrude),
        ):  # fmt: skip
            if dice < share:
                return lambda act=act: act(hand)  # type: ignore[misc]
            dice -= share
        return lambda: self._let_go(hand, mine.popleft())

    async def _trying(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except (GaveUp, AssertionError):
            self.gave_up += 1

    async def _let_go(self, hand: Hand, worry: Prepared) -> None:
        await self._post(hand, worry.number, worry.draft, worry.places)

    async def _post(self, hand: Hand, number: int, draft: str, places: tuple[str, ...]) -> None:
        by = address_of(hand.me).channel
        self.town.load.add("pressed", worry=number, by=by, places=places)
        await hand.press(hand.paper, "worry.post", draft)  # type: ignore[arg-type]
        self.town.load.add("confirmed", worry=number)
        self._own[by].append(number)
        self.done += 1

    async def _write(self, hand: Hand) -> None:
        """From the first question on, to one room of their own platform."""
        self._next_worry += 1
        number = self._next_worry
        rooms: list[str] = [*self.town.channels, *map(str, self.town.groups)]
        own = self.town.channels if isinstance(hand, SlackHand) else list(map(str, self.town.groups))
        place = self._chance.choice(own)
        draft = await hand.write(worry_words(number), f"場{rooms.index(place)}")
        await self._post(hand, number, draft, (place,))

    async def _answer(self, hand: Hand) -> None:
        found = self._any_standing(hand)
        if found is None:
            return
        self.answers += 1
        number = self.answers
        by = address_of(hand.me).channel
        begun = self._begun[by]
        begun.append(found.number)
        self.town.load.add("answering", answer=number, to=list(reversed(begun)), by=by)
        confirmed = await hand.answer(found.post, found.id, answer_words(number))  # type: ignore[arg-type]
        if confirmed:
            self.town.load.add("answered", answer=number)
        for post, answer in hand.notices()[-3:]:
            await self._read(hand, post, answer)

    def _any_standing(self, hand: Hand) -> Standing | None:
        self.board.look()
        board = self.board.slack if isinstance(hand, SlackHand) else self.board.telegram
        return board[self._chance.choice(list(board)[-50:])] if board else None

    async def _close(self, hand: Hand) -> None:
        by = address_of(hand.me).channel
        number = next((each for each in self._own[by][:-2] if self.board.find(each)), 0)
        found = self.board.find(number)
        if found is None:
            return
        self._own[by].remove(number)
        self.town.load.add("closing", worry=number, by=by)
        await hand.press(hand.paper, "worry.closed", found.id)  # type: ignore[arg-type]
        self.town.load.add("closed", worry=number, by=by)
        self.closed += 1

    async def _intrude(self, hand: Hand) -> None:
        """Presses what only the author may, on somebody else's worry."""
        found = self._any_standing(hand)
        if found and found.number not in self._own[address_of(hand.me).channel]:
            self.town.load.add("intruded", worry=found.number, by=address_of(hand.me).channel)
            await hand.press(hand.paper, "worry.closed", found.id)  # type: ignore[arg-type]
            self.intruded += 1

    async def _read(self, hand: Hand, post: Post | Message, answer: str) -> None:
        if answer not in self._opened:
            self._opened.add(answer)
            try:
                await hand.read(post, answer)  # type: ignore[arg-type]
            except GaveUp:
                self._opened.discard(answer)

    async def _guests(self) -> None:
        """New people, now and then."""
        for number in range(self.town.size.guests):
            person = self.town.slack.person(f"guest{number:03}", self.town.channels)
            other = self.town.telegram.person(f"newcomer{number:03}")
            for hand in (SlackHand(self.town, person), TelegramHand(self.town, other)):
                self.town.load.add("person", platform=address_of(hand.me).platform, id=address_of(hand.me).channel,
                                   chat=str(chat_of(hand.me)))  # fmt: skip
                while not await self._joined(hand):
                    continue
                self.town.load.add("joined", id=address_of(hand.me).channel)

    async def _joined(self, hand: Hand) -> bool:
        """Whether it was taken."""
        try:
            await hand.join(self.town.code)
        except (GaveUp, AssertionError):
            return False
        return True

    def _forget(self) -> None:
        """The ledgers have it."""
        self.board.look()
        slack, chats = self.town.slack, self.town.telegram.chats
        del slack.workspace.calls[:-KEPT], slack.socket.delivered[:-KEPT], chats.calls[:-KEPT]
        del self.town.telegram.queue.sent[:-KEPT]


LEADING = {Moment.WAY_BACK_OPENED.value: Load._answer, Moment.ERASED.value: Load._close}
"""What leads to a moment that other acts do not reach."""
