"""The labelled danger sets are well-formed, balanced, and share no text."""

import json
import tomllib
import unicodedata
from collections import Counter
from typing import Any

import pytest

from tests.source import ROOT

DATA = ROOT / "tests" / "data"
SMALLEST = {"danger_tuning": 200, "danger_judged": 360}
RISKY = ("self_risk", "client_risk", "violence")
MOST_CHARACTERS = 500
EACH_SIDE_OF_STORY_10 = 50

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def story_10() -> dict[str, list[str]]:
    return tomllib.loads((DATA / "danger_lookalikes.toml").read_text("utf-8"))


def bare(text: str) -> str:
    """A text as a reader hears it, so that spacing or width does not make a second copy look new."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def repeated(texts: list[str]) -> list[str]:
    return [text for text, times in Counter(map(bare, texts)).items() if times > 1]


@pytest.mark.parametrize("name", SMALLEST)
def test_every_row_has_an_id_a_text_and_a_known_level(name: str) -> None:
    for row in rows(name):
        assert {"id", "text", "level"} <= row.keys() <= {"id", "text", "level", "note"}, row
        assert row["level"] in {"none", *RISKY}, row
        assert row["text"] == row["text"].strip(), row
        assert 0 < len(row["text"]) <= MOST_CHARACTERS, row


@pytest.mark.parametrize("name", SMALLEST)
def test_each_set_is_large_enough_half_of_it_calm_and_the_rest_shared_evenly(name: str) -> None:
    levels = Counter(row["level"] for row in rows(name))
    total = levels.total()
    assert total >= SMALLEST[name]
    assert 0.45 <= levels["none"] / total <= 0.55
    for level in RISKY:
        assert 0.30 <= levels[level] / (total - levels["none"]) <= 0.37, level


def test_every_id_is_given_once() -> None:
    ids = [row["id"] for name in SMALLEST for row in rows(name)]
    assert len(ids) == len(set(ids))


def test_no_text_stands_twice_in_the_sets_or_in_the_list_of_story_10() -> None:
    in_sets = [row["text"] for name in SMALLEST for row in rows(name)]
    assert not repeated(in_sets + [text for side in story_10().values() for text in side])


def test_story_10_has_fifty_crisis_phrases_and_fifty_lookalikes() -> None:
    assert {side: len(texts) for side, texts in story_10().items()} == {
        "crisis": EACH_SIDE_OF_STORY_10,
        "lookalikes": EACH_SIDE_OF_STORY_10,
    }
