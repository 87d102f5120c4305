"""Words that every detector takes for a sign of danger, and one it may take for one wrongly."""

import pytest

from bot.language import danger
from bot.language.danger import Level

SELF = "もう死にたいです。今夜は自分を信じられません。"
CLIENT = "支援している方が、死にたいと言って薬を集めています。"
VIOLENCE = "訪問先で、お父さんが息子さんを毎日殴っています。"
MISTAKEN = "会議が多くて死にそうです。どう減らしていますか。"

_SIGNS = {SELF: Level.SELF_RISK, CLIENT: Level.CLIENT_RISK, VIOLENCE: Level.VIOLENCE, MISTAKEN: Level.SELF_RISK}


@pytest.fixture
def signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a sign is decided elsewhere, with figures of its own; these scenes are about what follows."""
    monkeypatch.setattr(danger, "level", _level)


def _level(text: str) -> Level:
    return next((_SIGNS[each] for each in _SIGNS if each in text), Level.NONE)
