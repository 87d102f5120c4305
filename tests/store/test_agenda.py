"""The parts of a meeting add up to its minutes, whatever its length, in one order and in sensible proportions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.store import agenda

LEAST = {"opening": 2, "lesson": 5, "case": 3, "questions": 3, "break": 10, "ideas": 4, "closing": 2}


def test_of_every_length_the_minutes_add_up_and_no_part_is_too_short() -> None:
    for whole in range(agenda.SHORTEST, agenda.LONGEST + 1):
        parts = agenda.parts(whole)
        assert sum(part.minutes for part in parts) == whole
        assert [part.name for part in parts] == [name for name in agenda.NAMES if name in {p.name for p in parts}]
        assert parts[0].begins == 0
        assert all(one.ends == other.begins for one, other in pairwise(parts)), "no gap, nothing twice"
        lengths = {part.name: part.minutes for part in parts}
        assert all(minutes >= LEAST[name] for name, minutes in lengths.items()), (whole, lengths)
        assert lengths["ideas"] == max(lengths.values()), (whole, lengths)
        assert whole * 0.25 <= lengths["ideas"] <= whole * 0.5, (whole, lengths)
        assert lengths["opening"] <= 10
        assert lengths.get("lesson", 0) <= 30
        assert ("lesson" in lengths, "break" in lengths) == (whole >= 40, whole >= 120)


def test_the_usual_lengths_are_what_people_would_write_down() -> None:
    usual = {
        60: [5, 5, 10, 10, 20, 10],
        90: [5, 10, 15, 15, 30, 15],
        120: [5, 10, 20, 20, 10, 40, 15],
    }
    assert {whole: [part.minutes for part in agenda.parts(whole)] for whole in usual} == usual


@given(st.integers(-10_000, 10_000))
def test_what_is_no_length_of_a_meeting_is_taken_for_the_nearest(whole: int) -> None:
    assert agenda.parts(whole)[-1].ends == min(max(whole, agenda.SHORTEST), agenda.LONGEST)


@given(st.integers(agenda.SHORTEST, agenda.LONGEST), st.integers(-100, 600))
def test_every_minute_lies_in_one_part(whole: int, passed: int) -> None:
    part = agenda.now_in(whole, passed)
    assert (part is not None) == (0 <= passed < whole)
    assert part is None or part.begins <= passed < part.ends
