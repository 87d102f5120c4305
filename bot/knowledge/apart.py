"""A sentence-transformers model in a process of its own, so that torch never enters the bot's."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from bot.knowledge.embedding import unit_rows
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.sentence_embedder import SETTING, SentenceTransformerEmbedder, is_place

if TYPE_CHECKING:
    from bot.knowledge.embedding import Vectors

LOWEST_PRIORITY = 19
_SMALLER = f"Give the machine more memory, or {SETTING} a smaller model, or leave it empty."
QUIET = {"TRANSFORMERS_VERBOSITY": "error", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}


class ModelApart:
    """Ends its process when nobody refers to it any more. A process that was killed is begun anew, once for each
    request; raises KnowledgeUnavailable where that does not help."""

    def __init__(self, name_or_path: str) -> None:
        self._model = name_or_path
        self._one_at_a_time = threading.Lock()
        self.name, self.languages = self._begin()

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._ask("encode", texts)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self._ask("encode_questions", questions)

    def close(self) -> None:
        self._end()

    def _begin(self) -> tuple[str, Sequence[str]]:
        path = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")]))
        offline = {"HF_HUB_OFFLINE": "1"} if is_place(self._model) else {}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "bot.knowledge.apart", self._model],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **QUIET, **offline, "PYTHONPATH": path},
        )
        self._end = weakref.finalize(self, _end, self._child)
        told = json.loads(self._heard().readline() or b"{}")
        if "name" not in told:
            self._end()
            raise KnowledgeUnavailable(
                told.get("problem", f"The process of the model {self._model} ended (not enough memory?)."),
                told.get("fix", _SMALLER),
            )
        return told["name"], told["languages"]

    def _ask(self, way: str, texts: Sequence[str]) -> Vectors:
        with self._one_at_a_time:
            try:
                return self._answer(way, texts)
            except (OSError, ValueError):  # its process is gone
                return self._answer_anew(way, texts)

    def _answer_anew(self, way: str, texts: Sequence[str]) -> Vectors:
        self._end()
        name, _ = self._begin()
        if name != self.name:
            raise KnowledgeUnavailable(f"The model {self._model} is another one now.", "Start the bot again.")
        try:
            return self._answer(way, texts)
        except (OSError, ValueError) as error:
            raise KnowledgeUnavailable(
                f"The model {self._model} ended while it read ({type(error).__name__}).", _SMALLER
            ) from None

    def _answer(self, way: str, texts: Sequence[str]) -> Vectors:
        import numpy as np

        asked = self._pipe(self._child.stdin)
        asked.write(json.dumps([way, list(texts)]).encode() + b"\n")
        asked.flush()
        rows, size = json.loads(self._heard().readline())
        content = self._heard().read(rows * size * 4)
        return unit_rows(np.frombuffer(content, dtype="<f4").reshape(rows, size))

    def _heard(self) -> IO[bytes]:
        return self._pipe(self._child.stdout)

    def _pipe(self, end: IO[bytes] | None) -> IO[bytes]:
        if end is None:
            raise KnowledgeUnavailable(f"The process of the model {self._model} cannot be spoken to.", "Start again.")
        return end


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with contextlib.suppress(OSError):  # what was left to be said to it
                pipe.close()
    child.kill()
    child.wait()


def main(model: str) -> None:
    """Answers until nobody asks any more. What libraries print must not mix with the answers."""
    os.nice(LOWEST_PRIORITY)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        embedder = SentenceTransformerEmbedder(model)
    except KnowledgeUnavailable as error:
        _tell(answers, {"problem": error.problem, "fix": error.fix})
        return
    _tell(answers, {"name": embedder.name, "languages": embedder.languages})
    for line in sys.stdin.buffer:
        way, texts = json.loads(line)
        rows = embedder.encode(texts) if way == "encode" else embedder.encode_questions(texts)
        _tell(answers, rows.shape, rows.astype("<f4").tobytes())


def _tell(answers: IO[bytes], head: Any, content: bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n" + content)
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
