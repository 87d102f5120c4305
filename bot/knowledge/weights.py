"""The trained weights: which ids of the frame a question speaks of, and whether the handbook has it at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge import signs
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.points import FRAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).parent / "handbook_model.safetensors"
CARD = "card"
KINDS = (*FRAME, CARD)
"""What a question may be about: an id of the frame, or what the cards tell (what it is, who offers what)."""

INSIDE = len(KINDS)
"""The column that speaks for a question which the handbook can answer."""

COLUMNS = len(KINDS) + 1


@dataclass(frozen=True, slots=True)
class Weights:
    """rarity: how much each box counts. boxes, meaning: what each of them says for each column."""

    rarity: NDArray[np.float32]
    boxes: NDArray[np.float32]
    meaning: NDArray[np.float32]
    bias: NDArray[np.float32]
    encoder: str

    def judge(self, text: str, vector: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """One value for each column; vector: the text's meaning, where the encoder is the one learned with."""
        import numpy as np

        places, values = signs.weighted(signs.signs(text), self.rarity)
        scores = self.bias + values @ self.boxes[places]
        if vector is not None:
            scores = scores + vector @ self.meaning
        return np.asarray(scores, dtype=np.float32)


@cache
def weights() -> Weights:
    """Raises KnowledgeUnavailable where the file is missing, damaged, or learned from other signs."""
    from safetensors import SafetensorError, safe_open

    fix = "Install Yorisoi again, or run: python -m benchmarks.train_handbook --keep"
    try:
        with safe_open(FILE, framework="np") as file:
            about = file.metadata() or {}
            read = Weights(
                **{name: file.get_tensor(name).astype("float32") for name in ("rarity", "boxes", "meaning", "bias")},
                encoder=about.get("encoder", ""),
            )
    except (SafetensorError, OSError, KeyError) as error:
        raise KnowledgeUnavailable(f"{FILE.name} cannot be read ({error}).", fix) from error
    if about.get("signs") != str(signs.VERSION) or read.boxes.shape != (signs.BOXES, COLUMNS):
        raise KnowledgeUnavailable(f"{FILE.name} was made for other signs.", fix)
    return read
