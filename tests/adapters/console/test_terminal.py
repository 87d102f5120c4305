"""The window driven key by key, and line by line where there is no terminal."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.adapters.console import Console
from bot.adapters.console.decode import Unclear, decode
from bot.adapters.console.render import wrap
from bot.adapters.console.terminal import CommandHistory, Suggestions, edit_lines, read_lines
from bot.adapters.console.tour import steps
from bot.chat.adapter import Stored
from bot.chat.events import Address, Command, Event, Text
from bot.chat.messages import Button, Message, Reply
from bot.views.text import Text as Catalogue
from bot.views.text import scene

TOKYO = ZoneInfo("Asia/Tokyo")
TOUR = "# まず聞いてみます\nどうしよう\nexpect 聞きました\n\n# 人を替わります\n:as ken\n/help"
F1 = "\x1bOP"


class House:
    """A host whose clock stands still, and an application that only listens."""

    timezone = TOKYO

    def __init__(self, tour: str = "") -> None:
        self.heard: list[tuple[str, object]] = []
        self.console = Console(Catalogue("ja", TOKYO), self, {"supporter": "S"}, tour=tour, commands=["worry", "ask"])
        self.console.bind(self.listen)

    def now(self) -> datetime:
        return datetime(2026, 4, 1, tzinfo=UTC)

    async def advance(self, by: timedelta) -> None:
        raise AssertionError(f"nobody asked to wait {by}")

    async def settled(self) -> None:
        return

    async def listen(self, event: Event, stored: Stored = lambda: None) -> Reply:  # noqa: ARG002
        self.heard.append((event.sender, event.body))
        return Reply(Message("聞きました"))

    @property
    def said(self) -> list[tuple[str, object]]:
        return [(who, body) for who, body in self.heard if body != Command("join", "S")]

    def suggestions(self) -> Suggestions:
        return Suggestions(self.console.desk, self.console.screen.people, ("worry", "ask"))


async def type_keys(house: House, keys: str, history: Path | None = None) -> None:
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        keyboard.send_text(keys)
        await edit_lines(house.console.desk, house.suggestions(), history)


async def test_lines_are_edited_switched_cleared_and_ended_by_key() -> None:
    house = House()
    await type_keys(house, "こんばん\x7fんは\r:as ken\rまちがい\x03/ask 親の会\r\x04")
    assert house.said == [("hana", Text("こんばんは")), ("ken", Command("ask", "親の会"))]


async def test_quit_ends_the_window() -> None:
    house = House()
    await type_keys(house, ":quit\r")
    assert house.said == []
    assert house.console.desk.ended


@pytest.mark.parametrize("key", ["t\r", F1])
async def test_the_tour_starts_with_one_key_plays_on_enter_and_can_be_left(key: str) -> None:
    house = House(TOUR)
    await type_keys(house, f"{key}\r待って\rq\rどうも\r\x04")
    assert house.said == [("hana", Text("どうしよう")), ("hana", Text("どうも"))]


async def test_the_tour_goes_to_its_end() -> None:
    house = House(TOUR)
    await type_keys(house, "t\r\r\rt\r\x04")
    assert house.said == [("hana", Text("どうしよう")), ("ken", Command("help")), ("ken", Text("t"))]


async def test_a_letter_that_arrives_by_itself_is_shown_without_taking_a_number_in_use() -> None:
    house, out = House(), StringIO()
    hana = Address("console", "demo", "hana")
    await house.console.send(hana, Message("待っていました", buttons=(Button("はい", "yes"),)), key="1")
    await read_lines(house.console.desk, StringIO(), out)
    await house.console.send(hana, Message("あとから来ました", buttons=(Button("いいえ", "no"),)), key="2")
    assert out.getvalue().endswith("待っていました\n[1] はい\n\nあとから来ました\n[2] いいえ\n\n")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_opening_is_five_lines_and_everything_fits_eighty_columns(language: str) -> None:
    words = Catalogue(language, TOKYO)
    assert len(wrap(words("console.opening.lines"), 80)) == 5
    for key in ("console.opening.lines", "console.opening.tour", "console.help.lines"):
        assert wrap(words(key), 80) == words(key).split("\n")


async def test_without_a_terminal_lines_are_read_until_there_are_no_more() -> None:
    house, out = House(TOUR), StringIO()
    await read_lines(house.console.desk, StringIO("t\n\nq\nさようなら"), out)
    shown = out.getvalue()
    assert house.said == [("hana", Text("どうしよう")), ("hana", Text("さようなら"))]
    assert "よりそいへようこそ" in shown
    assert "――― 1/2 ―――\nまず聞いてみます\nどうしよう\n" in shown
    assert "expect" not in shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_line_of_the_tour_can_be_typed(language: str) -> None:
    tour = steps(scene(language))
    assert len(tour) > 5
    assert all(step.told and step.lines for step in tour)
    assert not [line for step in tour for line in step.lines if isinstance(decode(line), Unclear)]


async def test_unclear_and_empty_lines_disturb_nobody() -> None:
    house, out = House(), StringIO()
    await read_lines(house.console.desk, StringIO(":jump\n\n   \n:tour\n"), out)
    assert house.said == []
    assert "「:jump」という操作はありません" in out.getvalue()
    assert "ひとめぐりの台本がありません" in out.getvalue()


def suggested(house: House, typed: str) -> Sequence[str]:
    completions = house.suggestions().get_completions(Document(typed), CompleteEvent(text_inserted=True))
    return [completion.text for completion in completions]


def test_commands_people_and_places_are_completed() -> None:
    house = House()
    house.console.screen.places.open("広場")
    assert suggested(house, ":c") == [":clock", ":cancel"]
    assert suggested(house, "/w") == ["/worry"]
    assert suggested(house, ":as ") == ["hana"]
    assert suggested(house, ":as hana --d") == ["--dialogs"]
    assert suggested(house, ":in 広") == ["広場"]
    assert suggested(house, "つらい") == []


async def test_history_on_disk_holds_window_commands_and_no_worries(tmp_path: Path) -> None:
    file = tmp_path / "history"
    await type_keys(House(), ":as ken\rつらいです\r/ask 親の会\r\x04", file)
    assert list(CommandHistory(str(file)).load_history_strings()) == [":as ken"]
    assert "つらい" not in file.read_text("utf-8")


async def test_a_history_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    house = House()
    await type_keys(house, ":as ken\rやあ\r\x04", tmp_path)
    assert house.said == [("ken", Text("やあ"))]


async def test_bytes_that_are_no_text_and_a_terminal_that_cannot_write_japanese_do_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house, shown = House(), BytesIO()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xff\xfe abc\n:quit\n"), "utf-8"))
    monkeypatch.setattr("sys.stdout", TextIOWrapper(shown, "ascii", write_through=True))
    await house.console.run(house.listen)
    assert house.said == [("hana", Text("\ufffd\ufffd abc"))]
    assert b"hana@" in shown.getvalue()
