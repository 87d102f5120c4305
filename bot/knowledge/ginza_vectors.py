"""Reads the word vectors out of the installed ja_ginza package without importing spaCy."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.errors import KnowledgeUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "ja_ginza"
FIX = 'pip install "ja_ginza>=5.2,<6"'


@dataclass(frozen=True, slots=True)
class WordVectors:
    """keys: hashes of words, the most frequent word first. rows: which vector each key has."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int32]
    vectors: NDArray[np.float32]


def version() -> str:
    """The installed version, or "" where the package is missing."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return ""


def read() -> WordVectors:
    import numpy as np

    vocabulary = _folder() / "vocab"
    try:
        import srsly  # type: ignore[import-untyped]

        table: dict[int, int] = srsly.read_msgpack(vocabulary / "key2row")
        vectors = np.load(vocabulary / "vectors", allow_pickle=False)
    except (ImportError, OSError, ValueError) as error:
        raise KnowledgeUnavailable(f"The word vectors of {PACKAGE} cannot be read ({error}).", FIX) from error
    keys = np.fromiter(table.keys(), dtype=np.uint64, count=len(table))
    rows = np.fromiter(table.values(), dtype=np.int32, count=len(table))
    return WordVectors(keys, rows, np.asarray(vectors, dtype=np.float32))


def _folder() -> Path:
    spec = util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise KnowledgeUnavailable(f"The package {PACKAGE} is not installed.", FIX)
    folder = Path(places[0]) / f"{PACKAGE}-{version()}"
    if not (folder / "vocab" / "key2row").is_file():
        raise KnowledgeUnavailable(f"The package {PACKAGE} {version()} holds no word vectors.", FIX)
    return folder
