"""Trains the weights by which search knows what a question is about and what it has no answer to: deterministic.

python -m benchmarks.train_handbook [--keep] [--all]

Without a word: figures on the tuning half by weights that never saw it.
--keep: writes bot/knowledge/handbook_model.safetensors, which never saw it either: thresholds are measured with it.
--all: every writer in turn left out, which takes some minutes.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from benchmarks.handbook_texts import OWN, TUNING, Labelled, everything, gibberish
from bot.knowledge import signs
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.glossary import in_both
from bot.knowledge.index import JAPANESE
from bot.knowledge.weights import FILE, KINDS, Weights

MEANING = 1.0
BOXES = 1.5
LEAST_SEEN = 2
SUBJECT_STRENGTH, INSIDE_STRENGTH = 2.0, 2.0
SHARES = ((1.0,), (0.65, 0.35), (0.55, 0.27, 0.18))
"""What the best label of a question counts, and what the others."""

OWN_COUNTS = 0.5
"""Example questions bear the labels of their whole entry, so they are less exact than those labelled one by one."""

WITHOUT_ENCODER = 0.3
"""How much every text counts once more without its meaning, so that the same weights serve where no encoder is."""

ROUNDS = 200


class Trainer:
    """All texts as rows; every question twice: with its meaning and without."""

    def __init__(self, texts: Sequence[Labelled], encoder: Any) -> None:
        self.texts = texts
        self.writers = np.array([each.writer for each in texts])
        self.encoder = encoder
        searched = [each.text if JAPANESE.search(each.text) else in_both(each.text) for each in texts]
        self.vectors = encoder.encode(searched)
        self.signs = [signs.signs(text) for text in searched]

    def train(self, used: NDArray[np.intp]) -> Weights:
        rarity = self.rarity(used)
        boxes = self.rows(used, rarity) * BOXES
        meaning = self.vectors[used] * MEANING
        rows = sparse.vstack(
            [sparse.hstack([boxes, meaning]), sparse.hstack([boxes, np.zeros_like(meaning)])], format="csr"
        )
        subjects, biases = self._subjects(rows, used)
        inside, bias = self._inside(rows, used)
        columns = np.hstack([subjects.T, inside.T]).astype(np.float32)
        return Weights(
            rarity,
            BOXES * columns[: signs.BOXES],
            MEANING * columns[signs.BOXES :],
            np.concatenate([biases, bias]).astype(np.float32),
            self.encoder.name,
        )

    def rarity(self, used: NDArray[np.intp]) -> NDArray[np.float32]:
        seen = np.zeros(signs.BOXES, dtype=np.float32)
        for place in used:
            seen[self.signs[place].characters] += 1
            seen[self.signs[place].words] += 1
        rarity = np.log1p(len(used) / np.maximum(seen, 1)) * (seen >= LEAST_SEEN)
        return np.asarray(rarity.astype(np.float16).astype(np.float32))

    def rows(self, used: NDArray[np.intp], rarity: NDArray[np.float32]) -> Any:
        found = [signs.weighted(self.signs[place], rarity) for place in used]
        ends = np.cumsum([0, *(len(places) for places, _ in found)])
        places, values = np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])
        return sparse.csr_matrix((values, places, ends), shape=(len(used), signs.BOXES))

    def _subjects(self, rows: Any, used: NDArray[np.intp]) -> tuple[NDArray[Any], NDArray[Any]]:
        picked, labels, counts = [], [], []
        for place, owner in enumerate(used):
            text = self.texts[owner]
            for label, share in zip(text.kinds, SHARES[len(text.kinds) - 1] if text.kinds else (), strict=True):
                counted = share * (OWN_COUNTS if text.writer == OWN else 1.0)
                picked += [place, place + len(used)]
                labels += [KINDS.index(label)] * 2
                counts += [counted, counted * WITHOUT_ENCODER]
        model = LogisticRegression(C=SUBJECT_STRENGTH, max_iter=ROUNDS, tol=1e-3)
        model.fit(rows[picked], labels, sample_weight=counts)
        return model.coef_, model.intercept_

    def _inside(self, rows: Any, used: NDArray[np.intp]) -> tuple[NDArray[Any], NDArray[Any]]:
        side = np.array([bool(self.texts[owner].kinds) for owner in used] * 2)
        counts = np.repeat([1.0, WITHOUT_ENCODER], len(used))
        model = LogisticRegression(C=INSIDE_STRENGTH, max_iter=ROUNDS, tol=1e-3, class_weight="balanced")
        model.fit(rows, side, sample_weight=counts)
        return model.coef_, model.intercept_


def save(learned: Weights) -> None:
    small: dict[str, NDArray[Any]] = {
        "rarity": learned.rarity.astype(np.float16),
        "boxes": learned.boxes.astype(np.float16),
        "meaning": learned.meaning.astype(np.float32),
        "bias": learned.bias,
    }
    save_file(small, FILE, metadata={"encoder": learned.encoder, "signs": str(signs.VERSION)})


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as spare:
        encoder = ensure_encoder(Path(spare) / "encoder", lambda *_: None)
        trainer = Trainer([*everything(), *gibberish()], encoder)
        if "--keep" in arguments:
            save(trainer.train(np.flatnonzero(trainer.writers != TUNING)))
            return
        from benchmarks.handbook_figures import crossed

        writers = sorted({*trainer.writers} - {OWN}) if "--all" in arguments else [TUNING]
        for line in crossed(trainer, writers):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
