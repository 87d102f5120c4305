"""How good search is on the questions kept for judging, none of which any setting was chosen by."""

from pathlib import Path

import pytest

from benchmarks.handbook_texts import everything
from bot.knowledge import calibration
from bot.knowledge.encoder import WordEncoder
from bot.knowledge.handbook import BUNDLED, LANGUAGES, outside
from bot.knowledge.index import Index
from bot.knowledge.measure import Figures, measure, questions
from bot.knowledge.points import load

JUDGED = Path(__file__).parents[1] / "data" / "handbook_judged.jsonl"
NEARLY_THE_SAME = 0.7

ENTRIES = [entry for language in LANGUAGES for entry in load(BUNDLED, language)]
OUTSIDE = [text for language in LANGUAGES for text in outside(language)]


def judged(way: str, encoder: WordEncoder | None = None) -> Figures:
    return measure(Index(ENTRIES, OUTSIDE, encoder), questions(JUDGED), calibration.threshold(way))


def test_by_meaning(encoder: WordEncoder) -> None:
    figures = judged(calibration.MEANING, encoder)
    assert figures.hit >= 0.93, figures
    assert figures.first >= 0.91, figures
    assert figures.gain >= 0.79, figures
    assert figures.worst >= 0.6, figures
    assert figures.precision >= 0.85, figures
    assert figures.recall >= 0.85, figures


def test_by_words_alone() -> None:
    figures = judged(calibration.LEXICAL)
    assert figures.hit >= 0.92, figures
    assert figures.first >= 0.89, figures
    assert figures.gain >= 0.73, figures
    assert figures.worst >= 0.6, figures
    assert figures.precision >= 0.85, figures
    assert figures.recall >= 0.85, figures


def test_the_thresholds_were_measured_with_this_handbook() -> None:
    """If this fails, run: python -m bot.knowledge.calibrate."""
    assert calibration.measured_with(ENTRIES, OUTSIDE)


def test_the_thresholds_were_measured_with_this_encoder(encoder: WordEncoder) -> None:
    assert calibration.knows_encoder(encoder.name)


@pytest.mark.parametrize("half", ["judged", "tuning"])
def test_search_has_not_learned_from_the_labelled_questions(half: str) -> None:
    """Not even from nearly the same words: then the figures above would mean nothing."""
    learned = [_pairs(each.text) for each in everything() if each.writer != "handbook_tuning"]
    pairs = {each.id: _pairs(each.text) for each in questions(JUDGED.with_stem(f"handbook_{half}"))}
    assert not [name for name, mine in pairs.items() if any(_shared(mine, one) >= NEARLY_THE_SAME for one in learned)]


def _shared(mine: set[str], theirs: set[str]) -> float:
    """The share of character pairs that two texts have in common."""
    if min(len(mine), len(theirs)) < NEARLY_THE_SAME * max(len(mine), len(theirs)):
        return 0.0  # too unlike in length to share so much
    return len(mine & theirs) / max(1, len(mine | theirs))


def _pairs(text: str) -> set[str]:
    bare = "".join(sign for sign in text.lower() if sign.isalnum())
    return {bare[start : start + 2] for start in range(max(1, len(bare) - 1))}
