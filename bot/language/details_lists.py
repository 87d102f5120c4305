"""The words beside names and offices, as they are listed in this folder, each list read once."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def listed(file: str, name: str) -> frozenset[str]:
    """The words of one list in FILE.toml."""
    return frozenset(_file(file)[name].split())


@cache
def _file(file: str) -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name(f"{file}.toml").read_text(encoding="utf-8"))
