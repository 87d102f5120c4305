"""What is told of an author points at no fewer than k, whoever joins, leaves or changes, and only ever grows wider."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.areas import PREFECTURES, REGIONS, WORKS, around
from bot.store.labels import NOTHING, Crowd, Label, allowed, ladder

K = 5
AREAS = ("13101", "13102", "13", "14", "14100", "r3", "27", "28", "")
"""Wards, prefectures and regions that lie in each other, and nothing said."""

_said = st.builds(Label, st.sampled_from(AREAS), st.sampled_from(("health", "npo", "")))
_who = st.integers(0, 39)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("says"), _who, _said),
        st.tuples(st.just("leaves"), _who, st.just(NOTHING)),
        st.tuples(st.just("publishes"), _who, st.just(NOTHING)),
    ),
    max_size=60,
)


def told_of(label: Label, people: dict[int, Label]) -> set[int]:
    """Whom it may be about: everyone of this work whose area lies there."""
    return {who for who, said in people.items() if label in ladder(said)}


def test_areas_lie_in_their_prefecture_and_region() -> None:
    assert around("13101") == ("13101", "13", "r3")
    assert around("01") == ("01", "r1")
    assert around("47") == ("47", "r8")
    assert around("r4") == ("r4",)
    assert around("") == ()
    assert {around(each)[-1] for each in PREFECTURES} == set(REGIONS)
    assert len(PREFECTURES) == 47
    assert len(WORKS) == 10


def test_the_narrowest_that_enough_share() -> None:
    tokyo = Label("13", "health")
    assert allowed(tokyo, {tokyo: K}, K) == tokyo
    assert allowed(tokyo, {tokyo: K - 1}, K) == NOTHING
    assert allowed(tokyo, {tokyo: K - 1, Label("14", "health"): 1}, K) == Label("r3", "health")
    assert allowed(tokyo, {tokyo: K - 1, Label("27", "health"): 1}, K) == Label("", "health")
    assert allowed(tokyo, {tokyo: K - 1, Label("13", "npo"): 1}, K) == NOTHING, "the combination is what counts"


def test_the_rest_of_a_wider_one_is_never_pointed_at() -> None:
    """Ten in Tokyo and one beside it: were the one shown as Kanto, everybody would know who it is."""
    crowd = {Label("13", "health"): K, Label("14", "health"): 1}
    assert allowed(Label("14", "health"), crowd, K) == NOTHING


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_who, _said, min_size=15), _steps)
def test_no_label_and_no_difference_of_two_points_at_fewer_than_k(people: dict[int, Label], steps: list) -> None:  # type: ignore[type-arg]
    people, standing = dict(people), list[Label]()
    for what, who, said in steps:
        if what == "says":
            people[who] = said
        elif what == "leaves":
            people.pop(who, None)
        elif who in people:
            standing.append(allowed(people[who], Counter(people.values()), K))
        crowd: Crowd = Counter(people.values())
        wider = [allowed(label, crowd, K) for label in standing]
        assert all(new in (*ladder(old), NOTHING) for old, new in zip(standing, wider, strict=True)), "never narrower"
        standing = wider
        shown = {label for label in standing if label != NOTHING}
        for one in shown:
            assert len(told_of(one, people)) >= K
            others = [told_of(other, people) for other in shown - {one} if one in ladder(other)]
            rests = [told_of(one, people) - other for other in others] + [told_of(one, people).difference(*others)]
            assert all(not rest or len(rest) >= K for rest in rests)
