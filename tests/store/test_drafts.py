"""Half-filled forms belong to one person, stay sealed, are spent once and grow old."""

from datetime import timedelta
from typing import get_args

import pytest
from sqlmodel import select

from bot.chat.events import Address
from bot.store import drafts
from bot.store.models import Draft
from bot.store.session import Session
from tests.store.people import HANA, KEN, NOW

CONTENT = {"text": "訪問しても会えません。", "answers": {"name": "値"}}


def test_a_draft_comes_back_whole_to_its_owner_and_to_nobody_else(session: Session) -> None:
    kept = drafts.keep(session, HANA, "preview", CONTENT, NOW)
    found = drafts.take(session, kept, HANA, NOW)
    assert found is not None
    assert (found.id, found.kind, found.step, found.content) == (kept, "preview", 0, CONTENT)
    assert drafts.take(session, kept, KEN, NOW) is None
    assert drafts.take(session, "none such", HANA, NOW) is None
    assert drafts.latest(session, KEN, "preview", NOW) is None


def test_one_person_on_two_platforms_is_two_owners(session: Session) -> None:
    kept = drafts.keep(session, HANA, "preview", CONTENT, NOW)
    assert drafts.take(session, kept, Address("slack", HANA.space, HANA.channel), NOW) is None


def test_a_thread_does_not_change_whose_draft_it_is(session: Session) -> None:
    kept = drafts.keep(session, HANA, "preview", CONTENT, NOW)
    assert drafts.take(session, kept, Address(HANA.platform, HANA.space, HANA.channel, "17"), NOW)


def test_what_is_written_is_sealed_and_the_owner_is_keyed(session: Session) -> None:
    drafts.keep(session, HANA, "preview", {"text": "plain words"}, NOW)
    row = session.first(select(Draft.owner, Draft.content))
    assert b"plain words" not in row.content
    assert HANA.channel not in row.owner


def test_a_draft_moved_to_another_row_opens_for_nobody(session: Session) -> None:
    one, other = (drafts.keep(session, HANA, "preview", {"n": n}, NOW) for n in (1, 2))
    first, second = (drafts.take(session, each, HANA, NOW) for each in (one, other))
    assert first is not None
    assert second is not None
    assert (first.content, second.content) == ({"n": 1}, {"n": 2})


def test_the_newest_is_found_and_a_change_makes_it_newest(session: Session) -> None:
    old = drafts.keep(session, HANA, "resting", {"n": 1}, NOW)
    new = drafts.keep(session, HANA, "resting", {"n": 2}, NOW + timedelta(minutes=1))
    found = drafts.latest(session, HANA, "resting", NOW)
    assert found is not None
    assert found.id == new
    first = drafts.take(session, old, HANA, NOW)
    assert first is not None
    later = NOW + timedelta(minutes=2)
    drafts.change(session, first, kind="resting", step=1, content={"n": 3}, now=later)
    found = drafts.latest(session, HANA, "resting", later)
    assert found is not None
    assert (found.id, found.step, found.content) == (old, 1, {"n": 3})


def test_a_draft_is_spent_once(session: Session) -> None:
    kept = drafts.keep(session, HANA, "dialog", CONTENT, NOW)
    assert drafts.discard(session, kept)
    assert not drafts.discard(session, kept)
    assert drafts.take(session, kept, HANA, NOW) is None


def test_resting_touches_only_what_is_being_asked_of_this_person(session: Session) -> None:
    mine = drafts.keep(session, HANA, "asking", CONTENT, NOW)
    preview = drafts.keep(session, HANA, "preview", CONTENT, NOW)
    yours = drafts.keep(session, KEN, "asking", CONTENT, NOW)
    drafts.rest(session, HANA)
    kinds = [drafts.take(session, draft, owner, NOW) for draft, owner in ((mine, HANA), (preview, HANA), (yours, KEN))]
    assert [each and each.kind for each in kinds] == ["resting", "preview", "asking"]


@pytest.mark.parametrize("days", [0, 6])
def test_a_week_is_time_enough(session: Session, days: int) -> None:
    kept = drafts.keep(session, HANA, "resting", CONTENT, NOW)
    drafts.forget_old(session, NOW + timedelta(days=days))
    assert drafts.take(session, kept, HANA, NOW + timedelta(days=days))


def test_what_is_old_is_nobodys_even_before_it_is_swept(session: Session) -> None:
    kept = drafts.keep(session, HANA, "resting", CONTENT, NOW)
    end = NOW + drafts.LIFETIME
    assert drafts.take(session, kept, HANA, end) is None
    assert drafts.latest(session, HANA, "resting", end) is None
    drafts.forget_old(session, end)
    assert session.rows(select(Draft.id)) == []


def test_erasing_takes_all_of_one_person(session: Session) -> None:
    for kind in get_args(drafts.Kind):
        drafts.keep(session, HANA, kind, CONTENT, NOW)
    drafts.keep(session, KEN, "asking", CONTENT, NOW)
    assert drafts.count(session, HANA) == 7, "a dialog that was only opened holds nothing anyone wrote"
    drafts.discard_all(session, HANA)
    assert (drafts.count(session, HANA), drafts.count(session, KEN)) == (0, 1)
