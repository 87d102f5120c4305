"""The linking attack by presence, as the benchmark plays it: the whole 10,000 posts, and the bug it must notice."""

import pytest

from benchmarks import linking


def test_who_sees_everybody_write_guesses_hardly_better_than_by_lot() -> None:
    found = linking.figures()
    assert found["posts"] >= 10_000
    assert found["lively"] <= found["limit"], found
    assert found["at_once"] == 1.0, "the attacker of this test knows how to attack"


def test_an_order_that_follows_the_writing_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "shuffled", list)
    assert linking.figures(posts=1_000)["lively"] == 1.0
