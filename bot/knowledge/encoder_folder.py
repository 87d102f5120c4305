"""Tells whether the saved encoder is whole and of today's recipe, and has it built where it is not."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bot.knowledge import ginza_vectors
from bot.knowledge.encoder import WEIGHTS_FILE, WordEncoder
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.weighting import RECIPE

OnStep = Callable[[int, int, str], None]

FINGERPRINT_FILE = "fingerprint.json"
STEP = re.compile(r"step (\d+)/(\d+) (\w+)")
TOLD = re.compile(r"(problem|fix) (.+)")
LINES_KEPT = 3


def ensure_encoder(folder: Path, on_step: OnStep) -> WordEncoder:
    """Blocks while it builds (about ten seconds, once). Raises KnowledgeUnavailable."""
    if not is_current(folder):
        _build_in_child(folder, on_step)
    source = _fingerprint(folder).get("source", "")
    try:
        return WordEncoder(folder, f"{source} {RECIPE}")
    except (OSError, ValueError, KeyError) as error:
        raise KnowledgeUnavailable(
            f"The encoder in {folder} cannot be read ({error}).", f"Delete {folder} and start again."
        ) from error


def is_current(folder: Path) -> bool:
    written = _fingerprint(folder)
    installed = ginza_vectors.version()
    try:
        return (
            written.get("recipe") == RECIPE
            and (not installed or written.get("source") == _source(installed))
            and written.get("digest") == _digest(folder)
        )
    except OSError:
        return False


def write_fingerprint(folder: Path) -> None:
    written = {
        "recipe": RECIPE,
        "source": _source(ginza_vectors.version()),
        "digest": _digest(folder),
    }
    (folder / FINGERPRINT_FILE).write_text(json.dumps(written, indent=2), encoding="utf-8")


def _source(version: str) -> str:
    return f"{ginza_vectors.PACKAGE} {version}"


def _fingerprint(folder: Path) -> dict[str, str]:
    try:
        written = json.loads((folder / FINGERPRINT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return written if isinstance(written, dict) else {}


def _digest(folder: Path) -> str:
    with (folder / WEIGHTS_FILE).open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _build_in_child(folder: Path, on_step: OnStep) -> None:
    """In a process of its own, because torch would stay in this one's memory for good."""
    command = [sys.executable, "-m", "bot.knowledge.build", str(folder.absolute())]
    house = str(Path(__file__).parents[2])
    quiet = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error", "PYTHONUTF8": "1"}
    path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    told: dict[str, str] = {}
    last: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **quiet, "PYTHONPATH": path},
    ) as child:
        for line in child.stdout or ():
            if step := STEP.match(line):
                on_step(int(step[1]), int(step[2]), step[3])
            elif words := TOLD.match(line):
                told[words[1]] = words[2]
            last = [*last, line.strip()][-LINES_KEPT:]
    if child.returncode:
        raise KnowledgeUnavailable(
            told.get("problem", f"The encoder could not be built: {' '.join(last)}"),
            told.get("fix", f"Make room in {folder.parent}, or run: python -m bot.knowledge.build {folder}"),
        )
