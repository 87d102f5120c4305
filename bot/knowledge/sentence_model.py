"""The default encoder as a sentence-transformers model; importing this file loads torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize

from bot.knowledge.encoder import WEIGHTS_FILE, WordTable
from bot.knowledge.weighting import WeightedWords


class BagOfWords(InputModule):
    """Sudachi's words looked up, weighed and summed."""

    def __init__(self, words: WeightedWords) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.table = WordTable(words.keys, words.rows, words.weights)
        self.bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(words.vectors), mode="sum")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor | Any]:
        found = [self.table.find((prompt or "") + str(text)) for text in inputs]
        ends = np.cumsum([0, *(len(rows) for rows, _ in found)])
        return {
            "input_ids": torch.from_numpy(np.concatenate([rows for rows, _ in found]).astype(np.int64)),
            "offsets": torch.from_numpy(ends[:-1].astype(np.int64)),
            "weights": torch.from_numpy(np.concatenate([weights for _, weights in found])),
        }

    def forward(self, features: dict[str, torch.Tensor | Any], **_: Any) -> dict[str, torch.Tensor | Any]:
        features["sentence_embedding"] = self.bag(
            features["input_ids"], features["offsets"], per_sample_weights=features["weights"]
        )
        return features

    def get_embedding_dimension(self) -> int:
        return self.bag.embedding_dim

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        tensors: dict[str, np.ndarray[Any, Any]] = {
            "keys": self.table.keys,
            "rows": self.table.rows,
            "weights": self.table.weights,
            "bag.weight": self.bag.weight.numpy(),
        }
        save_file(tensors, Path(output_path) / WEIGHTS_FILE)

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> Self:
        saved = load_file(Path(model_name_or_path) / WEIGHTS_FILE)
        return cls(WeightedWords(saved["keys"], saved["rows"], saved["weights"], saved["bag.weight"]))


def assemble(bag: BagOfWords) -> SentenceTransformer:
    """Put together in code: loading a saved model with our own module would need trust_remote_code."""
    return SentenceTransformer(modules=[bag, Normalize()], device="cpu")
