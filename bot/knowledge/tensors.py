"""Reads a safetensors file as arrays that stay on disk until they are touched; needs no torch."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

TYPES = {"U64": "<u8", "I32": "<i4", "F32": "<f4"}
LONGEST_HEADER = 1_000_000


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Raises ValueError where the file is not what it says it is."""
    import numpy as np

    content = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    length = int(content[:8].view("<u8")[0]) if content.size > 8 else LONGEST_HEADER
    if length >= LONGEST_HEADER or content.size < 8 + length:
        raise ValueError(f"{path.name} is cut short")
    try:
        header = json.loads(content[8 : 8 + length].tobytes())
        header.pop("__metadata__", None)
        return {name: _tensor(content[8 + length :], about) for name, about in header.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} has a broken header") from error


def _tensor(content: NDArray[Any], about: dict[str, Any]) -> NDArray[Any]:
    import numpy as np

    kind, shape = np.dtype(TYPES[about["dtype"]]), tuple(about["shape"])
    start, end = about["data_offsets"]
    if end > content.size or end - start != math.prod(shape) * kind.itemsize:
        raise ValueError("a tensor reaches beyond the file")
    return content[start:end].view(kind).reshape(shape)
