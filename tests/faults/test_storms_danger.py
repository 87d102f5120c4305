"""F24 in small: every phrasing gets its card in time, and nothing goes out by itself."""

from pathlib import Path

import pytest

from bot.language import danger
from bot.language.danger import Level
from tests.faults.storms import drills
from tests.faults.storms.drills import flagged, said


async def test_phrasings_get_their_card(tmp_path: Path) -> None:
    figures = await drills.drills(tmp_path, phrasings=120)
    assert figures["cards"] == 120


async def test_a_detector_that_looks_away_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drills, "_labels_decide", _nothing)
    monkeypatch.setattr(danger, "level", lambda _: Level.NONE)
    with pytest.raises(AssertionError, match="no card"):
        await drills.drills(tmp_path, phrasings=1)


def _nothing(_: object) -> "_Empty":
    return _Empty()


class _Empty:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def test_they_are_thousands_and_all_different() -> None:
    assert len(set(said(flagged(), 5000))) == 5000
