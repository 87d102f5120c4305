"""The house keeps its floors: import contracts that bite, no circles, small files, and no door without a room."""

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import grimp
import pytest

from bot.app.platforms import SENT_BY_PLATFORMS
from bot.handlers import every_route
from bot.routing import asking
from bot.routing.turn import Turn
from tests.source import BOT, ROOT, argument, calls, in_repository, literals, python_files, tree

LONGEST_FILE = 300

SPEAKING = ("bot/views", "bot/routing", "bot/handlers", "bot/scheduler")
"""Where buttons and forms are made; the store only packs them."""

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

VIOLATIONS = (
    ("1 floors", "a lower room reaches up", "store/places.py", "from bot.views import text"),
    ("1 floors", "a door leads past its floor", "handlers/help.py", "from bot.adapters.console import decode"),
    ("1 floors", "a handler leans on the scheduler", "handlers/help.py", "from bot.scheduler import jobs"),
    (
        "1 floors",
        "an import hides in a function",
        "chat/events.py",
        "def late():\n    from bot.language import cleaning",
    ),
    ("1 floors", "a new room without a floor", "gossip/__init__.py", '"""Stray."""'),
    ("2 adapters speak only chat", "the store", "adapters/console/render.py", "from bot.store import places"),
    ("2 adapters speak only chat", "the words", "adapters/console/screen.py", "from bot.views.text import Text"),
    (
        "3 adapters are strangers to one another",
        "a second adapter borrows from the first",
        "adapters/pigeon/__init__.py",
        "from bot.adapters.console import decode",
    ),
    ("4 each platform library has one room", "a handler", "handlers/help.py", "import prompt_toolkit"),
    ("4 each platform library has one room", "the entrance", "__main__.py", "from slack_sdk import web"),
    ("4 each platform library has one room", "another adapter", "adapters/console/desk.py", "import telegram"),
    ("4 each platform library has one room", "a second way out", "adapters/telegram/api.py", "import httpx"),
    ("4 each platform library has one room", "the clock's library", "app/house.py", "import apscheduler"),
    ("5 only the store speaks SQL", "the ground floor", "chat/messages.py", "import sqlite3"),
    ("5 only the store speaks SQL", "a handler", "handlers/worry.py", "from sqlmodel import select"),
    ("6 words never see who wrote them", "a card", "views/cards/worry.py", "from bot.store import members"),
    ("6 words never see who wrote them", "a key", "views/cards/mydata.py", "from bot.store import items"),
    ("6 words never see who wrote them", "a form", "views/forms.py", "from bot.store.conference_models import Vote"),
    ("7 settings are read once", "a handler", "handlers/help.py", "from bot.settings import read_settings"),
    ("8 no circles", "between rooms", "views/text.py", "from bot.handlers import help"),
    ("8 no circles", "inside a room", "language/dates_days.py", "from bot.language import dates"),
)


def broken_contracts(folder: Path) -> set[str]:
    """The contracts of pyproject.toml that do not hold for the bot/ in this folder."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False
    )
    verdicts = dict(re.findall(r"^(\d .+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert len(verdicts) == 8, done.stdout + done.stderr
    return {name for name, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(BOT, tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_contract_holds(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize(("contract", "where", "file", "line"), VIOLATIONS, ids=lambda value: value[:30])
def test_every_contract_bites(copy: Path, contract: str, where: str, file: str, line: str) -> None:  # noqa: ARG001
    planted = copy / "bot" / file
    planted.parent.mkdir(exist_ok=True)
    before = planted.read_text("utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n{line}\n", "utf-8")
    assert contract in broken_contracts(copy)


def test_there_is_a_violation_for_every_contract() -> None:
    assert {contract[0] for contract, *_ in VIOLATIONS} == set("12345678")


def test_no_circles_even_through_imports_inside_functions() -> None:
    house = grimp.build_graph("bot", cache_dir=None)
    steps = [(module, other) for module in house.modules for other in house.find_modules_directly_imported_by(module)]
    assert len(steps) > 100
    assert [step for step in steps if house.chain_exists(importer=step[1], imported=step[0])] == []


@pytest.mark.parametrize("path", python_files("bot", "tests", "benchmarks"), ids=in_repository)
def test_every_file_has_one_purpose_and_says_it(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE, "it has two purposes: split it"
    assert ast.get_docstring(tree(path)), "its first line says what it is for"


def test_a_turn_holds_six_things_at_most() -> None:
    assert len(fields(Turn)) <= 6


def spoken(call: str, position: int, keyword: str) -> set[str]:
    """The literal values of one argument; a computed one would escape these tests and is not allowed."""
    found: set[str] = set()
    for each in calls(call, *SPEAKING):
        values = literals(argument(each, position, keyword))
        assert values, f"line {each.lineno}: {call}({keyword}=…) must be written out"
        found.update(values)
    return found


def routed(kind: str) -> set[str]:
    return {name for registered, name in every_route().routes if registered == kind}


def test_every_button_opens_a_door() -> None:
    actions = spoken("Button", 1, "action")
    assert len(actions) > 20
    assert actions - routed("press") - set(asking.ACTIONS) == set()


def test_every_door_has_a_button() -> None:
    actions = spoken("Button", 1, "action")
    assert routed("press") - actions == set()
    assert set(asking.ACTIONS) - actions == set()


def test_every_form_is_received_and_every_receiver_has_a_form() -> None:
    assert spoken("Form", 0, "name") == routed("submit")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_command_stands_in_the_help(language: str) -> None:
    help_words = (BOT / "views" / "locales" / language / "help.toml").read_text("utf-8")
    listed = set(re.findall(r"^/(\w+)", help_words, re.MULTILINE))
    assert listed == routed("command") - SENT_BY_PLATFORMS - {"help"}
