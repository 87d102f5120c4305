"""The console as a platform: who comes in, letters, wild input, faults of scenes and of the application."""

import asyncio
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.adapters.console import Console, play
from bot.chat.adapter import Adapter
from bot.chat.errors import Unreachable
from bot.chat.events import Address, Command, Event, Press, Submit, Text
from bot.chat.messages import Button, Field, Form, Message, Reply
from bot.views.text import Text as Catalogue

TOKYO = ZoneInfo("Asia/Tokyo")
SQUARE = Address("console", "demo", "#広場")


class House:
    """A host whose clock stands still, and an application that only listens."""

    timezone = TOKYO

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        self.events: list[Event] = []
        invitations = {"supporter": "S", "coordinator": "C"}
        self.console = Console(Catalogue("ja", TOKYO), self, invitations, session="t", known=known)

    def now(self) -> datetime:
        return datetime(2026, 4, 1, tzinfo=UTC)

    async def advance(self, by: timedelta) -> None:
        raise AssertionError(f"nobody asked to wait {by}")

    async def settled(self) -> None:
        return

    async def __call__(self, event: Event) -> Reply:
        self.events.append(event)
        if event.body == Command("break"):
            raise ValueError("悩みの中身")
        return Reply(Message("聞きました"))


async def played(scene: str, house: House | None = None) -> tuple[int, str]:
    house, out = house or House(), StringIO()
    status = await play(house.console, house, scene.splitlines(), "x.scene", out)
    return status, out.getvalue()


async def passes(scene: str, house: House | None = None) -> str:
    status, transcript = await played(scene, house)
    assert status == 0, transcript
    return transcript


def test_it_is_an_adapter_as_the_house_knows_them() -> None:
    adapter: Adapter = House().console
    assert adapter.name == "console"


async def test_without_an_invitation_nobody_joins_and_the_window_says_so() -> None:
    house = House()
    house.console = Console(Catalogue("ja", TOKYO), house, {})
    assert "hana さんの招待コードがない" in await passes(
        ":as hana\n:in 広場\nexpect まだ何もありません\n:quit\nやあ", house
    )
    assert house.events == []


async def test_people_of_an_earlier_session_are_reachable_and_need_not_join_again() -> None:
    house = House(known=("ken",))
    await house.console.send(Address("console", "demo", "ken"), Message("前回の続きです"), key="k")
    await passes(":as ken\nexpect 前回の続きです\nやあ", house)
    assert [event.body for event in house.events] == [Text("やあ")]


async def test_outsiders_do_not_join_and_coordinators_join_as_such() -> None:
    house = House()
    await passes(":as yoso --stranger\nやあ\n:as sato\n:as mori --coordinator\n:as ken\n:as ken --coordinator", house)
    bodies = [event.body for event in house.events]
    assert bodies == [Text("やあ"), Command("join", "C"), Command("join", "C"), Command("join", "S")]
    assert house.events[0].sender == "yoso"


@pytest.mark.parametrize("line", ["\x1b[31m赤\x1b]0;x\x07", "\ud800\u202e", "悩" * 1_000_000, "/x" + "y" * 999_999])
async def test_wild_lines_reach_the_bot_whole_and_the_transcript_clean(line: str) -> None:
    house, out = House(), StringIO()
    assert await play(house.console, house, [line], "x.scene", out) == 0
    assert house.events[-1].body == Text(line)
    assert "\x1b" not in out.getvalue()
    assert out.getvalue().encode()


async def test_names_that_cannot_be_shown_are_refused() -> None:
    await passes(
        ":as #広場\nexpect 名前は\n:in --x\nexpect 名前は\n:people\nexpect hana（支援者・フォームは画面で開く）"
    )


async def test_a_failing_application_gets_one_kind_line_and_no_words_in_the_log() -> None:
    with capture_logs() as lines:
        await passes("/break\nexpect うまくいきませんでした\nやあ\nexpect 聞きました")
    assert [line["error"] for line in lines] == ["ValueError"]
    assert "悩みの中身" not in str(lines)


async def test_being_cancelled_is_not_swallowed() -> None:
    house = House()

    async def cancelled(_event: Event) -> Reply | None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await play(house.console, cancelled, ["やあ"], "x.scene", StringIO())


