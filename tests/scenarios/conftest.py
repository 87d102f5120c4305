"""One handbook for every scene: it is only read, and building its index takes seconds."""

import pytest

from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return Handbook(embedder=lambda: HashEmbedder())


@pytest.fixture(autouse=True)
def every_world_reads_the_same_handbook(handbook: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.world.Handbook", lambda **_: handbook)
