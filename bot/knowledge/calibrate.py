"""Measures the thresholds anew after the handbook has changed: python -m bot.knowledge.calibrate."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from bot.knowledge import calibration
from bot.knowledge.embedding import Embedder
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.index import Index
from bot.knowledge.measure import Asked, measure, questions
from bot.knowledge.points import Entry, load

HEADER = '# Measured by python -m bot.knowledge.calibrate on the split "calibrate". Do not edit by hand.\n'
FEW = 50
"""Fewer labelled questions than this cannot place a threshold."""
FOLDS = 10

Entries = Sequence[Entry]
Margin = tuple[float, bool]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge.calibrate", description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=Path("tests/data/handbook_questions.toml"))
    parser.add_argument("--encoder", type=Path, help="folder of the built encoder (default: built anew)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        encoder = ensure_encoder(arguments.encoder or Path(spare) / "encoder", lambda *_: None)
        lines = [line for language in LANGUAGES for line in _language(language, arguments.questions, encoder)]
    calibration.FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(calibration.FILE.read_text(encoding="utf-8"))


def _language(language: str, path: Path, encoder: Embedder) -> list[str]:
    entries, examples = load(BUNDLED, language), outside(language)
    asked = questions(path, "calibrate", language)
    lines = [f"\n[{language}]", f'handbook = "{calibration.fingerprint(entries, examples)}"']
    lines += _way(f"{language}.{calibration.LEXICAL}", entries, examples, asked, None)
    if language in encoder.languages:
        lines += _way(f"{language}.{calibration.MEANING}", entries, examples, asked, encoder)
        lines.append(f'encoder = "{encoder.name}"')
    return lines


def _way(
    name: str, entries: Entries, examples: Sequence[str], asked: Sequence[Asked], encoder: Embedder | None
) -> list[str]:
    index = Index(entries, examples, encoder)
    margins = [(index.margin(question.text), bool(question.entries)) for question in asked]
    if len(margins) < FEW:
        margins += _held_out(entries, examples, encoder)
    threshold = round(_best_threshold(margins), 4)
    figures = measure(index, asked, threshold)
    return [
        f"\n[{name}]",
        f"threshold = {threshold}",
        f"chosen_with = {len(margins)}",
        f"first = {figures.first:.3f}",
        f"right = {figures.right:.3f}",
        f"refused_outside = {figures.refused_outside:.3f}",
        f"refused_inside = {figures.refused_inside:.3f}",
        f"inside = {figures.inside}",
        f"outside = {figures.outside}",
    ]


def _held_out(entries: Entries, examples: Sequence[str], encoder: Embedder | None) -> Iterator[Margin]:
    """Where labelled questions are few: each example, judged by an index that has not seen it."""
    for fold in range(FOLDS):
        hidden = {question for entry in entries for question in entry.questions[fold::FOLDS]}
        shown = [
            replace(entry, questions=tuple(one for one in entry.questions if one not in hidden)) for entry in entries
        ]
        unseen = examples[fold::FOLDS]
        index = Index(shown, [one for one in examples if one not in unseen], encoder)
        yield from ((index.margin(question), True) for question in sorted(hidden))
        yield from ((index.margin(question), False) for question in unseen)


def _best_threshold(margins: Iterable[Margin]) -> float:
    """The middle of the widest gap among those that serve both sides best."""
    ordered = sorted(margins)
    inside = sum(fits for _, fits in ordered)
    kept, refused, served = inside, 0, []
    for (below, below_fits), (above, _) in pairwise(ordered):
        kept -= below_fits
        refused += not below_fits
        fair = kept / inside + refused / (len(ordered) - inside)
        served.append((fair, above - below, (above + below) / 2))
    return max(served)[2]


if __name__ == "__main__":
    main()
