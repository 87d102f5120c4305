"""How well search does on a writer whose questions it never learned from."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.index import JAPANESE, Index
from bot.knowledge.measure import Asked, Figures, best_threshold, measure
from bot.knowledge.points import FRAME, load

if TYPE_CHECKING:
    from benchmarks.train_handbook import Trainer

HEAD = "| writer left out | way | hit@3 | first label | nDCG@5 | worst id | refusal precision | recall |"


def crossed(trainer: "Trainer", writers: Sequence[str]) -> Iterator[str]:
    yield HEAD
    entries = [entry for language in LANGUAGES for entry in load(BUNDLED, language)]
    examples = [text for language in LANGUAGES for text in outside(language)]
    for writer in writers:
        learned = trainer.train(np.flatnonzero(trainer.writers != writer))
        asked = [
            Asked("", each.text, each.kinds, "ja" if JAPANESE.search(each.text) else "en")
            for each in trainer.texts
            if each.writer == writer and set(each.kinds) <= set(FRAME)
        ]
        for way, encoder in (("meaning", trainer.encoder), ("words", None)):
            index = Index(entries, examples, encoder, learned=learned)
            threshold = best_threshold(asked, [index.margin(each.text) for each in asked])
            yield f"| {writer} | {way} | {row(measure(index, asked, threshold))} | {threshold:.2f} |"


def row(found: Figures) -> str:
    values = (found.hit, found.first, found.gain, found.worst, found.precision, found.recall)
    return " | ".join(f"{value:.3f}" for value in values)
