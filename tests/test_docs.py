"""What is written about Yorisoi is true of it: settings, commands, decisions and words."""

import re
from datetime import date

import pytest
import typer
from dotenv import dotenv_values

from bot.__main__ import cli
from bot.app.platforms import SENT_BY_PLATFORMS
from bot.handlers import every_route
from bot.settings import Settings
from tests.source import ROOT, in_repository, repository_files, says

ENV_EXAMPLE = ROOT / "deploy" / "env.example"
READMES = ("README.md", "README.ja.md")
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")

GLOSSARY = {
    "支援者": "member",
    "悩み": "worry",
    "投稿者": "author",
    "返信": "reply",
    "事例検討会": "conference",
    "支援会議": "support_meeting",
    "調整役": "coordinator",
    "ハンドブック": "handbook",
    "価値": "value",
    "姿勢": "posture",
    "留意点": "caution",
    "項目": "item",
    "ポイント": "point",
    "実践メモ": "practice note",
    "後方支援": "back-up support",
    "巡回": "round",
    "同行訪問": "visit",
    "相談窓口": "window",
}

ONE_MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:home|root|Users|work|mnt)/[\w.]"
    r"|\b[A-Z]:\\\\?Users"
    r"|(?:extra-)?index-url|find-links|trusted-host"
    r"|pypi\.org/simple|files\.pythonhosted\.org|/whl/|/simple/"
)
"""Paths of somebody's computer, and addresses of package indexes: both work in one place only."""


def test_every_setting_stands_in_the_example_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    written = dotenv_values(ENV_EXAMPLE)
    assert set(written) == {f"YORISOI_{name.upper()}" for name in Settings.model_fields}
    for name in written:
        monkeypatch.delenv(name, raising=False)
    defaults = Settings()
    for name, value in written.items():
        monkeypatch.setenv(name, value or "")
    assert Settings() == defaults


def test_every_setting_is_explained_in_both_languages_in_few_lines() -> None:
    for block in ENV_EXAMPLE.read_text("utf-8").strip().split("\n\n")[1:]:
        *comments, setting = block.split("\n")
        japanese = [line for line in comments if JAPANESE.search(line)]
        english = [line for line in comments if not JAPANESE.search(line)]
        assert all(line.startswith("# ") for line in comments), setting
        assert 1 <= len(japanese) <= 2 and 1 <= len(english) <= 2, setting


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_bot_is_told(readme: str) -> None:
    told = (ROOT / readme).read_text("utf-8")
    commands = {name for kind, name in every_route().routes if kind == "command"} - SENT_BY_PLATFORMS
    assert [name for name in sorted(commands) if not says(told, f"/{name}")] == []


def names_in(group: typer.Typer) -> list[str]:
    return [each.name or each.callback.__name__ for each in group.registered_commands if each.callback]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_command_line_is_told(readme: str) -> None:
    told = (ROOT / readme).read_text("utf-8")
    commands = names_in(cli)
    assert len(commands) >= 5
    for group in cli.registered_groups:
        assert group.typer_instance
        commands += [f"{group.name} {name}" for name in names_in(group.typer_instance)]
    assert [name for name in commands if f"`{name}" not in told] == []


def test_decisions_are_dated_and_numbered_without_gaps() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbered = [path for path in decisions if path.stem != "README"]
    assert [int(path.name[:4]) for path in numbered] == list(range(1, len(numbered) + 1))
    assert numbered
    for path in numbered:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
        found = re.search(r"\b20\d\d-\d\d-\d\d\b", path.read_text("utf-8"))
        assert found and date.fromisoformat(found[0]), f"{path.name} has no date"


def test_nothing_names_one_machine_or_a_package_index() -> None:
    kept = [path for path in repository_files() if path.suffix not in {".png", ".gif", ".npz", ".safetensors"}]
    assert len(kept) > 100
    found = {
        in_repository(path): ONE_MACHINE.search(path.read_text("utf-8")) for path in kept if path.name != "test_docs.py"
    }
    assert {name: hit[0] for name, hit in found.items() if hit} == {}


@pytest.mark.parametrize(("japanese", "code"), GLOSSARY.items())
def test_the_glossary_names_every_term(japanese: str, code: str) -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    assert any(japanese in line and says(line, code) for line in lines)
