"""Decides from the ledgers and the database alone whether anything was lost, doubled or left lying."""

import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.ledger import Line, read_lines

BLIND = {"telegram"}
"""Platforms that cannot tell whether a letter has arrived."""

MARK = "※再送"
LATE = "※遅延"
IN_HAND = "answer in hand"
FORM = "form"
REMINDER = "reminder"

_KINDS = {
    "notice": "お知らせがひとつ届いています",
    FORM: "先ほどの続きは、ここで伺います",
    "date": "事例検討会の日が決まりました",
    REMINDER: "事例検討会が近づきました",
    "closed": "この悩みは閉じられました",
    "worry": "悩み：",
    "poll": "事例検討会の日程",
    "reply": "返信する",
}
_ANSWERS = {IN_HAND, FORM}
_TO_A_PERSON = {"notice", FORM, "date", REMINDER}

_ROWS = {
    "members": "SELECT role, count(*) FROM member GROUP BY role",
    "codes": "SELECT uses_left, count(*) FROM invitation GROUP BY uses_left",
    "worries": "SELECT state, count(*) FROM worry GROUP BY state",
    "keys": "SELECT 'open', count(*) FROM itemkey",
    "answers": "SELECT seq, count(*) FROM answer GROUP BY seq",
    "conferences": "SELECT state || decided || ':' || revision, count(*) FROM conference GROUP BY 1",
    "slots": "SELECT number, count(*) FROM slot GROUP BY number",
    "votes": "SELECT number || value, count(*) FROM vote GROUP BY 1",
    "occurrences": "SELECT kind || done, count(*) FROM occurrence GROUP BY 1",
    "left in the inbox": "SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY state",
    "left in the outbox": (
        "SELECT state, count(*) FROM outbox WHERE state NOT IN ('delivered', 'unknown') GROUP BY state"
    ),
}
_OUTBOX = "SELECT state, count(*) FROM outbox GROUP BY state"


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter as a platform took it. under: the words it stands under, or takes the place of."""

    kind: str
    platform: str
    channel: str
    words: str
    under: str


@dataclass(frozen=True, slots=True)
class State:
    """What is left when all is done. kills: how often the process was killed on the way; doubtful: how many
    letters were just being sent when it was."""

    letters: Sequence[Line]
    rows: dict[str, dict[str, int]]
    unknown: int
    kills: int = 0
    doubtful: int = 0


def state_of(ledger: Path, database: Path, kills: int = 0, doubtful: int = 0) -> State:
    letters = [line for line in read_lines(ledger) if line["kind"] == "letter"]
    with _copy_of(database) as connection:
        rows = {name: _counted(connection, query) for name, query in _ROWS.items()}
        unknown = _counted(connection, _OUTBOX).get("unknown", 0)
    return State(letters, rows, unknown, kills, doubtful)


def being_sent(database: Path) -> int:
    with _copy_of(database) as connection:
        return _counted(connection, _OUTBOX).get("sending", 0)


def complaints(clean: State, found: State) -> list[str]:
    """Everything that is wrong, in words; nothing where the outage left no trace but what is allowed."""
    wanted, kept = Counter(_kept(clean.letters)), Counter(_kept(found.letters))
    return [
        *_twins(found),
        *_lost(wanted - kept, found),
        *(f"{number} too many: {each}" for each, number in (kept - wanted).items() if each.kind not in _ANSWERS),
        *_answers_as_letters(kept, wanted, found),
        *_rows(clean, found),
        *([f"{found.unknown} letters given up"] if found.unknown > found.doubtful else []),
    ]


def _kept(letters: Sequence[Line]) -> Iterable[Kept]:
    """One for each key: whether it was sent again is looked at by itself."""
    first_words = _first_words(letters)
    for line in {line["key"]: line for line in letters}.values():
        under = first_words.get(line["thread"] or line["replacing"], "")
        yield Kept(_kind(line), line["platform"], line["channel"], _words(line["message"]), under)


def _first_words(letters: Sequence[Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in letters:
        found.setdefault(line["reference"], _words(line["message"]))
    return found


def _twins(found: State) -> Iterable[str]:
    """A letter that came twice, or again though nobody was killed while sending it.

    The same change made twice to a message that stands is one change.
    """
    again = [line for line in found.letters if MARK in line["message"]["note"]]
    if len(again) > found.doubtful:
        yield f"{len(again)} letters marked as sent again, {found.doubtful} were being sent"
    seen: set[str] = set()
    for line in found.letters:
        marked = MARK in line["message"]["note"]
        if marked and (line["platform"] not in BLIND or line["replacing"]):
            yield f"needlessly marked: {_kind(line)} in {line['channel']}"
        if line["key"] in seen and not line["replacing"] and not marked:
            yield f"sent twice: {_kind(line)} in {line['channel']}"
        seen.add(line["key"])


def _lost(missing: Counter[Kept], found: State) -> Iterable[str]:
    """A reminder whose arrival nobody can tell is not sent again; that is a promise too."""
    given_up = 0
    for each, number in missing.items():
        if each.kind == REMINDER and each.platform in BLIND:
            given_up += number
        elif each.kind != IN_HAND:
            yield f"{number} lost: {each}"
    if given_up > found.unknown:
        yield f"{given_up} reminders lost, {found.unknown} of them knowingly"


def _answers_as_letters(kept: Counter[Kept], wanted: Counter[Kept], found: State) -> Iterable[str]:
    """What was answered after a restart comes as a letter: one for each act that a kill interrupted, and where a
    dialog was to open, a second one that leads to its questions."""
    number = sum(number for each, number in (kept - wanted).items() if each.kind in _ANSWERS)
    if number > 2 * found.kills:
        yield f"{number} answers came as letters after {found.kills} kills"


def _rows(clean: State, found: State) -> Iterable[str]:
    for name, wanted in clean.rows.items():
        if found.rows[name] != wanted:
            yield f"{name}: {found.rows[name]} instead of {wanted}"


def _kind(line: Line) -> str:
    message, private = line["message"], "-user-" in line["channel"]
    labels = [button[0] for button in message["buttons"]]
    said = "\n".join([message["title"], message["body"], message["note"], *labels])
    kind = next((kind for kind, words in _KINDS.items() if words in said), "unknown")
    return IN_HAND if private and kind not in _TO_A_PERSON else kind


def _words(message: dict[str, Any]) -> str:
    """Without the pseudonym, which is drawn anew in every run, and without the marks."""
    note = "\n".join(line for line in message["note"].splitlines() if MARK not in line and LATE not in line)
    title = re.sub(r"^(悩み：)?.*?さん", r"\1＊さん", message["title"])
    return "\n".join([title, message["body"], message["quote"], note]).strip()


@contextmanager
def _copy_of(database: Path) -> Iterator[sqlite3.Connection]:
    """Looks at a copy: the process that comes next must find the files as they were left."""
    with tempfile.TemporaryDirectory() as folder:
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as connection:
            yield connection


def _counted(connection: sqlite3.Connection, query: str) -> dict[str, int]:
    return {str(name): int(number) for name, number in connection.execute(query)}
