"""The frame of the handbook to leaf through: what the ministry's slides name, and the cards beside it."""

from collections.abc import Mapping
from functools import cache

from bot.knowledge.handbook import BUNDLED
from bot.knowledge.points import Entry, load

KINDS = ("value", "posture", "caution", "item", "card")


@cache
def frame_entries(language: str) -> Mapping[str, Entry]:
    """By their ids, in the order of the file."""
    return {entry.id: entry for entry in load(BUNDLED, language) if entry.kind in KINDS}
