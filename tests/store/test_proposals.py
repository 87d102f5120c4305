"""Which date is proposed: for every poll there can be, not only those somebody thought of."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.conference_roles import ROLES
from bot.store.conferences import ANSWERS, PublicConference, PublicSlot
from bot.store.proposals import Proposal, Said, judged

NOW = datetime(2026, 12, 1, tzinfo=UTC)
FEW = st.integers(0, 4)
SLOT = st.tuples(st.integers(-2, 40), FEW, FEW, FEW)


@st.composite
def polls(draw: st.DrawFn) -> tuple[PublicConference, Said]:
    rows = draw(st.lists(SLOT, min_size=1, max_size=6, unique_by=lambda row: row[0]))
    slots = [PublicSlot(number, NOW + timedelta(days=day), *counts) for number, (day, *counts) in enumerate(rows, 1)]
    roles = draw(st.sets(st.sampled_from(ROLES[:3])))
    said = {role: draw(st.dictionaries(st.integers(1, len(rows)), st.sampled_from(ANSWERS))) for role in roles}
    return poll(slots, minimum=draw(FEW)), said


def poll(slots: list[PublicSlot], minimum: int = 0) -> PublicConference:
    required = ROLES[:2]
    return PublicConference("x", "", 90, "open", tuple(slots), 9, None, 1, required=required, minimum=minimum)


def slot(number: int, yes: int, maybe: int = 0, no: int = 0) -> PublicSlot:
    return PublicSlot(number, NOW + timedelta(days=number), yes, maybe, no)


def numbers(found: Proposal) -> list[int]:
    return [each.slot.number for each in found.ranked]


@settings(max_examples=60, deadline=None)
@given(polls())
def test_nothing_that_cannot_be_held_is_proposed_and_nothing_better_is_passed_over(
    made: tuple[PublicConference, Said],
) -> None:
    asked, said = made
    found = judged(asked, said, NOW)
    assert sorted(numbers(found)) == [each.number for each in asked.slots]
    for each in found.ranked:
        blocked = any(said.get(role, {}).get(each.slot.number) == "no" for role in asked.required)
        enough = each.slot.yes + each.slot.maybe / 2 >= asked.minimum
        assert (each.why is None) == (each.slot.starts_at > NOW and not blocked and enough)
    for best in found.best:
        assert best.why is None
        assert all(best.rank >= each.rank for each in found.open)
    left = [each for each in found.open if each not in found.best]
    assert not found.best or all(each.rank < found.best[0].rank for each in left), "a tie is said whole"


@settings(max_examples=30, deadline=None)
@given(polls(), st.randoms())
def test_the_order_in_which_dates_were_proposed_does_not_matter(
    made: tuple[PublicConference, Said], dice: object
) -> None:
    asked, said = made
    mixed = list(asked.slots)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert numbers(judged(poll(mixed, asked.minimum), said, NOW)) == numbers(judged(asked, said, NOW))


@settings(max_examples=30, deadline=None)
@given(polls())
def test_one_more_who_can_come_keeps_the_best_date_the_best(made: tuple[PublicConference, Said]) -> None:
    asked, said = made
    before = judged(asked, said, NOW)
    if before.best:
        first = before.best[0].slot
        more = [
            PublicSlot(each.number, each.starts_at, each.yes + (each is first), each.maybe, each.no)
            for each in asked.slots
        ]
        (best,) = judged(poll(more, asked.minimum), said, NOW).best
        assert best.slot.number == first.number


def test_required_roles_come_first_then_yes_then_maybe() -> None:
    dates = [slot(1, 9), slot(2, 1), slot(3, 5, 1), slot(4, 5, 2)]
    roles: Said = {"chair": {2: "yes"}, "adviser": {1: "yes"}}
    assert numbers(judged(poll(dates), roles, NOW)) == [2, 1, 4, 3]
    assert judged(poll(dates), roles, NOW).reason == "roles"
    assert judged(poll(dates), {}, NOW).reason == "yes"
    assert judged(poll(dates[2:]), {}, NOW).reason == "maybe"
    assert judged(poll(dates[:1]), {}, NOW).reason == "only"


def test_two_who_may_come_count_as_one_towards_the_fewest() -> None:
    found = judged(poll([slot(1, 2, 2), slot(2, 2, 1)], minimum=3), {}, NOW)
    assert [each.why for each in found.ranked] == [None, "minimum"]


def test_whoever_holds_a_role_nobody_requires_is_lost_but_stops_nothing() -> None:
    (only,) = judged(poll([slot(1, 2, 0, 1)]), {"adviser": {1: "no"}}, NOW).best
    assert only.lost == ("adviser",)
