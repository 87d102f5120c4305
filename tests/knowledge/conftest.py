"""What the knowledge tests share: one encoder built for the whole run, and a handbook small enough to read."""

from pathlib import Path

import pytest

from bot.knowledge.encoder import WordEncoder
from bot.knowledge.encoder_folder import ensure_encoder

Step = tuple[int, int, str]


@pytest.fixture(scope="session")
def steps() -> list[Step]:
    """Filled while the encoder is built."""
    return []


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> Path:
    folder = tmp_path_factory.mktemp("data") / "encoder"
    ensure_encoder(folder, lambda *step: steps.append(step))
    return folder


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> WordEncoder:
    return ensure_encoder(encoder_folder, lambda *_: None)
