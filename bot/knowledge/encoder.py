"""The default encoder as the bot runs it: plain arrays, mapped from the files that the model was saved in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.embedding import unit_rows
from bot.knowledge.tensors import read_tensors
from bot.language import tokens
from bot.language.string_keys import string_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Vectors

WEIGHTS_FILE = "model.safetensors"


class WordTable:
    """Where a word's vector stands and how much the word counts. keys must be sorted."""

    def __init__(self, keys: NDArray[np.uint64], rows: NDArray[np.int32], weights: NDArray[np.float32]) -> None:
        self.keys, self.rows, self.weights = keys, rows, weights

    def find(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights of the known words of a text; unknown words are left out."""
        words = tokens.words(text)
        normal, found = self._places(word.normal for word in words)
        surface, found_as_written = self._places(word.surface for word in words)
        normal[~found] = surface[~found]
        places = normal[found | found_as_written]
        return self.rows[places], self.weights[places]

    def _places(self, words: Iterable[str]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        keys = string_keys(words)
        places = self.keys.searchsorted(keys)
        places[places == len(self.keys)] = 0
        return places, self.keys[places] == keys


class WordEncoder:
    """Gives the same vectors as the saved sentence-transformers model, without loading torch."""

    languages = ("ja",)

    def __init__(self, folder: Path, name: str) -> None:
        saved = read_tensors(folder / WEIGHTS_FILE)
        self._table = WordTable(saved["keys"], saved["rows"], saved["weights"])
        self._vectors = saved["bag.weight"]
        self.name = name

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        sums = np.zeros((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for row, text in zip(sums, texts, strict=True):
            places, weights = self._table.find(text)
            row[:] = weights @ self._vectors[places]
        return unit_rows(sums)

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return self.encode(questions)
