"""Plays somebody's leaving through a kill and a restart, and says what is wrong with what is left."""

import json
import multiprocessing
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from bot.app.mirror import NAME
from tests.faults import leaving
from tests.faults.leaving import DATA, HITS, ORDER, OTHERS, OTHERS_REPLY

KILLED = -9
CLOSED, TAKEN_BACK = "この悩みは閉じられました。", "この返信は取り下げられました。"
WANTED = sorted([CLOSED, CLOSED, TAKEN_BACK, TAKEN_BACK, OTHERS, OTHERS_REPLY])

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.leaving"])


def _run(folder: Path, kill: int = 0) -> int:
    process = _processes.Process(target=leaving.play, args=(str(folder), kill))
    process.start()
    process.join()
    return int(process.exitcode or 0)


def passed(community: Path, folder: Path) -> list[str]:
    """Every moment of an undisturbed leaving, in order."""
    shutil.copytree(community, folder)
    assert _run(folder) == 0
    assert complaints(folder) == []
    found: list[str] = json.loads((folder / ORDER).read_text())
    return found


def killed_at(community: Path, folder: Path, nth: int) -> list[str] | None:
    """What is wrong after a kill at the nth moment and a restart; None where it did not come so far."""
    shutil.copytree(community, folder)
    status = _run(folder, nth)
    if status == 0:
        return None
    assert status == KILLED, f"it ended by itself ({status})"
    return complaints(folder) if _run(folder) == 0 else ["it did not come back"]


def complaints(folder: Path) -> list[str]:
    shown = leaving.standing(folder)
    return [
        *(f"left after the restart: {each}" for each in json.loads((folder / HITS).read_text())),
        *(f"left at the end: {each}" for each in leaving.hits(folder)),
        *([f"the group shows {shown}"] if shown != WANTED else []),
        *_rows(folder / DATA / "yorisoi.db"),
        *_written(folder / DATA / NAME),
    ]


def _rows(database: Path) -> list[str]:
    wanted = {"itemkey": 1, "member": 1, "draft": 0, "tombstone": 4, "occurrence": 4}
    with closing(connect(database)) as rows:
        found = {name: int(rows.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in wanted}
        open_letters = rows.execute("SELECT count(*) FROM outbox WHERE letter IS NOT NULL").fetchone()[0]
    return [*([f"rows: {found}"] if found != wanted else []), *([f"{open_letters} letters"] if open_letters else [])]


def _written(file: Path) -> list[str]:
    kinds = Counter(json.loads(line)["kind"] for line in file.read_text().splitlines())
    return [] if kinds == Counter(worry=2, answer=1, member=1) else [f"{NAME}: {dict(kinds)}"]
