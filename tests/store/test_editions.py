"""Editions of a handbook: one answers, the others rest, what was cited once can still be read, and going back works."""

from datetime import timedelta

import pytest

from bot.chat.errors import Refused
from bot.store import edition_changes, editions
from bot.store.editions import Passage
from bot.store.session import Session
from tests.store.people import NOW

FIRST = (
    Passage("第1章 › ポイント1　電話をする", "ポイント1", "3", "先に電話をします。"),
    Passage("第1章 › ポイント2　待つ", "ポイント2", "4", "急がずに待ちます。"),
    Passage("第1章 › ポイント3　書く", "ポイント3", "5", "手紙を書きます。"),
)
SECOND = (
    FIRST[0],
    Passage("第1章 › ポイント2　待つ", "ポイント2", "4", "急がず、次の日を決めて待ちます。"),
    Passage("第1章 › ポイント4　書く", "ポイント4", "6", "手紙を書きます。"),
    Passage("第1章 › ポイント5　休む", "ポイント5", "7", "支える人も休みます。"),
)


def added(session: Session, passages: tuple[Passage, ...], title: str, hours: int = 0) -> str:
    return editions.add(session, title, "pdf", 9, f"digest of {title}", passages, NOW + timedelta(hours=hours))


def states(session: Session) -> dict[str, str]:
    return {each.title: each.state for each in editions.every(session)}


def test_a_draft_answers_nobody(either: Session) -> None:
    draft = added(either, FIRST, "first")
    assert editions.answering(either) == ""
    assert editions.passage(either, draft, 2) == ("first", FIRST[1])
    (known,) = editions.every(either)
    assert (known.state, known.passages, known.points, known.published_at) == ("draft", 3, 3, None)


def test_the_newest_published_answers_and_the_one_before_can_come_back(either: Session) -> None:
    first, second, third = (added(either, FIRST, name, hours) for hours, name in enumerate(("a", "b", "c")))
    for hours, each in enumerate((first, second, third)):
        editions.publish(either, each, NOW + timedelta(days=1, hours=hours))
    assert editions.answering(either) == third
    assert editions.roll_back(either).id == second
    assert editions.roll_back(either).id == first
    with pytest.raises(Refused, match="none_before"):
        editions.roll_back(either)
    editions.publish(either, third, NOW + timedelta(days=2))
    assert states(either) == {"a": "retired", "b": "retired", "c": "published"}
    assert [number for number, _ in editions.passages(either, first)] == [1, 2, 3]


def test_the_same_file_is_taken_once(either: Session) -> None:
    first = added(either, FIRST, "same")
    with pytest.raises(Refused, match="already"):
        added(either, FIRST, "same")
    editions.remove(either, first, for_good=False)
    assert added(either, FIRST, "same") != first


def test_what_was_removed_is_still_cited_unless_it_went_for_good(either: Session) -> None:
    first = added(either, FIRST, "first")
    editions.publish(either, first, NOW)
    editions.remove(either, first, for_good=False)
    assert editions.answering(either) == ""
    assert editions.passage(either, first, 1) == ("first", FIRST[0])
    with pytest.raises(Refused, match="removed"):
        editions.publish(either, first, NOW)
    editions.remove(either, first, for_good=True)
    assert editions.passage(either, first, 1) is None
    assert editions.every(either) == []


@pytest.mark.parametrize("name", ["", "zz", "%", "' or 1=1"])
def test_an_unknown_name_changes_nothing(either: Session, name: str) -> None:
    added(either, FIRST, "first")
    for change in (
        lambda: editions.publish(either, name, NOW),
        lambda: editions.remove(either, name, for_good=True),
    ):
        with pytest.raises(Refused, match="unknown"):
            change()
    assert states(either) == {"first": "draft"}


def test_a_comparison_tells_new_gone_changed_and_moved(either: Session) -> None:
    first, second = added(either, FIRST, "first"), added(either, SECOND, "second", 1)
    changes = edition_changes.between(either, first, second)
    assert [each.point for each in changes.new] == ["ポイント5"]
    assert [each.point for each in changes.changed] == ["ポイント2"]
    assert [each.point for each in changes.moved] == ["ポイント4"]
    assert (changes.gone, changes.same) == ((), 1)
    back = edition_changes.between(either, second, first)
    assert [each.point for each in back.gone] == ["ポイント5"]
    assert edition_changes.between(either, second, second).same == len(SECOND)
