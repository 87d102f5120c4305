"""Plays a scene without a terminal and stops at the first expectation that is not met."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from bot.adapters.console.console import Console
from bot.adapters.console.decode import Switch, Unclear, Window, decode, folded
from bot.adapters.console.render import Line, clean, plain
from bot.adapters.console.tour import NARRATION
from bot.chat.adapter import Answer

EXPECT = "expect"
EXPECT_NOT = "expect-not"


async def play(console: Console, dispatch: Answer, lines: Iterable[str], name: str, out: TextIO) -> int:
    """0 when every expectation was met. name: what the scene is called in the line that says it was not."""
    scene = [(number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1)]
    player = _Player(console, name, out)
    console.bind(dispatch)
    console.screen.show = player.show
    if not any(isinstance(decode(line), Switch) for line in _first_deed(scene)):
        await console.desk.sit()
    for number, line in scene:
        if not line.strip():
            continue
        if problem := await player.follow(line):
            player.say(f"{name}:{number}: {problem}")
            return 1
        if console.desk.ended:
            break
    return 0


def _first_deed(scene: Sequence[tuple[int, str]]) -> list[str]:
    deeds = [line for _, line in scene if line.strip() and not line.startswith(NARRATION)]
    return deeds[:1]


class _Player:
    def __init__(self, console: Console, name: str, out: TextIO) -> None:
        self._desk, self._screen, self._name, self._out = console.desk, console.screen, name, out

    def show(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self.say(plain(line))

    def say(self, text: str) -> None:
        self._out.write(text + "\n")

    async def follow(self, line: str) -> str:
        """Play one line; what is wrong with it, or nothing."""
        word, _, sought = line.strip().partition(" ")
        if line.startswith(NARRATION):
            self.say(clean(line))
            return ""
        if word in (EXPECT, EXPECT_NOT):
            return self._check(word == EXPECT, folded(sought))
        meant = decode(line)
        if isinstance(meant, Unclear):
            return self._screen.words(meant.key, value=meant.value)
        if meant == Window("tour"):
            return self._screen.words("console.script.no_tour")
        self._screen.echo(line)
        await self._desk.enter(line)
        return ""

    def _check(self, wanted: bool, sought: str) -> str:
        visible = self._screen.visible_texts()
        if not sought:
            return self._screen.words("console.script.empty")
        if wanted == any(sought in folded(text) for text in visible):
            return ""
        key = "console.script.missing" if wanted else "console.script.unwanted"
        seen = "\n\n".join(clean(text) for text in visible) or self._screen.words("console.script.nothing")
        return self._screen.words(key, text=clean(sought), person=self._screen.person.id, seen=seen)
