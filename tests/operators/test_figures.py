"""What we count is written as Prometheus reads it, and no label can hold what a person is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.counts import COUNTED
from bot.chat.figures import LABELS, OTHER, SECONDS, Counter, Figure, Histogram, exposition
from tests.operators.grammar import read

PERSONS = ("U0HANA42", "123456789", "hana.suzuki", "@hana", "花", 'a"b', "line\nbreak", "", "はな さん", "hana suzuki")


def test_nothing_counted_yet_is_well_formed_too() -> None:
    said = read(exposition([Counter("a_total", "A."), Histogram("b_seconds", "B.", "platform"), Figure("c", "C.")]))
    assert said["a_total"].value() == 0
    assert said["b_seconds"].samples == []


@given(st.lists(st.tuples(st.text(max_size=8), st.floats(0, 1e6))))
def test_whatever_is_counted_can_be_read_back(given_counts: list[tuple[str, float]]) -> None:
    counter, histogram = Counter("a_total", "A.", "platform", "error"), Histogram("b_seconds", "B.", "platform")
    for word, amount in given_counts:
        counter.add(platform=word, error=word)
        histogram.add(amount, platform=word)
    said = read(exposition([counter, histogram]))
    assert said["a_total"].value() == len(given_counts)
    counts = [value for suffix, _, value in said["b_seconds"].samples if suffix == "_count"]
    assert sum(counts) == len(given_counts)


def test_a_moment_on_the_border_of_a_bucket_belongs_to_it() -> None:
    histogram = Histogram("b_seconds", "B.")
    for limit in SECONDS:
        histogram.add(limit)
    buckets = [value for suffix, _, value in read(exposition([histogram]))["b_seconds"].samples if suffix == "_bucket"]
    assert buckets == [*range(1, len(SECONDS) + 1), len(SECONDS)]


@pytest.mark.parametrize("name", PERSONS)
def test_what_is_no_word_of_ours_is_not_shown(name: str) -> None:
    counter = Counter("a_total", "A.", "platform", "kind", "state", "error")
    counter.add(platform=name, kind=name, state=name, error=name)
    ((_, labels, _),) = read(exposition([counter]))["a_total"].samples
    assert {value for _, value in labels} == {OTHER}


def test_there_are_four_labels_and_no_others() -> None:
    assert set(LABELS) == {"platform", "kind", "state", "error"}
    with pytest.raises(ValueError, match="not on the list"):
        Counter("a_total", "A.", "member")
    assert all(set(figure.labels) <= set(LABELS) for figure in COUNTED)