async def test_letters_are_found_edited_and_refused_where_nobody_sits() -> None:
    house = House()
    console = house.console
    first = await console.send(SQUARE, Message("はじめ"), key="k1")
    assert await console.find("k1", SQUARE, datetime.now(UTC)) == first
    assert await console.find("k2", SQUARE, datetime.now(UTC)) is None
    assert await console.send(SQUARE, Message("あらため"), key="k3", replacing=first) == first
    below = Address("console", "demo", "#広場", first)
    await console.send(below, Message("返事です", buttons=(Button("答える", "reply"),)), key="k4")
    with pytest.raises(Unreachable):
        await console.send(Address("console", "demo", "nobody"), Message("?"), key="k5")
    transcript = await passes(":in 広場\nexpect あらため\nexpect-not はじめ\n答える", house)
    assert "└「あらため」へ\n    返事です\n    [1] 答える\n" in transcript
    assert house.events[-1].address == below


@pytest.mark.parametrize(
    ("scene", "failure"),
    [
        ("やあ\nexpect さようなら", "x.scene:2: expected 「さようなら」"),
        ("# 一\n\nやあ\nexpect-not 聞きました", "x.scene:4: expected-not 「聞きました」"),
        (":jump", "x.scene:1: 「:jump」という操作はありません"),
        (":clock -1d", "x.scene:1: 時計は前にだけ進みます"),
        ("やあ\n:tour", "x.scene:2: :tour は台本の中では使えません"),
        ("expect", "x.scene:1: expect のあとに"),
    ],
)
async def test_the_first_fault_is_named_with_its_line(scene: str, failure: str) -> None:
    status, transcript = await played(f"{scene}\n/later")
    assert status == 1
    assert failure in transcript
    assert "/later" not in transcript


async def test_a_missing_expectation_says_what_could_be_seen() -> None:
    _, transcript = await played("やあ\nexpect さようなら")
    assert transcript.endswith("いま見えるもの:\n聞きました\n")


async def test_an_answer_to_a_dialog_never_replaces_a_message_that_others_see() -> None:
    house = House()
    button = Button("返信する", "reply")
    await house.console.send(SQUARE, Message("みんなの投稿", buttons=(button,)), key="k")

    async def careless(event: Event) -> Reply:
        if isinstance(event.body, Press):
            return Reply(form=Form("answer", "返信", (Field("text", "返信"),)))
        if isinstance(event.body, Submit):
            return Reply(Message("あなただけに"), replace=True)
        return Reply(Message("ようこそ"))

    scene = """
:in 広場
返信する
どうぞ
expect あなただけに
:as ken
:in 広場
expect みんなの投稿
expect-not あなただけに
"""
    out = StringIO()
    assert await play(house.console, careless, scene.splitlines(), "x.scene", out) == 0, out.getvalue()


async def test_the_answer_in_hand_stands_above_letters_that_were_quicker() -> None:
    house = House()

    async def quick(event: Event) -> Reply:
        if event.body == Text("やあ"):
            await house.console.send(event.private, Message("お手紙", buttons=(Button("ひらく", "open"),)), key="k")
        return Reply(Message("お返事", buttons=(Button("はい", "yes"),)))

    out = StringIO()
    await play(house.console, quick, ["やあ", ":help", "どうも", "expect-not :people"], "x.scene", out)
    assert "お返事\n[1] はい\n\nお手紙\n[2] ひらく\n" in out.getvalue()
    assert "expect" not in out.getvalue()


async def test_a_message_that_changes_is_marked_for_those_who_saw_what_it_was() -> None:
    house = House()
    first = await house.console.send(SQUARE, Message("ひとつめ"), key="1")
    await house.console.send(SQUARE, Message("ふたつめ"), key="2")

    async def changing(event: Event) -> Reply | None:
        if event.body != Command("change"):
            return Reply(Message("聞きました"))
        await house.console.send(SQUARE, Message("あたらしいひとつめ"), key="3", replacing=first)
        return None

    scene = """
:in 広場
/change
expect あたらしいひとつめ
expect-not ふたつめ
:as ken
:in 広場
expect あたらしいひとつめ
"""
    out = StringIO()
    assert await play(house.console, changing, scene.splitlines(), "x.scene", out) == 0, out.getvalue()
    hana, ken = out.getvalue().split(":as ken")
    assert "hana@広場 > /change\n（内容が変わりました）\nあたらしいひとつめ\n" in hana
    assert "（内容が変わりました）" not in ken


async def test_a_button_seen_in_another_place_answers_here_and_now() -> None:
    house = House()
    await house.console.send(SQUARE, Message("みんなへ", buttons=(Button("答える", "reply"),)), key="1")
    transcript = await passes(":in 広場\n:dm\n答える", house)
    assert transcript.endswith("hana@ふたりだけ > 答える\n［広場・あなただけに見えます］\n聞きました\n\n")
    assert house.events[-1].address == SQUARE
