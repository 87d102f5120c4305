"""The main job, played by three people who remember what they have done and see what is in front of them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.app.house import House
from tests.faults.ledger import LedgerPlatform
from tests.faults.people import Person, Post

SQUARE, HALL = "slack-group", "telegram-group"
WORRY = "訪問しても、親御さんばかりがお話しになります。"
OTHER_WORRY = "記録をどこまで書けばよいか迷っています。"
REPLY = "まず手紙を一通、置いてみませんか。"
BACK = "書いてみます。"
OTHER_REPLY = "うちは事実だけを書いています。"
OTHER_BACK = "それなら続けられそうです。"
THEME = "手紙の続け方"
FIXED = "事例検討会の日が決まりました"
AFTER_THE_REMINDER = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)

_PATIENCE = 25
_WORRY_LABEL, _REPLY_LABEL = "どんなことで", "返信（名前は出ません"
_EVERYWHERE = {"とどける先": "つながっているすべての場"}
_BEGIN = "form.resume"


class Stuck(Exception):
    """Somebody did all a person can do, and it did not happen."""


class Scene:
    def __init__(
        self, house: House, post: Post, slack: LedgerPlatform, telegram: LedgerPlatform, codes: dict[str, str]
    ) -> None:
        self._house, self._post, self._ledger, self._codes = house, post, post.ledger, codes
        self._mio = Person("slack-user-mio", slack, post, SQUARE)
        self._hana = Person("slack-user-hana", slack, post, SQUARE)
        self._ken = Person("telegram-user-ken", telegram, post, HALL)

    async def play(self) -> None:
        """From wherever it stands to its end."""
        await self._post.bring_again()
        await self._join()
        await self._worries()
        await self._answers()
        await self._close()
        await self._conference()
        await self._reminder()

    async def _join(self) -> None:
        for person, code in zip((self._mio, self._hana, self._ken), self._codes.values(), strict=True):
            await self._until(
                "joins", person, lambda person=person: person.reads("参加"),  # type: ignore[misc]
                lambda person=person, code=code: person.commands("join", code),  # type: ignore[misc]
            )  # fmt: skip

    async def _worries(self) -> None:
        for person, words in ((self._hana, WORRY), (self._ken, OTHER_WORRY)):
            await self._until(
                f"shares {words}", person, self._standing(person.group, words),
                self._going_on(
                    person, {_WORRY_LABEL: words, **_EVERYWHERE}, ("worry.post",), self._command(person, "worry")
                ),
            )  # fmt: skip

    async def _answers(self) -> None:
        hana, ken = self._hana, self._ken
        await self._replies(ken, WORRY, REPLY)
        await self._reads_and_answers(hana, REPLY, BACK)
        await self._reads(ken, BACK)
        await self._replies(hana, OTHER_WORRY, OTHER_REPLY)
        await self._reads_and_answers(ken, OTHER_REPLY, OTHER_BACK)
        await self._reads(hana, OTHER_BACK)

    async def _replies(self, person: Person, to: str, words: str) -> None:
        def begin() -> Awaitable[None]:
            return person.presses_in_group("worry.reply", to)

        step = self._going_on(person, {_REPLY_LABEL: words}, (_BEGIN,), begin)
        await self._until(f"replies {words}", person, self._standing(person.group, words), step)

    async def _reads(self, person: Person, words: str) -> None:
        await self._until(f"reads {words}", person, lambda: person.reads(words), lambda: person.presses("worry.read"))

    async def _reads_and_answers(self, person: Person, words: str, back: str) -> None:
        await self._reads(person, words)
        step = self._going_on(person, {_REPLY_LABEL: back}, ("worry.respond",), lambda: person.presses("worry.read"))
        await self._until(f"answers {back}", person, self._standing(person.group, back), step)

    async def _close(self) -> None:
        hana = self._hana

        def closed() -> bool:
            return any(each.quote == WORRY and not each.buttons for each in self._ledger.standing(SQUARE))

        doors = ("worry.closed", "worry.close", "worry.thread", "worry.mine")
        await self._until("closes", hana, closed, self._going_on(hana, {}, doors, self._command(hana, "mydata")))

    async def _conference(self) -> None:
        mio = self._mio
        form = {"テーマ": THEME, "候補日時": "12/3 14:00\n12/4 15:00"}
        list_all = self._command(mio, "conference")
        step = self._going_on(mio, form, ("conference.new", "conference.begin"), list_all)
        await self._until("proposes", mio, self._standing(SQUARE, THEME), step)
        await self._votes(self._hana, 1)
        await self._votes(self._ken, 2)
        doors = ("conference.fix", "conference.choose", "conference.decide", "conference.show")
        await self._until("decides", mio, self._fixed, self._going_on(mio, {}, doors, list_all))

    async def _votes(self, person: Person, so_many: int) -> None:
        def voted() -> bool:
            card = next(each for each in self._ledger.standing(person.group) if each.quote == THEME)
            return person.reads("お答えを預かりました") or f"{so_many}人が回答" in card.note

        def begin() -> Awaitable[None]:
            return person.presses_in_group("conference.mark", THEME)

        await self._until("votes", person, voted, begin)

    def _fixed(self) -> bool:
        return any(each.quote == THEME and FIXED in each.title for each in self._ledger.standing(SQUARE))

    async def _reminder(self) -> None:
        if not self._achieved("the morning before", ""):
            await self._house.advance(AFTER_THE_REMINDER - self._house.clock())
            self._ledger.add("achieved", act="the morning before", person="")

    async def _until(
        self, act: str, person: Person, done: Callable[[], bool], step: Callable[[], Awaitable[None]]
    ) -> None:
        if self._achieved(act, person.id):
            return
        if not any(line["act"] == act and line["person"] == person.id for line in self._ledger.of("begins")):
            self._ledger.add("begins", act=act, person=person.id)
        for _ in range(_PATIENCE):
            if done():
                self._ledger.add("achieved", act=act, person=person.id)
                return
            await step()
        raise Stuck(f"{person.id} {act}")

    def _achieved(self, act: str, person: str) -> bool:
        return any(line["act"] == act and line["person"] == person for line in self._ledger.of("achieved"))

    def _standing(self, channel: str, words: str) -> Callable[[], bool]:
        return lambda: any(words == each.quote for each in self._ledger.standing(channel))

    def _command(self, person: Person, name: str) -> Callable[[], Awaitable[None]]:
        return lambda: person.commands(name)

    def _going_on(
        self, person: Person, answers: dict[str, str], doors: tuple[str, ...], begin: Callable[[], Awaitable[None]]
    ) -> Callable[[], Awaitable[None]]:
        return lambda: person.goes_on(answers, doors, begin)
