"""Keeps the vectors of a handbook's texts on disk, so that only what has changed is encoded again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.tensors import read_tensors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder, Vectors

    Known = dict[bytes, NDArray[np.float32]]

SLICE = 16
"""Texts encoded in one go: a question that comes meanwhile waits for no more than these."""

KEPT_UNUSED = 20_000
"""Vectors of texts that are not in use now, for whoever goes back to an older edition."""

KEPT_MODELS = 3
"""Files, one for each encoder, the last used: who switches back waits for nothing."""

DIGEST = 16
HALF = ".half-"
ABANDONED_SECONDS = 3_600
"""After which a half-written file is what a killed process left."""

OnProgress = Callable[[int, int], None]
"""How many texts are encoded, of how many that have to be. May stop the work by raising."""


class VectorFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, embedder: str) -> Known:
        """Nothing where there is no whole file."""
        path = self._path(embedder)
        try:
            saved = read_tensors(path)
            with contextlib.suppress(OSError):
                os.utime(path)  # used again, though there may be nothing new to write
            keys, vectors = saved["keys"], saved["vectors"]
        except (OSError, ValueError, KeyError):
            return {}
        if len(keys) != len(vectors):
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def count(self, embedder: str) -> int:
        """How many texts need not be encoded again."""
        return len(self.read(embedder))

    def write(self, embedder: str, known: Known) -> None:
        """Whole or not at all; a full disk costs only the time to encode again."""
        import numpy as np
        from safetensors.numpy import save

        keys = np.frombuffer(b"".join(known), dtype="<u8").reshape(-1, DIGEST // 8)
        content = save({"keys": keys, "vectors": np.stack(list(known.values()))})
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _replace(self._path(embedder), content)
            self._forget_old()
        except OSError:
            return

    def _path(self, embedder: str) -> Path:
        return self._folder / f"{hashlib.blake2b(embedder.encode(), digest_size=DIGEST).hexdigest()}.safetensors"

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.safetensors"), key=lambda path: path.stat().st_mtime)
        left = [
            path for path in self._folder.glob(f"{HALF}*") if time.time() - path.stat().st_mtime > ABANDONED_SECONDS
        ]
        for path in (*files[:-KEPT_MODELS], *left):
            path.unlink(missing_ok=True)


class Remembering:
    """An embedder to build an index with. Once closed it only passes on: what people ask is never remembered."""

    def __init__(self, embedder: Embedder, files: VectorFiles | None, on_progress: OnProgress) -> None:
        self.name, self.languages = embedder.name, embedder.languages
        self._embedder, self._files, self._on_progress = embedder, files, on_progress
        self._known: Known = files.read(embedder.name) if files else {}
        self._used: Known = {}
        self._building, self._has_new = True, False

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not self._building or not texts:
            return self._embedder.encode(texts)
        wanted = {_digest(text): text for text in texts}
        self._learn({digest: text for digest, text in wanted.items() if digest not in self._known})
        self._used |= {digest: self._known[digest] for digest in wanted}
        return np.stack([self._known[_digest(text)] for text in texts])

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self._embedder.encode_questions(questions)

    def close(self) -> None:
        if self._files and self._has_new:
            unused = [each for each in self._known.items() if each[0] not in self._used]
            self._files.write(self.name, self._used | dict(unused[-KEPT_UNUSED:]))
        self._building, self._known, self._used = False, {}, {}

    def _learn(self, missing: Mapping[bytes, str]) -> None:
        """Texts of like length together, because a batch takes as long as its longest."""
        ordered = sorted(missing.items(), key=lambda each: len(each[1]))
        for start in range(0, len(ordered), SLICE):
            self._on_progress(start, len(ordered))
            part = ordered[start : start + SLICE]
            rows = self._embedder.encode([text for _, text in part])
            self._known |= {digest: row for (digest, _), row in zip(part, rows, strict=True)}
            self._has_new = True
        if ordered:
            self._on_progress(len(ordered), len(ordered))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _replace(path: Path, content: bytes) -> None:
    """mkstemp makes it readable for its owner alone."""
    handle, name = tempfile.mkstemp(prefix=HALF, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
