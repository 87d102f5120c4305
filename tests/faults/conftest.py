"""One nursery, one community and one undisturbed run for all kills."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.checker import State
from tests.faults.runs import Kill, Nursery, passes, played, prepared


@dataclass(frozen=True, slots=True)
class Stage:
    """clean: what is left when nobody was killed. passes: how often each point was passed then."""

    nursery: Nursery
    community: Path
    clean: State
    passes: dict[str, int]

    def play(self, folder: Path, *kills: Kill, bug: str = "") -> State:
        return played(self.nursery, self.community, folder / "case", kills, bug)

    def at(self, point: str, share: float) -> Kill:
        """The pass of this point at this share of the scene: 1.0 is the last."""
        return point, max(1, round(share * self.passes[point]))


@pytest.fixture(scope="package", autouse=True)
def _children_unmeasured() -> Iterator[None]:
    """Whoever is killed leaves no figures behind; measuring them only doubles the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        yield


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("faults")
    nursery = Nursery()
    community = prepared(nursery, folder / "community")
    clean = played(nursery, community, folder / "clean")
    yield Stage(nursery, community, clean, passes(folder / "clean"))
    nursery.close()
