"""Two people alone, against a simple model: nothing without both, no name before both, nothing afterwards."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from bot.chat.errors import Refused
from bot.chat.events import Address
from bot.store import mine, talks, worries
from bot.store.community_models import Talk
from bot.store.darkening import silence_answer
from bot.store.keyed import SEALED_BY_ITEM
from bot.store.models import Answer
from bot.store.session import Session
from tests.store import burglar
from tests.store.community import dump, values
from tests.store.people import HANA, KEN, KEYS, MIO, NOW

DEEDS = st.lists(
    st.tuples(st.sampled_from(["wish", "agree", "end", "name", "unname", "say"]), st.booleans()), max_size=25
)


class Model:
    """Of the two, by whether it is the author."""

    def __init__(self) -> None:
        self.wished: set[bool] = set()
        self.names: dict[bool, str] = {}

    @property
    def agreed(self) -> bool:
        return len(self.wished) == 2

    @property
    def both(self) -> bool:
        return self.agreed and len(self.names) == 2

    def does(self, deed: str, me: bool, name: str) -> None:
        match deed:
            case "wish":
                self.wished.add(me)
            case "agree" if self.wished == {not me}:
                self.wished.add(me)
            case "end" if me in self.wished:
                self.wished.clear()
                self.names.clear()
            case "name" if self.agreed and not self.both:
                self.names[me] = name
            case "unname" if self.agreed and not self.both:
                self.names.pop(me, None)

    def state(self, me: bool) -> str:
        if self.agreed:
            return "agreed"
        return "wished" if me in self.wished else "asked" if self.wished else "nothing"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS, named=st.booleans())
def test_whatever_the_two_do_in_whatever_order(session: Session, deeds: list[tuple[str, bool]], named: bool) -> None:
    worry = worries.share(session, "悩み", ["square"], HANA, NOW)
    first = worries.answer(session, worry.id, "返信", KEN, NOW, name="健" if named else "").answer
    model, said = Model(), 0
    for number, (deed, me) in enumerate(deeds):
        person, name = (HANA if me else KEN), f"名前{number}"
        told = _does(session, deed, first.id, person, name)
        if deed == "say":
            assert (told is not None) == model.agreed
            said += model.agreed
        model.does(deed, me, name)
        for each, who in ((True, HANA), (False, KEN)):
            seen = talks.look(session, first.id, who)
            assert seen.state == model.state(each)
            assert seen.own_name == (model.names.get(each, "") if model.agreed else "")
            assert seen.their_name == (model.names[not each] if model.both else ""), "not before both"
    asides = session.rows(select(Answer.__table__).where(Answer.__table__.c.aside, col(Answer.worry) == worry.id))  # type: ignore[attr-defined]
    assert len(asides) == said
    assert worries.answer(session, worry.id, "場へ", MIO, NOW).answer.seq == 2, "the places count on"


def _does(session: Session, deed: str, answer: str, person: Address, name: str) -> object:
    try:
        match deed:
            case "wish":
                return talks.wish(session, answer, person)
            case "agree":
                return talks.agree(session, answer, person)
            case "end":
                return talks.end(session, answer, person)
            case "name":
                return talks.give_name(session, answer, name, person)
            case "unname":
                return talks.take_name_back(session, answer, person)
        return talks.say(session, answer, "ふたりだけに", person, NOW)
    except Refused as refused:
        assert refused.key == "talk.over"
        return None


def test_any_answer_between_the_two_leads_to_the_same_talk(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    first = worries.answer(either, worry.id, "返信", KEN, NOW).answer
    back = worries.answer(either, worry.id, "お礼", HANA, NOW, to=first.id).answer
    more = worries.answer(either, worry.id, "続き", KEN, NOW, to=back.id).answer
    other = worries.answer(either, worry.id, "別の方", MIO, NOW).answer
    talks.wish(either, more.id, KEN)
    assert [talks.look(either, each.id, HANA).state for each in (first, back, more, other)] == [
        *["asked"] * 3,
        "nothing",
    ]
    assert talks.agree(either, back.id, HANA).tell == KEN
    assert talks.look(either, first.id, KEN).state == "agreed"
    for each in (first, back, more):
        with pytest.raises(Refused):
            talks.look(either, each.id, MIO)


def test_nobody_talks_with_themselves(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    for name in ("", "花"):
        own = worries.answer(either, worry.id, "続きです。", HANA, NOW, name=name).answer
        with pytest.raises(Refused):
            talks.wish(either, own.id, HANA)


def test_the_voice_with_a_name_and_the_one_without_are_two_in_every_row(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    plain = worries.answer(either, worry.id, "返信", KEN, NOW).answer
    named = worries.answer(either, worry.id, "名のって", KEN, NOW, name="健").answer
    talks.wish(either, named.id, KEN)
    assert talks.look(either, plain.id, HANA).state == "nothing"
    assert talks.look(either, named.id, HANA).called == "健"
    talks.agree(either, named.id, HANA)
    said = talks.say(either, named.id, "ふたりだけに", KEN, NOW).answer
    assert (said.voice, said.name, said.aside) == (named.voice, "健", True)
    rows = {row.id: row for row in either.rows(select(Answer.__table__))}  # type: ignore[attr-defined]
    assert rows[plain.id].voice_token != rows[named.id].voice_token == rows[said.id].voice_token
    assert {row for row, _ in mine.own(either, KEN).answers} == {plain.id, named.id, said.id}


def test_names_stand_under_the_key_of_the_worry_and_go_with_it(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    first = worries.answer(either, worry.id, "返信", KEN, NOW, name="田中健").answer
    talks.wish(either, first.id, KEN)
    talks.agree(either, first.id, HANA)
    talks.give_name(either, first.id, "花岡花子", HANA)
    talks.give_name(either, first.id, "田中健一", KEN)
    names = {"田中健", "花岡花子", "田中健一"}
    before = dump(either)
    assert not [name for name in names for _, value in values(before) if name in str(value) or _has(value, name)]
    assert names <= {plain.decode("utf-8", "replace") for _, plain in burglar.opened(before, KEYS)}
    assert {each.column for each in SEALED_BY_ITEM if each.model is Talk} == {"author_name", "other_name"}
    worries.close(either, worry.id, HANA, NOW)
    assert not {plain.decode("utf-8", "replace") for _, plain in burglar.opened(dump(either), KEYS)} & names
    old_backup = {**before, "itemkey": []}
    assert not {plain.decode("utf-8", "replace") for _, plain in burglar.opened(old_backup, KEYS)} & names


def _has(value: object, name: str) -> bool:
    return isinstance(value, bytes) and name.encode() in value


def test_a_talk_ends_with_the_answers_of_who_left(either: Session) -> None:
    worry = worries.share(either, "悩み", ["square"], HANA, NOW)
    first = worries.answer(either, worry.id, "返信", KEN, NOW).answer
    talks.wish(either, first.id, KEN)
    talks.agree(either, first.id, HANA)
    talks.give_name(either, first.id, "健", KEN)
    for answer_id, _ in mine.own(either, KEN).answers:
        silence_answer(either, answer_id)
    assert either.rows(select(Talk.__table__)) == []  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        talks.say(either, first.id, "まだいますか", HANA, NOW)
