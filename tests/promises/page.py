"""Writes the promises page from the bot's own words, the tests that stand behind them, and the last full run."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
    """name: a module of tests/faults/full. broken: what is done to the bot. note: what the figures do not say by
    themselves. labels: the figures by key, in one language. result: those that say in one line how it ended."""

    name: str
    title: str
    broken: str
    note: str
    labels: Mapping[str, str]
    result: Sequence[str]


def tests_behind(name: str) -> list[str]:
    found: list[str] = _read(_DATA)[name]["tests"]
    return found


def docs_about(name: str, language: str) -> list[str]:
    return [f"{page}.ja.md" if language == "ja" else f"{page}.md" for page in _read(_DATA)[name].get("docs", ())]


def experiments(language: str) -> list[Experiment]:
    return [
        Experiment(
            name,
            each["title"][language],
            each["broken"][language],
            each.get("note", {}).get(language, ""),
            {key: words[language] for key, words in each["figures"].items()},
            each["result"],
        )
        for name, each in _read(_DATA)["experiments"].items()
    ]


def written(language: str) -> str:
    """The whole page, Markdown."""
    text, frame = Text(language, ZoneInfo("Asia/Tokyo")), _read(_FRAME)[language]
    parts = [f"# {text('promises.title')}", frame["intro"], text("welcome.honesty")]
    parts += [_promise(text, name, frame) for name in PROMISES]
    parts += [f"## {frame['figures']}", frame["figures_intro"], _overview(language, frame), *_figures(language, frame)]
    parts += [f"## {frame['points']}", frame["points_intro"], _points(frame)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _promise(text: Text, name: str, frame: Mapping[str, Any]) -> str:
    behind = "\n".join(f"- `{test}`" for test in tests_behind(name))
    pages = " ".join(f"[{page}]({page})" for page in docs_about(name, text.language))
    return "\n\n".join(
        [
            f"## {text(f'promises.{name}.title')}",
            text(f"promises.{name}.words"),
            f"**{frame['limits']}** {text(f'promises.{name}.limits')}",
            *([f"{frame['more']} {pages}"] if pages else []),
            f"{frame['tests']}\n\n{behind}",
        ]
    )


def _overview(language: str, frame: Mapping[str, Any]) -> str:
    results = report.read()
    rows = "\n".join(
        f"| {each.title} | {each.broken} | {_result(each, results.get(each.name), frame)} |"
        for each in experiments(language)
    )
    return f"| {frame['experiment']} | {frame['broken']} | {frame['result']} |\n|---|---|---|\n{rows}"


def _result(each: Experiment, found: Mapping[str, report.Figure] | None, frame: Mapping[str, Any]) -> str:
    if found is None:
        return str(frame["not_run"])
    return "<br>".join(
        f"{each.labels[key]}{frame['is']}**{_figure(found[key])}**" for key in each.result if key in found
    )


def _figures(language: str, frame: Mapping[str, Any]) -> Iterator[str]:
    """Of those that were run."""
    results = report.read()
    for each in experiments(language):
        found = results.get(each.name)
        if found is None:
            continue
        note = f"\n\n{each.note}" if each.note else ""
        rows = "\n".join(f"| {label} | {_figure(found[key])} |" for key, label in each.labels.items() if key in found)
        yield f"### {each.title}\n\n`{each.name}`, {found['date']}\n\n| {frame['what']} | |\n|---|---:|\n{rows}{note}"


def _figure(value: report.Figure) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _points(frame: Mapping[str, Any]) -> str:
    struck = report.read().get("kills", {})
    rows = "\n".join(f"| {point} | {words} | {struck.get(point, '–')} |" for point, words in frame["point"].items())
    return f"| | {frame['moment']} | {frame['struck']} |\n|---|---|---:|\n{rows}"


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
