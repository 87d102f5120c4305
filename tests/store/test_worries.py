"""A worry names nobody, keeps its voices apart, and goes dark for good when it is closed."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlmodel import col, select

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import items, worries
from bot.store.models import Answer, ItemKey, Worry
from bot.store.pseudonyms import BIRDS, PLANTS
from bot.store.seal import WrongKey
from bot.store.session import Session
from bot.store.worries import AUTHOR, PublicWorry
from tests.store.people import HANA, KEN, KEYS, MIO, NOW

WORDS = "訪問しても、親御さんばかりお話しになります。"


def share(session: Session, author: Address = HANA, text: str = WORDS) -> PublicWorry:
    return worries.share(session, text, ["square"], author, NOW)


def refused(work: Callable[..., object], *given: object) -> bool:
    try:
        work(*given)
    except Refused as error:
        return error.key == "worry.gone"
    return False


def test_a_worry_is_found_as_it_was_written(session: Session) -> None:
    shared = share(session)
    assert worries.find(session, shared.id) == shared
    assert shared.text == WORDS
    assert shared.pseudonym in PLANTS


def test_every_open_worry_has_a_pseudonym_of_its_own(session: Session) -> None:
    shared = [share(session) for _ in range(len(PLANTS) + 5)]
    assert len({each.pseudonym for each in shared}) == len(shared)


def test_an_answer_tells_the_author_and_the_authors_answer_tells_the_one_who_answered(session: Session) -> None:
    shared = share(session)
    first = worries.answer(session, shared.id, "手紙はどうでしょう。", KEN, NOW)
    assert first.tell == HANA
    back = worries.answer(session, shared.id, "書いてみます。", HANA, NOW, to=first.answer.id)
    assert (back.tell, back.answer.voice, back.answer.seq) == (KEN, AUTHOR, 2)
    third = worries.answer(session, shared.id, "応援しています。", KEN, NOW, to=back.answer.id)
    assert third.tell == HANA


def test_who_answers_themselves_is_not_told(session: Session) -> None:
    shared = share(session)
    own = worries.answer(session, shared.id, "続きです。", HANA, NOW)
    assert (own.tell, own.answer.voice) == (None, AUTHOR)
    assert worries.answer(session, shared.id, "もうひとつ。", HANA, NOW, to=own.answer.id).tell is None


def test_a_voice_is_the_same_through_a_thread_and_another_in_the_next(session: Session) -> None:
    one = share(session)
    heard = [worries.answer(session, one.id, "言葉", person, NOW).answer.voice for person in (KEN, MIO, KEN, MIO, KEN)]
    assert heard[0] == heard[2] == heard[4]
    assert heard[1] == heard[3]
    assert heard[0] != heard[1]
    assert set(heard) <= set(BIRDS)
    elsewhere = {worries.answer(session, share(session).id, "言葉", KEN, NOW).answer.voice for _ in range(30)}
    assert len(elsewhere) > 1, "a voice must not follow anyone from worry to worry"


def test_only_whom_an_answer_speaks_to_may_open_it(session: Session) -> None:
    shared = share(session)
    first = worries.answer(session, shared.id, "手紙はどうでしょう。", KEN, NOW).answer
    assert worries.read(session, first.id, HANA) == (first, True)
    assert refused(worries.read, session, first.id, KEN)
    assert refused(worries.read, session, first.id, MIO)
    back = worries.answer(session, shared.id, "書いてみます。", HANA, NOW, to=first.id).answer
    assert worries.read(session, back.id, KEN) == (back, False)
    assert refused(worries.read, session, back.id, MIO)


def test_an_answer_of_another_worry_is_no_door_into_this_one(session: Session) -> None:
    one, other = share(session), share(session, MIO)
    answered = worries.answer(session, other.id, "言葉", KEN, NOW).answer
    assert refused(worries.answer, session, one.id, "言葉", KEN, NOW, answered.id)


def test_only_the_author_closes(session: Session) -> None:
    shared = share(session)
    worries.answer(session, shared.id, "言葉", KEN, NOW)
    for person in (KEN, MIO, Address("slack", HANA.space, HANA.channel)):
        assert not worries.is_author(session, shared.id, person)
        assert refused(worries.close, session, shared.id, person, NOW)
    assert worries.is_author(session, shared.id, HANA)
    assert worries.close(session, shared.id, HANA, NOW) == shared


def test_a_closed_worry_is_gone_for_everyone(session: Session) -> None:
    shared = share(session)
    answered = worries.answer(session, shared.id, "言葉", KEN, NOW).answer
    worries.close(session, shared.id, HANA, NOW)
    assert refused(worries.find, session, shared.id)
    assert refused(worries.is_author, session, shared.id, HANA)
    assert refused(worries.answer, session, shared.id, "言葉", KEN, NOW)
    assert refused(worries.read, session, answered.id, HANA)
    assert refused(worries.close, session, shared.id, HANA, NOW)
    assert refused(worries.worry_of, session, answered.id)
    assert worries.own(session, HANA) == []


def test_after_closing_nothing_opens_any_more_not_even_with_the_key(session: Session) -> None:
    """What an old backup without the key table still holds is dark, too."""
    shared = share(session)
    answered = worries.answer(session, shared.id, "言葉", KEN, NOW).answer
    blobs = [
        *session.first(select(Worry.body, Worry.return_address).where(col(Worry.id) == shared.id)),
        *session.first(select(Answer.body, Answer.return_address).where(col(Answer.id) == answered.id)),
    ]
    item = items.find(session, shared.id)
    assert item is not None
    assert item.open_address(blobs[1], "author") == HANA, "while it is open, the way back is there"
    worries.close(session, shared.id, HANA, NOW)
    assert items.find(session, shared.id) is None
    assert session.rows(select(ItemKey.item).where(col(ItemKey.item) == shared.id)) == []
    parts = ("body", "author", f"answer:{answered.id}", f"writer:{answered.id}")
    for blob in blobs:
        for part in parts:
            with pytest.raises(WrongKey):
                KEYS.box.open(blob, f"{shared.id}:{part}")


def test_a_closed_row_keeps_nothing_of_anyone(session: Session) -> None:
    shared = share(session)
    worries.answer(session, shared.id, "言葉", KEN, NOW)
    worries.close(session, shared.id, HANA, NOW)
    row = session.first(select(Worry.state, Worry.body, Worry.return_address).where(col(Worry.id) == shared.id))
    assert tuple(row) == ("closed", b"", b"")
    assert session.scalar(select(Worry.closing_token).where(col(Worry.id) == shared.id)) == ""
    assert session.rows(select(Answer.id).where(col(Answer.worry) == shared.id)) == []


def test_two_worries_of_one_author_share_nothing(session: Session) -> None:
    for _ in range(2):
        worries.answer(session, share(session).id, "言葉", KEN, NOW)
    worry_rows = session.rows(select(Worry.id, Worry.pseudonym, Worry.return_address, Worry.closing_token))
    answer_rows = session.rows(select(Answer.id, Answer.voice_token, Answer.reader_token, Answer.return_address))
    for one, other in (worry_rows, answer_rows):
        assert not set(one) & set(other)
    assert worry_rows[0].closing_token == answer_rows[0].reader_token, "within one thread it is recognised"


def test_a_person_finds_their_own_open_worries(session: Session) -> None:
    mine = [share(session), share(session)]
    share(session, KEN)
    assert {each.id for each in worries.own(session, HANA)} == {each.id for each in mine}
    worries.close(session, mine[0].id, HANA, NOW)
    assert [each.id for each in worries.own(session, HANA)] == [mine[1].id]


@pytest.mark.parametrize("unknown", ["", "none", "x" * 500, "'; DROP TABLE worry; --", "\U0001f490"])
def test_an_unknown_worry_is_refused_like_a_closed_one(session: Session, unknown: str) -> None:
    for work in (worries.find, worries.worry_of):
        assert refused(work, session, unknown)
    with suppress(Refused):
        worries.close(session, unknown, HANA, NOW)
    assert worries.own(session, HANA) == []
