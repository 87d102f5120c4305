"""The window itself: line editing, history, completion, colours; plain lines where there is no terminal."""

import asyncio
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from threading import Thread
from typing import TextIO

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style

from bot.adapters.console.decode import WINDOW_COMMANDS
from bot.adapters.console.desk import Desk
from bot.adapters.console.people import People
from bot.adapters.console.render import Line, plain

STYLE = Style.from_dict(
    {
        "title": "bold",
        "bar": "ansicyan",
        "note": "ansibrightblack",
        "button": "ansigreen",
        "place": "ansicyan bold",
        "typed": "ansibrightblack",
        "prompt": "ansicyan",
    }
)
FLAGS = ("--dialogs", "--questions", "--coordinator", "--stranger")


async def run(desk: Desk, people: People, commands: Sequence[str], history: Path | None) -> None:
    if sys.stdin.isatty() and sys.stdout.isatty():
        await edit_lines(desk, Suggestions(desk, people, commands), history)
        return
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    await read_lines(desk, sys.stdin, sys.stdout)


async def edit_lines(desk: Desk, completer: Completer, history: Path | None = None) -> None:
    """Read edited lines until Ctrl-D or :quit."""
    session: PromptSession[str] = PromptSession(
        history=CommandHistory(str(history)) if history else InMemoryHistory(),
        completer=completer,
        complete_while_typing=True,
        style=STYLE,
        key_bindings=_keys(),
    )
    desk.screen.show = lambda lines: _paint(lines, session.output)
    desk.screen.columns = lambda: session.output.get_size().columns
    with patch_stdout(raw=True):
        await desk.open()
        while not desk.ended:
            try:
                line = await session.prompt_async(lambda: [("class:prompt", desk.screen.prompt())])
            except EOFError:
                return
            await desk.enter(line)


async def read_lines(desk: Desk, source: TextIO, out: TextIO) -> None:
    """Without a terminal: read lines as they come, until there are no more."""

    def show(shown: Sequence[Line]) -> None:
        out.writelines(plain(line) + "\n" for line in shown)
        out.flush()

    desk.screen.show = show
    desk.screen.columns = lambda: shutil.get_terminal_size().columns
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(RuntimeError):  # the window was closed before the last line
            for line in source:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    await desk.open()
    # A thread of our own, as one that waits for a line cannot be cancelled and must not hold up the end.
    Thread(target=read, daemon=True).start()
    while not desk.ended and (line := await lines.get()):
        desk.screen.echo(line)
        await desk.enter(line)


class CommandHistory(FileHistory):
    """Remembers all while it runs, but writes down window commands only: worries are typed here too."""

    def load_history_strings(self) -> Iterable[str]:
        with suppress(OSError):
            yield from super().load_history_strings()

    def store_string(self, string: str) -> None:
        if string.startswith(WINDOW_COMMANDS):
            with suppress(OSError):
                super().store_string(string)


class Suggestions(Completer):
    """Window commands after ":", people after ":as", places after ":in", the bot's commands after "/"."""

    def __init__(self, desk: Desk, people: People, commands: Sequence[str]) -> None:
        self._desk, self._people = desk, people
        self._commands = tuple(f"/{name}" for name in commands)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        text = document.text_before_cursor
        word = document.get_word_before_cursor(WORD=True)
        for suggestion in self._suggested(text):
            if suggestion.startswith(word) and suggestion != word:
                yield Completion(suggestion, start_position=-len(word))

    def _suggested(self, text: str) -> Sequence[str]:
        first, space, rest = text.partition(" ")
        if not space:
            return (*WINDOW_COMMANDS, *self._commands) if text[:1] in (":", "/") and text else ()
        if first == ":as":
            return FLAGS if " " in rest else [person.id for person in self._people]
        if first == ":in":
            return [self._desk.screen.place_name(channel) for channel in self._desk.screen.places.groups]
        return ()


def _paint(lines: Sequence[Line], output: Output) -> None:
    pieces = [piece for line in lines for piece in (*line, ("", "\n"))]
    print_formatted_text(FormattedText(pieces), style=STYLE, output=output, end="")


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("f1")
    def tour(event: KeyPressEvent) -> None:
        event.current_buffer.text = ":tour"
        event.current_buffer.validate_and_handle()

    @keys.add("c-c")
    def clear(event: KeyPressEvent) -> None:
        event.current_buffer.reset()

    return keys
