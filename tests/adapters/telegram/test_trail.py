"""What is remembered of a chat while a form is filled there: enough to take it away, and nothing after that."""

import asyncio

import pytest

from bot.adapters.telegram.trail import MAY_BE_DELETED_SECONDS, MOST_CHATS, WORDS_SECONDS, Trail
from bot.chat.messages import Button, Message

FIRST = Message("どんなことで", buttons=(Button("やめる", "form.cancel", "d1"),))
SECOND = Message("どこへ", buttons=(Button("戻る", "form.back", "d1.1"), Button("やめる", "form.cancel", "d1")))
PREVIEW = Message("たしかめ", buttons=(Button("届ける", "worry.post", "p1"),))
OTHER = Message("使い方")


def filled() -> Trail:
    trail = Trail(lambda: 0.0)
    trail.heard("1", 10, "質問です")
    trail.shown("1", 11, OTHER)
    trail.shown("1", 12, FIRST)
    trail.heard("1", 13, "悩み")
    trail.shown("1", 14, SECOND)
    trail.shown("1", 15, PREVIEW)
    return trail


def test_only_what_belongs_to_the_form_is_taken_away() -> None:
    left = filled().take_away("1", "p1", 15)
    assert left.messages == (12, 13, 14)
    assert left.whole


def test_it_is_taken_away_once() -> None:
    trail = filled()
    trail.take_away("1", "p1", 15)
    again = trail.take_away("1", "p1", 15)
    assert again.messages == () and again.whole  # and nobody is told once more that something may be left


def test_a_preview_shown_again_goes_with_the_first() -> None:
    trail = filled()
    trail.shown("1", 16, OTHER)
    trail.shown("1", 17, PREVIEW)
    assert trail.take_away("1", "p1", 17).messages == (12, 13, 14, 15)


def test_what_was_written_before_the_question_came_is_an_answer_all_the_same() -> None:
    """The bot was away: the command and the worry waited together."""
    trail = Trail(lambda: 0.0)
    trail.heard("1", 13, "悩み")
    trail.shown("1", 14, FIRST)
    trail.answered("1", 13)
    trail.shown("1", 15, PREVIEW)
    assert trail.take_away("1", "p1", 15).messages == (13, 14)


def test_without_the_first_question_something_older_may_be_left() -> None:
    trail = Trail(lambda: 0.0)
    trail.shown("1", 14, SECOND)
    trail.shown("1", 15, PREVIEW)
    assert not trail.take_away("1", "p1", 15).whole


def test_what_is_older_than_two_days_stays_and_is_told() -> None:
    now = [0.0]
    trail = Trail(lambda: now[0])
    trail.shown("1", 12, FIRST)
    now[0] = MAY_BE_DELETED_SECONDS + 1
    trail.heard("1", 13, "悩み")
    left = trail.take_away("1", "", 0)
    assert left.messages == (13,) and not left.whole


def test_what_telegram_brings_again_is_remembered_once() -> None:
    trail = filled()
    trail.heard("1", 13, "悩み")
    assert trail.take_away("1", "p1", 15).messages == (12, 13, 14)


def test_a_change_is_told_by_what_stood_there_before() -> None:
    trail = filled()
    assert trail.rewritten("1", 13, "別の悩み") == "悩み"
    assert trail.rewritten("1", 13, "また別の") == "別の悩み"
    assert trail.rewritten("1", 99, "知らない") == ""


def test_many_chats_do_not_fill_the_memory() -> None:
    trail = Trail(lambda: 0.0)
    for chat in range(MOST_CHATS + 50):
        trail.heard(str(chat), 1, "ことば")
    assert trail.rewritten("0", 1, "x") == ""
    assert trail.rewritten(str(MOST_CHATS + 49), 1, "x") == "ことば"


def test_no_words_are_kept_for_more_than_an_hour() -> None:
    now = [0.0]
    trail = Trail(lambda: now[0])
    trail.shown("1", 12, FIRST)
    trail.heard("1", 13, "母のことで、もう限界です")
    now[0] = WORDS_SECONDS + 1
    trail.forget_old()
    assert trail.rewritten("1", 13, "") == ""
    assert trail.take_away("1", "", 0).messages == (12, 13)  # which messages they are is known for longer


def test_what_cannot_be_taken_away_any_more_is_forgotten_and_so_is_its_chat() -> None:
    now = [0.0]
    trail = Trail(lambda: now[0])
    trail.shown("1", 12, FIRST)
    now[0] = MAY_BE_DELETED_SECONDS - 10
    trail.heard("1", 13, "悩み")
    trail.heard("2", 14, "悩み")
    now[0] = MAY_BE_DELETED_SECONDS + 10
    trail.forget_old()
    left = trail.take_away("1", "", 0)
    assert left.messages == (13,) and not left.whole
    trail.heard("1", 15, "ことば")
    now[0] = 3 * MAY_BE_DELETED_SECONDS
    trail.forget_old()
    assert len(trail) == 0


async def test_it_is_forgotten_also_where_nobody_writes_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.telegram.trail.LOOK_SECONDS", 0.0)
    now = [0.0]
    trail = Trail(lambda: now[0])
    trail.heard("1", 13, "悩み")
    now[0] = 3 * MAY_BE_DELETED_SECONDS
    running = asyncio.create_task(trail.run())
    for _ in range(5):
        await asyncio.sleep(0)
    running.cancel()
    assert len(trail) == 0
