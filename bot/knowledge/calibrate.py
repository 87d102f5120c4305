"""Measures the thresholds anew after the handbook has changed: python -m bot.knowledge.calibrate."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.knowledge import calibration
from bot.knowledge.embedding import Embedder
from bot.knowledge.encoder_folder import ensure_encoder
from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.index import Index
from bot.knowledge.measure import Asked, measure, questions
from bot.knowledge.points import load

HEADER = "# Measured by python -m bot.knowledge.calibrate on the split \"calibrate\". Do not edit by hand.\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge.calibrate", description=__doc__)
    parser.add_argument("questions", nargs="?", type=Path, default=Path("tests/data/handbook_questions.toml"))
    parser.add_argument("--encoder", type=Path, help="folder of the built encoder (default: built anew)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        encoder = ensure_encoder(arguments.encoder or Path(spare) / "encoder", lambda *_: None)
        lines = [line for language in LANGUAGES for line in _language(language, arguments.questions, encoder)]
    calibration.FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(calibration.FILE.read_text(encoding="utf-8"))


def _language(language: str, path: Path, encoder: Embedder) -> list[str]:
    entries, examples = load(BUNDLED, language), outside(language)
    asked = questions(path, "calibrate", language)
    lines = [f"\n[{language}]", f'handbook = "{calibration.fingerprint(entries, examples)}"']
    lines += _way(f"{language}.{calibration.LEXICAL}", Index(entries, examples), asked)
    if language in encoder.languages:
        lines += _way(f"{language}.{calibration.MEANING}", Index(entries, examples, encoder), asked)
        lines.append(f'encoder = "{encoder.name}"')
    return lines


def _way(name: str, index: Index, asked: Sequence[Asked]) -> list[str]:
    threshold = round(_best_threshold(index, asked), 4)
    figures = measure(index, asked, threshold)
    return [
        f"\n[{name}]",
        f"threshold = {threshold}",
        f"first = {figures.first:.3f}",
        f"right = {figures.right:.3f}",
        f"refused_outside = {figures.refused_outside:.3f}",
        f"refused_inside = {figures.refused_inside:.3f}",
        f"inside = {figures.inside}",
        f"outside = {figures.outside}",
    ]


def _best_threshold(index: Index, asked: Sequence[Asked]) -> float:
    """The middle of the widest gap among those that serve both sides best."""
    margins = sorted((index.margin(question.text), bool(question.entries)) for question in asked)
    inside = sum(fits for _, fits in margins)
    served = [
        (
            sum(fits for _, fits in margins[place:]) / inside
            + sum(not fits for _, fits in margins[:place]) / (len(margins) - inside),
            margins[place][0] - margins[place - 1][0],
            (margins[place][0] + margins[place - 1][0]) / 2,
        )
        for place in range(1, len(margins))
    ]
    return max(served)[2]


if __name__ == "__main__":
    main()
