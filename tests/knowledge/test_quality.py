"""How good search is on the questions kept for judging, none of which any setting was chosen by."""

from pathlib import Path

import pytest

from bot.knowledge import calibration
from bot.knowledge.encoder import WordEncoder
from bot.knowledge.handbook import BUNDLED, outside
from bot.knowledge.index import Index
from bot.knowledge.measure import Figures, measure, questions
from bot.knowledge.points import load

QUESTIONS = Path(__file__).parents[1] / "data" / "handbook_questions.toml"


def judged(language: str, way: str, encoder: WordEncoder | None = None) -> Figures:
    index = Index(load(BUNDLED, language), outside(language), encoder)
    asked = questions(QUESTIONS, "judge", language)
    return measure(index, asked, calibration.threshold(language, way))


def test_japanese_by_meaning(encoder: WordEncoder) -> None:
    figures = judged("ja", calibration.MEANING, encoder)
    assert figures.right >= 0.85, figures
    assert figures.refused_outside >= 0.90, figures
    assert figures.refused_inside <= 0.10, figures


def test_japanese_by_words_alone() -> None:
    figures = judged("ja", calibration.LEXICAL)
    assert figures.right >= 0.70, figures
    assert figures.refused_outside >= 0.90, figures
    assert figures.refused_inside <= 0.10, figures


def test_english_is_weaker_but_not_worthless() -> None:
    """Only 13 questions judge it: these lines catch a breakdown, they promise nothing."""
    figures = judged("en", calibration.LEXICAL)
    assert figures.right >= 0.25, figures
    assert figures.refused_outside >= 0.50, figures
    assert figures.refused_inside <= 0.25, figures


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_thresholds_were_measured_with_this_handbook(language: str) -> None:
    """If this fails, run: python -m bot.knowledge.calibrate."""
    now = calibration.fingerprint(load(BUNDLED, language), outside(language))
    assert calibration.handbook_measured(language) == now


def test_the_thresholds_were_measured_with_this_encoder(encoder: WordEncoder) -> None:
    assert calibration.knows_encoder("ja", encoder.name)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_search_has_not_learned_from_the_labelled_questions(language: str) -> None:
    """Not even from nearly the same words: then the figures above would mean nothing."""
    examples = [question for entry in load(BUNDLED, language) for question in entry.questions]
    examples += outside(language)
    too_alike = [
        example
        for split in ("calibrate", "judge")
        for asked in questions(QUESTIONS, split, language)
        for example in examples
        if _shared(asked.text, example) >= 0.5
    ]
    assert not too_alike


def _shared(one: str, other: str) -> float:
    """The share of character pairs that two texts have in common."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _pairs(text: str) -> set[str]:
    bare = "".join(sign for sign in text.lower() if sign.isalnum())
    return {bare[start : start + 2] for start in range(max(1, len(bare) - 1))}
