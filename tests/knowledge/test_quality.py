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


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_thresholds_were_measured_with_this_handbook(language: str) -> None:
    """If this fails, run: python -m bot.knowledge.calibrate."""
    now = calibration.fingerprint(load(BUNDLED, language), outside(language))
    assert calibration.handbook_measured(language) == now


def test_the_thresholds_were_measured_with_this_encoder(encoder: WordEncoder) -> None:
    assert calibration.knows_encoder("ja", encoder.name)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_labelled_question_is_among_the_examples(language: str) -> None:
    labelled = {asked.text for split in ("calibrate", "judge") for asked in questions(QUESTIONS, split, language)}
    examples = {question for entry in load(BUNDLED, language) for question in entry.questions}
    assert not labelled & (examples | set(outside(language)))
