"""Trains the weights by which danger is noticed and says how well they do on writers kept out: deterministic.

python -m benchmarks.train_danger [--keep] [--errors]     (--keep writes bot/language/danger_model.safetensors)
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from benchmarks.danger_fit import Matrix, as_matrix, fit, softmax
from bot.knowledge import ginza_vectors
from bot.knowledge.weighting import weigh
from bot.language.danger_features import BUCKETS, WORDS, Features, mark_columns, names, windows
from bot.language.danger_level import Level
from bot.language.danger_model import LEVELS, WEIGHTS, decide
from bot.language.danger_signs import Marked, marked
from bot.language.danger_spelling import sentences

HERE = Path(__file__).parent
TUNING = HERE.parent / "tests" / "data" / "danger_tuning.jsonl"
COMMON_WORDS = 45_000
MEANING = 2.0
STRENGTH = 2.0
FALSE_ALARMS = 0.075
FIRST = "first"
PLAIN = (FIRST, TUNING.stem)
"""Writers whose harmless texts are no twins of a risky one, as those that people send are not."""


@dataclass(frozen=True, slots=True)
class Example:
    level: Level
    text: list[Marked]
    windows: list[Features]
    writer: str


class Senses:
    """The vectors of the most common words, under short keys."""

    def __init__(self) -> None:
        words = ginza_vectors.read()
        common = set(words.keys[:COMMON_WORDS].tolist())
        weighed = weigh(words)
        kept = np.array([key in common for key in weighed.keys.tolist()])
        self.keys, first = np.unique(weighed.keys[kept].astype(np.uint32), return_index=True)
        self.weights = weighed.weights[kept][first]
        self.vectors = weighed.vectors[weighed.rows[kept][first]] * self.weights[:, None]

    def of(self, keys: NDArray[np.uint32]) -> Matrix:
        places = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        places = places[self.keys[places] == keys]
        if not len(places):
            return np.zeros(self.vectors.shape[1], dtype=np.float32)
        total = self.vectors[places].sum(0) / np.sqrt((self.weights[places] ** 2).sum())
        return np.asarray(total, dtype=np.float32)


def read_examples() -> list[Example]:
    own = sorted((HERE / "danger_training").glob("*.jsonl"))
    found = []
    for file in [*own, TUNING]:
        for line in file.read_text("utf-8").splitlines():
            told = json.loads(line)
            text = marked(sentences(told["text"]))
            found.append(Example(Level(told["level"]), text, list(windows(text)), writer(file)))
    return found


def writer(file: Path) -> str:
    """The files named after a level are all by the first one; every other file has its own."""
    return FIRST if file.stem in set(Level) else file.stem


def rows(seen: Sequence[Features], senses: Senses) -> Matrix:
    made = np.zeros((len(seen), mark_columns() + BUCKETS + senses.vectors.shape[1]), dtype=np.float32)
    for row, each in zip(made, seen, strict=True):
        row[each.marks] = each.values
        row[mark_columns() + each.words] = WORDS / np.sqrt(max(1, len(each.words)))
        row[mark_columns() + BUCKETS :] = MEANING * senses.of(each.keys)
    return made


class Trainer:
    """All windows in one table; a text's chances are those of its most alarming window."""

    def __init__(self, examples: list[Example]) -> None:
        self.examples, self.senses = examples, Senses()
        self.owner = np.array([place for place, each in enumerate(examples) for _ in each.windows])
        self.labels = np.array([LEVELS.index(each.level) for each in examples])
        self.writers = np.array([each.writer for each in examples])
        self.rows = rows([seen for each in examples for seen in each.windows], self.senses)
        self.likeness = self.rows @ self.rows.T + 1.0

    def train(self, texts: NDArray[np.intp], rounds: int = 2) -> tuple[NDArray[np.intp], Matrix]:
        """First on texts of one window, then also on the most alarming window of each longer one."""
        mine = np.flatnonzero(np.isin(self.owner, texts))
        short = np.bincount(self.owner, minlength=len(self.examples)) == 1
        used = mine[short[self.owner[mine]]]
        for turn in range(rounds):
            amounts = fit(self.likeness[np.ix_(used, used)], self.labels[self.owner[used]], len(LEVELS), STRENGTH)
            if turn + 1 < rounds:
                used = self.most_alarming(mine, softmax(as_matrix(self.likeness[np.ix_(mine, used)] @ amounts)))
        return used, amounts

    def most_alarming(self, windows_: NDArray[np.intp], chances: Matrix) -> NDArray[np.intp]:
        order = np.argsort(-(1 - chances[:, 0]), kind="stable")
        _, first = np.unique(self.owner[windows_][order], return_index=True)
        return np.asarray(np.sort(windows_[order][first]))

    def chances(self, texts: NDArray[np.intp], used: NDArray[np.intp], amounts: Matrix) -> Matrix:
        mine = np.flatnonzero(np.isin(self.owner, texts))
        of_windows = softmax(as_matrix(self.likeness[np.ix_(mine, used)] @ amounts))
        worst = self.most_alarming(mine, of_windows)
        found = dict(zip(self.owner[worst], of_windows[np.searchsorted(mine, worst)], strict=True))
        return np.array([found[text] for text in texts])

    def crossed(self) -> Matrix:
        """Each text's chances by weights that never saw a text of its writer."""
        made = np.zeros((len(self.examples), len(LEVELS)), dtype=np.float32)
        for each in sorted(set(self.writers)):
            left_out = np.flatnonzero(self.writers == each)
            made[left_out] = self.chances(left_out, *self.train(np.flatnonzero(self.writers != each)))
        return made

    def save(self, threshold: float) -> None:
        used, amounts = self.train(np.arange(len(self.examples)))
        columns = self.rows[used].T @ amounts
        marks, words, meaning = np.split(columns, [mark_columns(), mark_columns() + BUCKETS])
        saved = {
            "marks": marks.astype(np.float16),
            "words": words.astype(np.float16),
            "keys": self.senses.keys,
            "senses": (MEANING * self.senses.vectors @ meaning).astype(np.float16),
            "weights": self.senses.weights.astype(np.float16),
            "bias": amounts.sum(0).astype(np.float32),
            "threshold": np.array([threshold], dtype=np.float32),
            "names": np.array([names()], dtype=np.int64),
        }
        save_file(saved, WEIGHTS)


