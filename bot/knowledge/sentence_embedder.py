"""Any sentence-transformers model by name or path, for those who set YORISOI_EMBEDDING_MODEL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.embedding import unit_rows
from bot.knowledge.errors import KnowledgeUnavailable

if TYPE_CHECKING:
    from bot.knowledge.embedding import Vectors

SETTING = "YORISOI_EMBEDDING_MODEL"


class SentenceTransformerEmbedder:
    """Loading takes seconds and hundreds of MB: construct it in a worker thread."""

    languages = ("ja", "en")

    def __init__(self, name_or_path: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(name_or_path)
        except Exception as error:  # the library and the hub raise whatever they like
            raise KnowledgeUnavailable(
                f"The model {name_or_path} cannot be loaded ({type(error).__name__}: {error}).",
                f"Give {SETTING} the name or folder of a sentence-transformers model, or leave it empty.",
            ) from error
        self.name = name_or_path

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        rows = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        return unit_rows(np.asarray(rows, dtype=np.float32))
