"""Window commands written wrong: one kind line each, and nobody is moved or told anything."""

import pytest

from bot.adapters.console import Console
from bot.adapters.console.render import Line, plain, width
from bot.views.text import Text as Catalogue
from tests.adapters.console.bot import TOKYO, Bot

WRONG = [
    ":", "：", ":jump", ":jump \x1b[31m" + "遠" * 1000, ":\x1b]0;x\x07as ken", ":" + "x" * 100_000,
    ":as", ":as a b", ":as ken --boss", ":as ken --dialogs --questions", ":as ken --coordinator --stranger",
    ":as <b>ken</b>", ":as *ken*", ":as #広場", ":as @ken", ":as ken\u202e", ":as \x1b[31mken", ":as " + "k" * 31,
    ":as " + "長" * 100_000, ":as --", ":as -ken",
    ":in", ":in a b", ":in \x1b[31m広場", ":in \x1b]0;x\x07広場", ":in <i>", ":in " + "広" * 1000, ":in ##広場",
    ":clock -3d", ":clock 3d", ":clock +", ":clock +0d", ":clock +99999d", ":clock +999999999d", ":clock +3w",
    ":clock tomorrow", ":clock \x1b[31m", ":clock +3d +4d" + "x" * 1000,
    ":dm ken", ":people all", ":help me", ":tour now", ":skip 2", ":later on", ":cancel it", ":quit now",
    ":skip", ":cancel", ":later",
]  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("line", WRONG, ids=lambda line: repr(line[:24]))
async def test_a_command_written_wrong_gets_one_kind_line(line: str, language: str) -> None:
    bot, shown = Bot(), list[Line]()
    console = Console(Catalogue(language, TOKYO), bot, {"supporter": "S"}, session="t", tour="# はじめに\nやあ")
    console.bind(bot)
    await console.desk.sit()
    console.screen.show = shown.extend
    await console.desk.enter(line)
    (answer,) = [plain(each) for each in shown]
    assert 0 < width(answer) <= 80
    assert "\x1b" not in answer
    assert console.screen.person.id == console.screen.person.here == "hana"
    assert len(list(console.screen.people)) == 1
    assert not console.desk.ended
    assert len(bot.events) == 1
    assert bot.clock == Bot().clock
