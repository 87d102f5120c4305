"""The labelled sets for identifying details are well-formed, large enough, half clean, and strangers to one another."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
SETS = ("details_tuning", "details_judged")
TYPES = {"PERSON", "PHONE", "EMAIL", "ADDRESS", "ORG", "BIRTHDATE", "ID", "URL", "ACCOUNT"}
NAMED = {"PERSON", "ADDRESS", "ORG"}
FEWEST_TEXTS = {"details_tuning": 170, "details_judged": 340}
FEWEST_SPANS = {
    "details_tuning": dict.fromkeys(TYPES, 8),
    "details_judged": dict.fromkeys(TYPES, 12) | dict.fromkeys(("PHONE", "EMAIL", "URL"), 25),
}


class Labelled(NamedTuple):
    id: str
    text: str
    spans: list[tuple[int, int, str]]


@cache
def labelled(name: str) -> list[Labelled]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    return [Labelled(one["id"], one["text"], [(*span,) for span in one["spans"]]) for one in found]


def named(name: str) -> set[str]:
    return {one.text[start:end] for one in labelled(name) for start, end, kind in one.spans if kind in NAMED}


@pytest.mark.parametrize("name", SETS)
def test_spans_are_sorted_apart_and_of_known_types(name: str) -> None:
    for one in labelled(name):
        reached = 0
        for start, end, kind in one.spans:
            assert reached <= start < end <= len(one.text), one.id
            assert one.text[start:end] == one.text[start:end].strip(), one.id
            assert kind in TYPES, one.id
            reached = end


@pytest.mark.parametrize("name", SETS)
def test_half_is_clean(name: str) -> None:
    texts = labelled(name)
    clean = sum(not one.spans for one in texts) / len(texts)
    assert len(texts) >= FEWEST_TEXTS[name]
    assert 0.45 <= clean <= 0.55


@pytest.mark.parametrize("name", SETS)
def test_every_type_is_there_often_enough(name: str) -> None:
    kinds = [kind for one in labelled(name) for *_, kind in one.spans]
    for kind, fewest in FEWEST_SPANS[name].items():
        assert kinds.count(kind) >= fewest, kind


def test_the_judged_half_stays_unseen() -> None:
    everything = [one for name in SETS for one in labelled(name)]
    assert len({one.id for one in everything}) == len(everything)
    assert len({one.text for one in everything}) == len(everything)
    assert not named("details_tuning") & named("details_judged")
