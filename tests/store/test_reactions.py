"""わかります and ありがとう: each person counts once, below three nobody is told, and no row says whose they are."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import answers, darkening, mine, mutes, reactions, worries
from bot.store.community_models import Reaction
from bot.store.models import Answer
from bot.store.session import Session
from tests.store.people import HANA, KEN, MIO, NOW

PEOPLE = (HANA, KEN, MIO, *(Address("slack", "team", f"user-{number}") for number in range(4)))
PRESSES = st.lists(st.integers(0, len(PEOPLE) - 1), max_size=30)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=PRESSES, of_answer=st.booleans())
def test_the_number_is_that_of_the_people_and_is_told_from_three(
    either: Session, presses: list[int], of_answer: bool
) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    answer = worries.answer(either, worry.id, "返信", KEN, NOW).answer

    def shown() -> int:
        return answers.find(either, answer.id).understood if of_answer else worries.find(either, worry.id).understood

    pressed: Counter[int] = Counter()
    for each in presses:
        before = shown()
        said = (
            reactions.understand_answer(either, answer.id, PEOPLE[each])
            if of_answer
            else reactions.understand(either, worry.id, PEOPLE[each])
        )
        pressed[each] += 1
        given_by = sum(times % 2 for times in pressed.values())
        assert said.given == (pressed[each] % 2 == 1)
        assert shown() == (given_by if given_by >= 3 else 0)
        assert said.visible == (shown() != before), "a post changes only when something changes there"


def test_no_row_says_whose_it_is_and_two_worries_share_nothing(either: Session) -> None:
    for author in (HANA, HANA):
        worry = worries.share(either, "悩み", ["square"], author, NOW)
        answer = worries.answer(either, worry.id, "返信", KEN, NOW).answer
        for person in PEOPLE:
            reactions.understand(either, worry.id, person)
        reactions.thank(either, answer.id, HANA)
        mutes.mute(either, worry.id, KEN)
    rows = either.rows(select(Reaction.__table__))  # type: ignore[attr-defined]
    assert len(rows) == 2 * (len(PEOPLE) + 1)
    tokens = [{row.token for row in rows if row.worry == each} for each in {row.worry for row in rows}]
    assert not tokens[0] & tokens[1]
    stored = "".join(str(value) for row in rows for value in row)
    assert not [person for person in PEOPLE if person.channel in stored]


def test_thanks_are_said_once_and_only_by_whom_the_answer_was_written_to(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    answer = worries.answer(either, worry.id, "返信", KEN, NOW, name="健").answer
    for stranger in (KEN, MIO):
        with pytest.raises(Refused):
            reactions.thank(either, answer.id, stranger)
    assert [reactions.thank(either, answer.id, HANA).tell for _ in range(2)] == [KEN, None]
    assert reactions.thanked(either, answer.id, KEN).name == "健"
    back = worries.answer(either, worry.id, "お礼", HANA, NOW, to=answer.id).answer
    with pytest.raises(Refused):
        reactions.thanked(either, back.id, HANA)
    reactions.thank(either, back.id, KEN)
    token = either.scalar(select(col(Reaction.token)).where(col(Reaction.subject) == back.id))
    assert token == either.scalar(select(col(Answer.voice_token)).where(col(Answer.id) == answer.id)), (
        "thanks by the name they were spoken to: it links no voice to another"
    )


def test_who_leaves_takes_along_what_they_pressed_and_nothing_of_anyone_else(either: Session) -> None:
    kept = []
    for number in range(3):
        worry = worries.share(either, "悩み", ["square"], HANA, NOW)
        answer = worries.answer(either, worry.id, "返信", MIO, NOW, name="美緒" if number else "").answer
        back = worries.answer(either, worry.id, "お礼", HANA, NOW, to=answer.id).answer
        for person in (KEN, MIO):
            reactions.understand(either, worry.id, person)
        reactions.thank(either, back.id, MIO)
        mutes.mute(either, worry.id, MIO)
        mutes.mute(either, worry.id, KEN)
        kept.append(worry.id)
    own = mine.own(either, MIO)
    assert (len(own.pressed), len(own.muted)) == (6, 3)
    darkening.forget_marks(either, own)
    left = mine.own(either, MIO)
    assert (left.pressed, left.muted) == ((), ())
    assert sorted(mine.muted(either, KEN)) == sorted(kept)
    assert len(mine.own(either, KEN).pressed) == 3
