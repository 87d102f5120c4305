"""Writes the promises page from the bot's own words, the tests that stand behind them, and the last full run."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.views.cards.promises import PROMISES
from bot.views.text import Text
from tests.faults import report

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "promises.md", "ja": ROOT / "docs" / "promises.ja.md"}
_DATA = Path(__file__).with_name("promises.toml")
_FRAME = Path(__file__).with_name("frame.toml")


@dataclass(frozen=True, slots=True)
class Experiment:
    """name: a module of tests/faults/full. labels: its figures by key, in one language."""

    name: str
    title: str
    labels: Mapping[str, str]


def tests_behind(name: str) -> list[str]:
    found: list[str] = _read(_DATA)[name]["tests"]
    return found


def experiments(language: str) -> list[Experiment]:
    return [
        Experiment(name, each["title"][language], {key: words[language] for key, words in each["figures"].items()})
        for name, each in _read(_DATA)["experiments"].items()
    ]


def written(language: str) -> str:
    """The whole page, Markdown."""
    text, frame = Text(language, ZoneInfo("Asia/Tokyo")), _read(_FRAME)[language]
    parts = [f"# {text('promises.title')}", frame["intro"], text("welcome.honesty")]
    parts += [_promise(text, name, frame) for name in PROMISES]
    parts += [f"## {frame['figures']}", frame["figures_intro"], *_figures(language, frame)]
    parts += [f"## {frame['points']}", frame["points_intro"], _points(frame)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _promise(text: Text, name: str, frame: Mapping[str, Any]) -> str:
    behind = "\n".join(f"- `{test}`" for test in tests_behind(name))
    return "\n\n".join(
        [
            f"## {text(f'promises.{name}.title')}",
            text(f"promises.{name}.words"),
            f"**{frame['limits']}** {text(f'promises.{name}.limits')}",
            f"{frame['tests']}\n\n{behind}",
        ]
    )


def _figures(language: str, frame: Mapping[str, Any]) -> Iterator[str]:
    results = report.read()
    for each in experiments(language):
        found = results.get(each.name)
        if found is None:
            yield f"### {each.title}\n\n{frame['not_run']}"
            continue
        rows = "\n".join(f"| {label} | {_figure(found[key])} |" for key, label in each.labels.items() if key in found)
        yield f"### {each.title}\n\n`{each.name}`, {found['date']}\n\n| {frame['what']} | |\n|---|---:|\n{rows}"


def _figure(value: report.Figure) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _points(frame: Mapping[str, Any]) -> str:
    struck = report.read().get("kills", {})
    rows = "\n".join(f"| {point} | {words} | {struck.get(point, '–')} |" for point, words in frame["point"].items())
    return f"| | {frame['moment']} | {frame['struck']} |\n|---|---|---:|\n{rows}"


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
