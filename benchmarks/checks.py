"""How well details and danger are found on the halves nobody tuned with, and at what cost; writes docs/quality.md."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import dates_figures, handbook_search, linking, poll, shelves
from benchmarks.checks_cost import Cost, measured
from bot.language import danger, details
from bot.language.danger import Level
from bot.language.spans import Kind, Span

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
PAGE = ROOT / "docs" / "quality.md"
JUDGED = "judged"
RISKY = tuple(level for level in Level if level is not Level.NONE)

WANTED = {Kind.PERSON: 0.95, Kind.ADDRESS: 0.95, Kind.PHONE: 0.99, Kind.EMAIL: 0.99, Kind.URL: 0.99}
WANTED_OVERALL, MOST_STOPPED = 0.97, 0.08
WANTED_DANGER, WANTED_EXACT, MOST_FALSE = 0.97, 0.85, 0.06

_HEAD = """\
# How well names, places and danger are found

Written by `make bench`; do not edit. Measured on the judged halves of the labelled sets in `tests/data`, which nobody
looks at while tuning (`tests/data/README.md` says what was labelled, and by whom). Every text was invented for this
project, each pair of halves by one writer, and nobody else has judged the labels; half of all were written to tempt, so
that everyday texts are easier to leave alone. A detail is found when a span of its type overlaps it, and exact when the
span begins and ends where the label does. A clean text is stopped when anything at all is found in it. Errors are
listed by the number of their text and by type, never by words, so that nobody tunes on them.
"""


@dataclass(slots=True)
class Details:
    """What was found of the details of one set."""

    labelled: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    exact: Counter[Kind] = field(default_factory=Counter)
    clean: int = 0
    stopped: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Danger:
    """What was seen of the dangers of one set."""

    labelled: Counter[Level] = field(default_factory=Counter)
    seen: Counter[Level] = field(default_factory=Counter)
    exact: Counter[Level] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def lines() -> list[str]:
    """The page, which is also written to its place."""
    page = (
        "\n".join(
            [
                *(_HEAD, *_sections(JUDGED), *_costs(measured()), "", *_linking(), ""),
                *(*handbook_search.section(), "", *shelves.lines(), "", *dates_figures.lines()),
                *("", *poll.lines()),
            ]
        )
        + "\n"
    )
    PAGE.write_text(page, encoding="utf-8")
    return page.splitlines()


def _sections(half: str) -> Iterator[str]:
    day = datetime.now(UTC).date().isoformat()
    if rows := _rows(f"details_{half}"):
        yield from _details_table(judge_details(rows), len(rows), day)
    if rows := _rows(f"danger_{half}"):
        yield from _danger_table(judge_danger(rows), len(rows), day)


def judge_details(rows: list[dict[str, Any]]) -> Details:
    result = Details()
    for row in rows:
        found = details.find(row["text"])
        labels = [Span(start, end, Kind(kind)) for start, end, kind in row["spans"]]
        for label in labels:
            result.labelled[label.kind] += 1
            result.exact[label.kind] += label in found
            if any(_alike(label, each) for each in found):
                result.found[label.kind] += 1
            else:
                result.missed.append(f"{row['id']} {label.kind}")
        if not labels:
            result.clean += 1
            if found:
                result.stopped.append(f"{row['id']} {'+'.join(sorted({each.kind for each in found}))}")
    return result


def judge_danger(rows: list[dict[str, Any]]) -> Danger:
    result = Danger()
    for row in rows:
        label, seen = Level(row["level"]), danger.level(row["text"])
        result.labelled[label] += 1
        result.seen[label] += seen is not Level.NONE
        result.exact[label] += seen is label
        if label is Level.NONE and seen is not label:
            result.false.append(f"{row['id']} {seen}")
        elif label is not Level.NONE and seen is Level.NONE:
            result.missed.append(f"{row['id']} {label}")
    return result


def _alike(label: Span, found: Span) -> bool:
    return found.kind is label.kind and found.start < label.end and label.start < found.end


def _details_table(result: Details, texts: int, day: str) -> Iterator[str]:
    every, all_found = result.labelled.total(), result.found.total()
    yield from (f"## Details ({texts} texts, {day})", "")
    yield from _table("type", "labelled", "found", "exact", "wanted")
    for kind in Kind:
        if labelled := result.labelled[kind]:
            wanted = f"≥ {WANTED[kind]}" if kind in WANTED else ""
            found, exact = _part(result.found[kind], labelled), _part(result.exact[kind], labelled)
            yield f"| {kind} | {labelled} | {found} | {exact} | {wanted} |"
    yield f"| all | {every} | {_part(all_found, every)} | {_part(result.exact.total(), every)} | ≥ {WANTED_OVERALL} |"
    yield f"| clean texts stopped | {result.clean} | {_part(len(result.stopped), result.clean)} | | ≤ {MOST_STOPPED} |"
    yield from ("", f"Missed: {_listed(result.missed)}", "", f"Clean, but stopped: {_listed(result.stopped)}", "")


def _danger_table(result: Danger, texts: int, day: str) -> Iterator[str]:
    yield from (f"## Danger ({texts} texts, {day})", "")
    yield from _table("level", "labelled", "seen", "exact", "wanted")
    for level in RISKY:
        if labelled := result.labelled[level]:
            seen, exact = _part(result.seen[level], labelled), _part(result.exact[level], labelled)
            yield f"| {level} | {labelled} | {seen} | {exact} | ≥ {WANTED_DANGER}, exact ≥ {WANTED_EXACT} |"
    none = result.labelled[Level.NONE]
    yield f"| none, but an alarm | {none} | {_part(len(result.false), none)} | | ≤ {MOST_FALSE} |"
    yield from ("", f"Missed: {_listed(result.missed)}", "", f"False alarms: {_listed(result.false)}", "")


def _costs(cost: Cost) -> Iterator[str]:
    yield from (
        "## Cost (one core, both checks, 1,000 characters at a time, all loaded)",
        "",
        "| | measured | wanted |",
        "|---|---|---|",
        f"| both checks, p50 / p99 | {cost.p50:.1f} / {cost.p99:.1f} ms | p99 < 100 ms |",
        f"| details alone, p50 / p99 | {cost.details_p50:.1f} / {cost.details_p99:.1f} ms | |",
        f"| the event loop waits, p99 / most | {cost.waited_p99:.1f} / {cost.waited_most:.1f} ms | < 20 ms |",
        f"| loading both | {cost.loaded:.0f} ms | |",
        f"| memory of the process, before / after loading | {cost.before:.0f} / {cost.after:.0f} MB | |",
        f"| resident, with the mapped dictionary | {cost.resident:.0f} MB | |",
        "",
        "Milliseconds are time of the core, so that neighbours on the machine do not count. The loop waits for the",
        "check in its thread: how much longer than asked for a sleep of one millisecond takes.",
        "",
        "Left out to keep it small: the named entities of GiNZA, see `docs/decisions/0019-what-finds-names.md`.",
    )


def _linking() -> Iterator[str]:
    yield from ("## Guessing the author by who was present", "", *linking.lines())


def _rows(name: str) -> list[dict[str, Any]]:
    file = DATA / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def _table(*titles: str) -> tuple[str, str]:
    return f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"


def _part(count: int, whole: int) -> str:
    return f"{count / whole:.3f}" if whole else "–"


def _listed(errors: list[str]) -> str:
    return ", ".join(errors) or "none"


if __name__ == "__main__":
    half = sys.argv[1] if len(sys.argv) > 1 else "tuning"
    sys.stdout.write("\n".join([*_sections(half), *_costs(measured())]) + "\n")
