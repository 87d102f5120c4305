"""Decides whether what is nearest on a shelf fits at all, by how near questions come that it cannot answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS, MEANING = 0.3, 0.7
"""How much each counts where there is an encoder; words alone otherwise. docs/decisions/0029 says how chosen."""

ALONE, BESIDE = 1.25, 0.75
"""Standard deviations above a question from outside that an entry needs: with nothing else to say that the question
belongs here, and where our own notes have already found that it does."""

NARROWEST = 0.05
"""Where all questions from outside are alike, as on a shelf of two or three entries."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a question an entry holds, by words' rarity (0 to 1), and how alike their meanings are, if known."""

    words: float
    meaning: float | None


class Fitting:
    """outside: what is nearest to each question that is known to lie outside. It makes every encoder, and a shelf of
    any size, its own measure: in a hundred thousand passages something always looks a little alike."""

    def __init__(self, outside: Sequence[Likeness]) -> None:
        import numpy as np

        self._words = _spread(np.asarray([each.words for each in outside], dtype=np.float32))
        meanings = [each.meaning for each in outside if each.meaning is not None]
        self._meaning = _spread(np.asarray(meanings, dtype=np.float32))

    def strength(self, likeness: Likeness) -> float:
        """0: like a question from outside."""
        words = (likeness.words - self._words[0]) / self._words[1]
        if likeness.meaning is None:
            return words
        return WORDS * words + MEANING * (likeness.meaning - self._meaning[0]) / self._meaning[1]


def _spread(values: NDArray[np.float32]) -> tuple[float, float]:
    """Middle and standard deviation, which a few that do fit after all cannot shift."""
    import numpy as np

    if not len(values):
        return 0.0, 1.0
    middle = float(np.median(values))
    return middle, max(NARROWEST, 1.4826 * float(np.median(np.abs(values - middle))))
