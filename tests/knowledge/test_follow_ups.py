"""A question that makes sense only after the one before it goes on with that one; a full question does not."""

import pytest

from bot.knowledge.follow_ups import follows_up
from bot.knowledge.handbook import BUNDLED
from bot.knowledge.index import Index
from bot.knowledge.points import load

BEFORE = "ドア越しに話すとき"


@pytest.mark.parametrize(
    "question",
    ["もう少し具体的に", "それ以外は?", "他には？", "例えば？", "もっと詳しく教えてください", "what else?", "for example", "tell me more"],
)
def test_what_goes_on(question: str) -> None:
    index = Index(load(BUNDLED, "ja"), ())
    assert follows_up(question)
    assert index.search(question, 3, 0.5, BEFORE) == index.search(BEFORE, 3, 0.5) != ()


@pytest.mark.parametrize("question", ["もう少し家族に話を聞きたい", "母が毎日泣いている", "what else can his mother do", "沈黙が怖い", "？", ""])
def test_what_stands_for_itself(question: str) -> None:
    assert not follows_up(question)
