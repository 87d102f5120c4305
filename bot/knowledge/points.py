"""Reads the handbook's entries from their files and refuses a file with a mistake, saying where it is."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.errors import HandbookError

TEXTS = ("id", "kind", "title", "summary", "body")
LISTS = ("related", "questions")
FRAME = (
    *("value.human", "value.society", "value.support"),
    *("posture.respect", "posture.together", "posture.step", "posture.family"),
    *("caution.differing-wishes", "caution.society", "caution.not-alone"),
    *("caution.no-coercion", "caution.empowerment", "caution.illness"),
    *(f"item.{number}" for number in range(1, 8)),
)
"""The 3 values, 4 postures, 6 cautions and 7 items that the ministry's slides name."""

MOST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the handbook speaks about. questions: ways in which people ask for it.

    frame: the ids of the frame it stands under, the best first. point, page: where it stands in a centre's own
    handbook, as that one writes it.
    """

    id: str
    kind: str
    title: str
    summary: str
    body: str
    related: tuple[str, ...]
    questions: tuple[str, ...]
    language: str
    edition: str
    frame: tuple[str, ...] = ()
    point: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands, for the words of an error."""

    file: str
    line: int

    def error(self, entry_id: str, problem: str) -> HandbookError:
        return HandbookError(f"{self.file}, line {self.line}, entry {entry_id or '(no id)'}: {problem}")


def load(folder: Path, language: str) -> tuple[Entry, ...]:
    """The entries of every file NAME.LANGUAGE.toml in the folder; none where there is no such file."""
    found = [pair for path in sorted(folder.glob(f"*.{language}.toml")) for pair in _read(path, language)]
    _check_ids(found)
    return tuple(entry for _, entry in found)


def _read(path: Path, language: str) -> list[tuple[_Place, Entry]]:
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HandbookError(f"{path.name}: {error}") from error
    top = _Place(path.name, 1)
    if data.get("language") != language:
        raise top.error("(top of the file)", f'language must be "{language}", as in the file name')
    edition = _text(data, "edition", top, "(top of the file)")
    tables = data.get("entry")
    if not isinstance(tables, list) or not tables:
        raise top.error("(top of the file)", "there is no [[entry]]")
    starts = (number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[entry]]")
    places = [_Place(path.name, line) for line in starts] + [top] * len(tables)
    return [(place, _entry(table, place, language, edition)) for place, table in zip(places, tables, strict=False)]


def _entry(table: Mapping[str, Any], place: _Place, language: str, edition: str) -> Entry:
    entry_id = str(table.get("id", ""))
    if unknown := sorted(set(table) - {*TEXTS, *LISTS, "frame"}):
        raise place.error(entry_id, f"unknown key {', '.join(unknown)}")
    texts = {key: _text(table, key, place, entry_id) for key in TEXTS}
    related, questions = (_list(table, key, place, entry_id) for key in LISTS)
    frame = _frame(table, place, entry_id)
    return Entry(**texts, related=related, questions=questions, language=language, edition=edition, frame=frame)


def _frame(table: Mapping[str, Any], place: _Place, entry_id: str) -> tuple[str, ...]:
    """What belongs to the frame stands under itself."""
    if entry_id in FRAME or "frame" not in table:
        return (entry_id,) if entry_id in FRAME else ()
    frame = _list(table, "frame", place, entry_id)
    if unknown := [name for name in frame if name not in FRAME]:
        raise place.error(entry_id, f"frame names unknown ids: {', '.join(unknown)}")
    if not 1 <= len(frame) <= MOST_FRAMES:
        raise place.error(entry_id, f"frame must name one to {MOST_FRAMES} ids")
    return frame


def _text(table: Mapping[str, Any], key: str, place: _Place, entry_id: str) -> str:
    if key not in table:
        raise place.error(entry_id, f"{key} is missing")
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise place.error(entry_id, f"{key} must be a text that is not empty")
    return value.strip()


def _list(table: Mapping[str, Any], key: str, place: _Place, entry_id: str) -> tuple[str, ...]:
    if key not in table:
        raise place.error(entry_id, f"{key} is missing")
    values = table[key]
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise place.error(entry_id, f"{key} must be a list of texts that are not empty")
    return tuple(value.strip() for value in values)


def _check_ids(found: Iterable[tuple[_Place, Entry]]) -> None:
    first: dict[str, _Place] = {}
    pairs = list(found)
    for place, entry in pairs:
        if entry.id in first:
            other = first[entry.id]
            raise place.error(entry.id, f"this id is already used in {other.file}, line {other.line}")
        first[entry.id] = place
    for place, entry in pairs:
        if unknown := [name for name in entry.related if name not in first]:
            raise place.error(entry.id, f"related names unknown ids: {', '.join(unknown)}")
