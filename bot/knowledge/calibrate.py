"""Measures the thresholds anew after the handbook has changed: python -m bot.knowledge.calibrate."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.knowledge import calibration
from bot.knowledge.embedding import Embedder
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.index import VERSION, Index
from bot.knowledge.measure import Asked, best_threshold, measure, questions
from bot.knowledge.points import Entry, load

HEADER = "# Measured by python -m bot.knowledge.calibrate on questions made for tuning. Do not edit by hand.\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge.calibrate", description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=Path("tests/data/handbook_tuning.jsonl"))
    parser.add_argument("--encoder", type=Path, help="folder of the built encoder (default: built anew)")
    arguments = parser.parse_args()
    asked = questions(arguments.questions)
    entries = [entry for language in LANGUAGES for entry in load(BUNDLED, language)]
    examples = [text for language in LANGUAGES for text in outside(language)]
    with tempfile.TemporaryDirectory() as spare:
        encoder = ensure_encoder(arguments.encoder or Path(spare) / "encoder", lambda *_: None)
        lines = [f'handbook = "{calibration.fingerprint(entries, examples)}"', f'index = "{VERSION}"']
        lines += _way(calibration.LEXICAL, entries, examples, asked, None)
        lines += _way(calibration.MEANING, entries, examples, asked, encoder)
        lines.append(f'encoder = "{encoder.name}"')
    calibration.FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(calibration.FILE.read_text(encoding="utf-8"))


def _way(
    name: str, entries: Sequence[Entry], examples: Sequence[str], asked: Sequence[Asked], encoder: Embedder | None
) -> list[str]:
    index = Index(entries, examples, encoder)
    threshold = round(best_threshold(asked, [index.margin(each.text) for each in asked]), 3)
    found = measure(index, asked, threshold)
    return [
        f"\n[{name}]",
        f"threshold = {threshold}",
        f"hit = {found.hit:.3f}",
        f"first = {found.first:.3f}",
        f"gain = {found.gain:.3f}",
        f"worst = {found.worst:.3f}",
        f"precision = {found.precision:.3f}",
        f"recall = {found.recall:.3f}",
        f"inside = {found.inside}",
        f"outside = {found.outside}",
    ]


if __name__ == "__main__":
    main()
