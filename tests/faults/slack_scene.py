"""The main job in one workspace: a worry by dialog, an answer, a reading, a conference, a vote, a date."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.faults.slack_child import SQUARE
from tests.faults.slack_life import Life
from tests.faults.slack_people import Villager
from tests.slack.faults import Fault
from tests.slack.screen import message_words
from tests.slack.server import FakeSlack
from tests.slack.workspace import Ephemeral, Post

WORRY = "訪問しても、親御さんばかりがお話しになります。"
REPLY = "まず手紙を一通、置いてみませんか。"
THEME = "手紙の続け方"
MENU = "何をしましょうか"
FIXED = "事例検討会の日が決まりました"
GONE = "この書きかけは、もう残っていません"
NAMES = {"hanayama": "葉山花子", "kenmochi": "剣持謙一", "satomura": "里村佐都"}

_TOKYO = ZoneInfo("Asia/Tokyo")


class Scene:
    """busy_lane: the post of the worry is answered so late that the next letter of its lane waits already."""

    def __init__(self, slack: FakeSlack, life: Life, *, patience: float = 8.0, busy_lane: bool = False) -> None:
        self._slack, self._busy, self._lane = slack, busy_lane, asyncio.Event()
        square = slack.channel("hiroba")
        assert square == SQUARE
        hana, ken, sato = (slack.person(name, [square], real_name=real) for name, real in NAMES.items())
        self._hana, self._ken, self._sato = (Villager(each, life, patience) for each in (hana, ken, sato))
        if busy_lane:
            slack.faults.next("chat.postMessage", Fault(hold=self._lane), channel=SQUARE)

    async def play(self) -> None:
        """Raises Stuck where people could not get on."""
        await self._arrive()
        await self._share()
        await self._reply()
        self._lane.set()
        await self._read()
        await self._propose()
        await self._vote()
        await self._decide()

    async def _arrive(self) -> None:
        hana, ken = self._hana.me, self._ken.me
        await self._hana.wants("comes home", lambda: "悩みを打ち明ける" in hana.buttons, hana.opens_home)

        def sees_menu() -> bool:
            seen: list[Ephemeral | Post] = [*ken.whispers, *ken.letters]
            return any(MENU in line for each in seen for line in message_words(each))

        await self._ken.wants("mentions the bot", sees_menu, lambda: ken.mentions(SQUARE, ""))

    async def _share(self) -> None:
        doors = ("この内容で届ける", "届ける前のたしかめに戻る", "はじめる", "メニューをひらく", "悩みを打ち明ける")
        told = ("お届けしています", "この下書きは、もうありません")
        await self._hana.wants(
            "shares", lambda: bool(self._posts(WORRY)), lambda: self._hana.me.slash("worry"),
            told=told, answers={"どんなことで": WORRY}, doors=doors,
        )  # fmt: skip

    async def _reply(self) -> None:
        ken = self._ken.me
        ken.look(SQUARE)
        await self._ken.wants(
            "replies", lambda: bool(self._posts(REPLY)) or (self._busy and ken.sees("お届けしています")),
            lambda: ken.presses("返信する"),
            told=("お届けしています", GONE), answers={"返信": REPLY}, doors=("はじめる",),
        )  # fmt: skip
        ken.look()

    async def _read(self) -> None:
        hana = self._hana.me
        await self._hana.waits_for("the notice", lambda: "ひらく" in hana.buttons)
        await self._hana.wants("reads", lambda: hana.sees(REPLY), lambda: hana.presses("ひらく"))
        await hana.closes(everything=True)

    async def _propose(self) -> None:
        first = datetime.now(_TOKYO) + timedelta(days=20)
        times = "\n".join((f"{first:%m/%d} 14:00", f"{first + timedelta(days=1):%m/%d} 10:00"))
        await self._sato.wants(
            "proposes", lambda: bool(self._posts(THEME)), lambda: self._sato.me.slash("conference"),
            told=("日程を決める", GONE),
            answers={"テーマ": THEME, "候補": times}, doors=("事例検討会", "日程を相談する"),
        )  # fmt: skip

    async def _vote(self) -> None:
        ken = self._ken.me
        ken.look(SQUARE)
        await self._ken.wants(
            "votes", lambda: any("1人が回答" in line for post in self._posts(THEME) for line in message_words(post)),
            lambda: ken.presses("① ◯"), told=("お答えを預かりました", GONE),
        )  # fmt: skip
        ken.look()

    async def _decide(self) -> None:
        doors = ("この日に決める", ".* 14:00", "日程を決める", "1番をひらく")
        await self._sato.wants(
            "decides", lambda: bool(self._posts(FIXED)), lambda: self._sato.me.slash("conference"),
            told=("決まりました。答えて", "この日程は、もう決まりました"), doors=doors,
        )  # fmt: skip

    def _posts(self, words: str) -> list[Post]:
        posts = self._slack.workspace.by_bot(SQUARE)
        return [post for post in posts if any(words in line for line in message_words(post))]
