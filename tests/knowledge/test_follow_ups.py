"""A question that makes sense only after the one before it goes on with that one; a full question does not."""

import pytest

from bot.knowledge.follow_ups import follows_up
from bot.knowledge.handbook import BUNDLED
from bot.knowledge.index import Index
from bot.knowledge.points import load

BEFORE = "ドア越しに話すとき"
GOING_ON = ("もう少し具体的に", "それ以外は?", "他には？", "例えば？", "もっと詳しく教えてください")
GOING_ON_IN_ENGLISH = ("what else?", "for example", "tell me more")
WHOLE = ("もう少し家族に話を聞きたい", "母が毎日泣いている", "what else can his mother do", "沈黙が怖い", "")


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(load(BUNDLED, "ja"), ())


@pytest.mark.parametrize("question", [*GOING_ON, *GOING_ON_IN_ENGLISH])
def test_what_makes_no_sense_alone_goes_on_with_the_question_before(index: Index, question: str) -> None:
    assert follows_up(question)
    assert index.search(question, 3, 0.5, BEFORE) == index.search(BEFORE, 3, 0.5) != ()


@pytest.mark.parametrize("question", WHOLE)
def test_a_whole_question_stands_for_itself(index: Index, question: str) -> None:
    assert index.search(question, 3, -100.0, BEFORE) == index.search(question, 3, -100.0)
