"""Chooses the encoder: the configured model where there is one, else our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.knowledge.embedding import Embedder
    from bot.knowledge.encoder_folder import OnStep


def encoder_source(data_dir: Path, model: str = "", on_step: OnStep = lambda *_: None) -> Callable[[], Embedder]:
    """For Handbook, which calls it in a worker thread. The result raises KnowledgeUnavailable."""

    def source() -> Embedder:
        if model:
            from bot.knowledge.apart import ModelApart

            return ModelApart(model)
        from bot.knowledge.encoder_folder import ensure_encoder

        return ensure_encoder(data_dir / "encoder", on_step)

    return source
