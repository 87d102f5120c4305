"""How alike a question is to what each entry says: by characters, by words and, with an encoder, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.lexical import LexicalView, characters, japanese_words
from bot.knowledge.meaning import MeaningView

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.knowledge.embedding import Embedder

MEANING_WEIGHT = 3.0
"""Against 1 for each lexical view: chosen where every example question searched for its own entry."""


class Likeness:
    """texts: all that is said of each entry."""

    def __init__(self, texts: Sequence[Sequence[str]], embedder: Embedder | None) -> None:
        whole = ["\n".join(parts) for parts in texts]
        self._lexical = [LexicalView(split, whole) for split in (characters, japanese_words)]
        self._meaning: MeaningView | None = None
        if embedder:
            known = [(text, owner) for owner, parts in enumerate(texts) for text in (*parts, whole[owner])]
            self._meaning = MeaningView(embedder, [text for text, _ in known], [owner for _, owner in known])

    def scores(self, question: str) -> NDArray[np.float32]:
        """Standard deviations above the other entries, summed over the views."""
        import numpy as np

        views = [_standard(view.scores(question)) for view in self._lexical]
        if self._meaning:
            views.append(MEANING_WEIGHT * _standard(self._meaning.scores(question)))
        return np.asarray(np.sum(views, axis=0), dtype=np.float32)


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every view in the same measure: standard deviations from its own mean."""
    import numpy as np

    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)