def threshold_for(risk: NDArray[np.float32], harmless: NDArray[np.bool_], already: NDArray[np.bool_]) -> float:
    """So that false alarms among these harmless texts, those of the rules included, stay within FALSE_ALARMS."""
    allowed = int(FALSE_ALARMS * harmless.sum()) - int((already & harmless).sum())
    alarming = np.sort(risk[harmless & ~already])[::-1]
    return float(alarming[max(0, allowed)]) + 1e-4


def table(name: str, truth: list[Level], told: list[Level]) -> list[str]:
    lines = [f"| {name} | texts | noticed | exact |", "|---|---|---|---|"]
    for level in LEVELS:
        mine = [said for was, said in zip(truth, told, strict=True) if was is level]
        if not mine:
            continue
        noticed = sum(said is not Level.NONE for said in mine) / len(mine)
        exact = sum(said is level for said in mine) / len(mine)
        lines.append(f"| {level} | {len(mine)} | {noticed:.3f} | {exact:.3f} |")
    return lines


def trained(trainer: Trainer, chances: Matrix) -> list[tuple[Example, Matrix]]:
    return list(zip(trainer.examples, chances, strict=True))


def main() -> None:
    trainer = Trainer(read_examples())
    chances = trainer.crossed()
    harmless = trainer.labels == 0
    risk = 1 - chances[:, 0]
    already = np.array([decide(each.text, its, 1.1) is not Level.NONE for each, its in trained(trainer, chances)])
    threshold = threshold_for(risk, harmless & np.isin(trainer.writers, PLAIN), already)
    told = [decide(each.text, its, threshold) for each, its in trained(trainer, chances)]
    truth = [each.level for each in trainer.examples]
    sys.stdout.write(f"threshold {threshold:.3f}\n")
    for name in sorted(set(trainer.writers)):
        mine = np.flatnonzero(trainer.writers == name)
        sys.stdout.write("\n".join(table(name, [truth[m] for m in mine], [told[m] for m in mine])) + "\n")
    if "--keep" in sys.argv:
        trainer.save(threshold)
    if "--errors" in sys.argv:
        for place, each in enumerate(trainer.examples):
            if told[place] is not each.level:
                words = " ".join(sentence.text for sentence in each.text)[:160]
                sys.stdout.write(f"{each.level} told {told[place]} ({1 - chances[place][0]:.2f}): {words}\n")


if __name__ == "__main__":
    main()
