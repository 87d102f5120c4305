"""Turns words into the 64-bit keys under which spaCy's vector tables keep them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED = 1


def string_keys(words: Iterable[str]) -> NDArray[np.uint64]:
    import numpy as np

    hash64 = _hash64()
    encoded = (word.encode("utf-8", "replace") for word in words)
    return np.fromiter((hash64(word, len(word), SEED) for word in encoded), dtype=np.uint64)


@cache
def _hash64() -> Callable[[bytes, int, int], int]:
    """murmurhash offers its 64-bit hash to Cython only, so it is taken from the module's C interface."""
    from murmurhash import mrmr

    capsule = mrmr.__pyx_capi__["hash64"]
    name = ctypes.pythonapi.PyCapsule_GetName
    name.restype, name.argtypes = ctypes.c_char_p, [ctypes.py_object]
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    signature = ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_char_p, ctypes.c_int, ctypes.c_uint64)
    return signature(pointer(capsule, name(capsule)))
