"""One handbook for every scene: it is only read, and building its index takes seconds; scenes on either platform."""

import pytest

from bot.knowledge.embedding import HashEmbedder
from bot.knowledge.handbook import Handbook
from tests.world import FakePlatform, World


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return Handbook(embedder=lambda: HashEmbedder())


@pytest.fixture(autouse=True)
def every_world_reads_the_same_handbook(handbook: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.world.Handbook", lambda **_: handbook)


@pytest.fixture(params=["slack", "telegram"])
def platform(request: pytest.FixtureRequest, world: World) -> FakePlatform:
    """The same scene where dialogs open and where questions are asked one by one."""
    found: FakePlatform = getattr(world, request.param)
    return found
