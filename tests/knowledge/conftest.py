"""What the knowledge tests share: the encoder that the whole run builds once."""

from pathlib import Path

import pytest

from bot.knowledge.encoder import WordEncoder
from bot.knowledge.encoder_folder import ensure_encoder


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> WordEncoder:
    return ensure_encoder(encoder_folder, lambda *_: None)
