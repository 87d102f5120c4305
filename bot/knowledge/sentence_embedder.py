"""Any sentence-transformers model by name or path, for those who set YORISOI_EMBEDDING_MODEL."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.knowledge.embedding import unit_rows
from bot.knowledge.errors import KnowledgeUnavailable

if TYPE_CHECKING:
    from bot.knowledge.embedding import Vectors

SETTING = "YORISOI_EMBEDDING_MODEL"
RECIPE = "1"
"""Of what this file does with a model; another number and everything is encoded again."""

PROMPTS = Path(__file__).parent / "prompts.toml"


class SentenceTransformerEmbedder:
    """Loading takes seconds and hundreds of MB, and torch stays: the bot has it done apart, see bot.knowledge.apart."""

    languages = ("ja", "en")

    def __init__(self, name_or_path: str) -> None:
        self._model = _load(name_or_path)
        endings = tomllib.loads(PROMPTS.read_text(encoding="utf-8"))
        self._question_prompt = _prompt(self._model.prompts, endings["question"])
        self._text_prompt = _prompt(self._model.prompts, endings["text"])
        self.name = f"{name_or_path} {_fingerprint(self._model)}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _rows(self._model.encode_document(list(texts), prompt_name=self._text_prompt, **_QUIET))

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        return _rows(self._model.encode_query(list(questions), prompt_name=self._question_prompt, **_QUIET))


_QUIET = {"show_progress_bar": False, "convert_to_numpy": True}


def is_place(name_or_path: str) -> bool:
    """A folder of this machine, for which nothing outside has to be asked."""
    return os.path.exists(name_or_path) or name_or_path.startswith((".", "/", "~"))  # noqa: PTH110 a name may be too long


def _load(name_or_path: str) -> Any:
    """What is here already is taken without asking anybody; a name that is not may be fetched by the library."""
    try:
        from sentence_transformers import SentenceTransformer

        if is_place(name_or_path):
            folder = Path(name_or_path).expanduser().resolve(strict=True)
            return SentenceTransformer(str(folder), local_files_only=True)
        try:
            return SentenceTransformer(name_or_path, local_files_only=True)
        except OSError:
            return SentenceTransformer(name_or_path)
    except Exception as error:  # the library and the hub raise whatever they like
        told = " ".join(str(error).split())[:300]
        raise KnowledgeUnavailable(
            f"The model {name_or_path} cannot be loaded ({type(error).__name__}: {told}).",
            f"Give {SETTING} the name or folder of a sentence-transformers model, or leave it empty.",
        ) from error


def _prompt(prompts: Iterable[str], endings: Sequence[str]) -> str | None:
    """None, which leaves it to the library, where the model names none, or several."""
    names = {name: name.lower().rstrip(" :：") for name in prompts}
    exact = [name for name, plain in names.items() if plain in endings]
    close = [name for name, plain in names.items() if plain.endswith(tuple(endings))]
    found = exact or close
    return found[0] if found and (exact or len(close) == 1) else None


def _rows(encoded: Any) -> Vectors:
    import numpy as np

    return unit_rows(np.asarray(encoded, dtype=np.float32))


def _fingerprint(model: Any) -> str:
    """Of all that decides which vector a text gets: weights, modules, prompts, the library, our recipe."""
    import sentence_transformers
    import torch
    import transformers

    digest = hashlib.blake2b(digest_size=16)
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data)
    modules: list[tuple[str, Any]] = [
        (type(module).__name__, getattr(module, "get_config_dict", dict)()) for module in model
    ]
    prompts = sorted(model.prompts.items()), model.default_prompt_name
    versions = sentence_transformers.__version__, transformers.__version__, RECIPE
    digest.update(repr((modules, prompts, versions)).encode("utf-8", "replace"))
    return digest.hexdigest()
