"""The log: known names, modest values, one line a minute for one cause; and DEBUG only where nobody real writes."""

import ast
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.app import logs, repeats
from bot.app.log_lines import EVENTS, KEYS, UNKNOWN, known_only
from bot.app.repeats import Repeats
from bot.chat.errors import RetryLater
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.session import Session
from tests.held_time import held
from tests.source import BOT, argument, in_repository, literals, python_files, tree
from tests.world import World

LEVELS = {"debug", "info", "warning", "error", "critical", "exception"}
HANDED_ON = {"bot/chat/saying.py"}
"""Says what adapters give it; their calls are looked at where they stand."""


def said() -> Iterator[tuple[str, ast.Call]]:
    """Every call that writes a line: log.error(…), and what adapters say once a minute."""
    for path in python_files("bot"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _writes(node) and in_repository(path) not in HANDED_ON:
                yield f"{in_repository(path)}:{node.lineno}", node


def _writes(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="log" | "_log"), attr=level):
            return level in LEVELS
        case ast.Attribute(value=ast.Attribute(attr="_saying"), attr="warn"):
            return True
        case ast.Attribute(value=ast.Attribute(attr="_api"), attr="say"):
            return True
        case ast.Attribute(value=ast.Name(id="self"), attr="say"):
            return len(call.args) == 2
    return False


def test_every_event_that_is_logged_is_on_the_list_and_every_one_on_the_list_is_logged() -> None:
    names: set[str] = set()
    for where, call in said():
        written = literals(argument(call, 0, "event"))
        assert written, f"{where}: the event must be written out"
        names.update(written)
    assert names - EVENTS == set()
    assert EVENTS - names == set()


def test_every_line_is_made_of_keys_that_are_known() -> None:
    found = list(said())
    assert len(found) > 50
    for where, call in found:
        given_keys = {keyword.arg for keyword in call.keywords}
        assert given_keys <= KEYS, where


def test_nothing_writes_to_the_log_by_another_way() -> None:
    """The standard library's loggers are for libraries, and the two of ours that are switched off."""
    for path in python_files("bot"):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="logging"), attr="getLogger"), args=[name, *_]):
                    ours = literals(name)
                    assert all(each.startswith("yorisoi.") for each in ours), in_repository(path)
                case ast.Call(func=ast.Name(id="print")) | ast.Call(func=ast.Attribute(attr="print_exc")):
                    pytest.fail(in_repository(path))


@given(st.dictionaries(st.sampled_from(sorted(KEYS | {"text", "member", "exc_info"})), st.text() | st.integers()))
def test_whatever_is_logged_is_modest(line: dict[str, object]) -> None:
    shown = known_only(None, "error", {**line})
    assert shown.keys() <= KEYS
    assert shown["event"] in EVENTS | {UNKNOWN}
    for value in shown.values():
        assert not isinstance(value, str) or (value.isascii() and len(value) <= 80 and value.isprintable())


@pytest.mark.parametrize("value", ["花さんのことば", "x" * 81, "two\nlines", "\x1b[31m", b"bytes", ["list"], None])
def test_what_could_be_words_becomes_a_question_mark(value: object) -> None:
    assert known_only(None, "error", {"event": "turn failed", "error": value})["error"] == UNKNOWN


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, world: World) -> Iterator[io.StringIO]:
    """The log as serve configures it, with its lines in our hands; its minutes are the world's."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure("INFO")
    with held(world.house.clock):
        yield stream
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines() if line.startswith("{")]


async def test_an_outage_of_an_hour_is_a_line_a_minute_for_each_cause(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty chats are written to again and again while their platform is out of reach."""
    monkeypatch.setattr(world.slack, "send", _out_of_reach)
    for _ in range(60):
        await _letters(world, 20)
        await world.later(minutes=1)
    found = lines(written)
    causes: dict[object, int] = {}
    for line in found:
        cause = (line["event"], line.get("error"), line.get("platform"))
        causes[cause] = causes.get(cause, 0) + 1
    assert ("doubtful send", "ConnectionError", "slack") in causes
    assert 50 <= max(causes.values()) <= 60, "an hour has sixty minutes"
    assert sum(int(str(line.get("count", 1))) for line in found) > 300, "and each line says how many there were"


async def _out_of_reach(*_: object, **__: object) -> str:
    raise ConnectionError("花さん")


async def _letters(world: World, chats: int) -> None:
    now = world.house.clock()

    def put(session: Session) -> None:
        for number in range(chats):
            address = Address("slack", "team", f"chat{number}")
            outbox.put(session, Letter(f"worry:{now}:{number}", address, Message(body="x"), now))

    await world.house.database.write(put)


def test_causes_do_not_pile_up(written: io.StringIO, world: World) -> None:  # noqa: ARG001
    kept = Repeats()
    for number in range(5_000):
        world.house.clock.advance(timedelta(seconds=1))
        assert kept.held_back(number) == 0
    assert len(kept._written) <= repeats.MOST_CAUSES


def test_a_library_is_heard_once_a_minute_and_never_quoted(written: io.StringIO) -> None:
    for _ in range(100):
        logging.getLogger("some.library").error("花さん %s", "canary")
    assert written.getvalue() == "ERROR some.library\n"


async def test_the_lines_of_one_turn_carry_the_same_random_id(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    ken = await world.person("ken", world.slack)

    def breaks(*_: object) -> None:
        raise RetryLater("花さん")

    monkeypatch.setattr("bot.routing.pipeline.Pipeline._routed", breaks)
    await ken.commands("help")
    (line,) = lines(written)
    assert (line["event"], line["error"]) == ("turn failed", "RetryLater")
    assert re.fullmatch(r"[0-9a-f]{8}", str(line["id"]))


def test_the_list_of_events_is_sorted_so_that_two_hands_can_add_to_it() -> None:
    source = (BOT / "app" / "log_lines.py").read_text("utf-8")
    listed = re.findall(r'^        "([^"]+)",$', source.partition("KEYS =")[0], re.MULTILINE)
    assert listed == sorted(listed)
    assert set(listed) == EVENTS
    assert Path(logs.__file__).exists()
