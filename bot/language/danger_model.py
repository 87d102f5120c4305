"""The trained half of noticing danger: a linear model over marks, words and word vectors, read from one small file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.language.danger_features import BUCKETS, WORDS, Features, names, windows
from bot.language.danger_level import Level
from bot.language.danger_rules import judge, sure
from bot.language.danger_signs import Marked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_suffix(".safetensors")
HARMLESS = 0.35
CLEAR = 0.8
LEVELS = (Level.NONE, Level.CLIENT_RISK, Level.SELF_RISK, Level.VIOLENCE)


@dataclass(frozen=True, slots=True)
class Model:
    """One column for each level. keys are sorted; senses: what a word's vector says for each level, times weight."""

    marks: NDArray[np.float32]
    words: NDArray[np.float32]
    keys: NDArray[np.uint32]
    senses: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: float

    def chances(self, seen: Features) -> NDArray[np.float32]:
        import numpy as np

        score = self.bias + seen.values @ self.marks[seen.marks]
        if len(seen.words):
            score = score + self.words[seen.words].sum(0) * (WORDS / np.sqrt(len(seen.words)))
        places = np.minimum(self.keys.searchsorted(seen.keys), len(self.keys) - 1)
        places = places[self.keys[places] == seen.keys]
        if len(places):
            score = score + self.senses[places].sum(0) / np.sqrt((self.weights[places] ** 2).sum())
        raised = np.exp(score - score.max())
        return np.asarray(raised / raised.sum(), dtype=np.float32)


def guess(text: list[Marked]) -> NDArray[np.float32]:
    """How likely each level is, where the text is most alarming."""
    import numpy as np

    nothing = np.array([1.0, 0.0, 0.0, 0.0], dtype=np.float32)
    return min((model().chances(each) for each in windows(text)), key=lambda each: float(each[0]), default=nothing)


def decide(text: list[Marked], chances: NDArray[np.float32], threshold: float) -> Level:
    """Either is enough: a likely danger, or a plain sign, unless the weights find its text clearly harmless."""
    ruled = judge(text)
    risk = 1 - float(chances[0])
    if risk < threshold and not sure(text) and (ruled is Level.NONE or risk < HARMLESS):
        return Level.NONE
    unclear = float(chances[1:].max()) < CLEAR * risk
    return ruled if unclear and ruled is not Level.NONE else LEVELS[1 + int(chances[1:].argmax())]


@cache
def model() -> Model:
    """Raises OSError or ValueError where the file is missing, damaged, or made for other marks."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        saved = load_file(WEIGHTS)
        whole = Model(
            **{name: saved[name].astype("float32") for name in ("marks", "words", "senses", "weights", "bias")},
            keys=saved["keys"],
            threshold=float(saved["threshold"][0]),
        )
        names_then = int(saved["names"][0])
    except (SafetensorError, KeyError, IndexError) as error:
        raise ValueError(f"{WEIGHTS.name} cannot be read") from error
    if names_then != names() or whole.words.shape != (BUCKETS, len(LEVELS)):
        raise ValueError(f"{WEIGHTS.name} was made for other marks: run python -m benchmarks.train_danger")
    return whole
