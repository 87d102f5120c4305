"""What was found in the handbook, in the language of whoever reads it, with the names it stands under."""

from collections.abc import Iterable, Mapping

from bot.knowledge.handbook import Handbook
from bot.knowledge.points import FRAME, Entry
from bot.views.found import Found

ELSE = "ja"
"""Not everything is there in every language; everything is there in this one."""

_PARTS = frozenset(FRAME)


async def found(handbook: Handbook, entries: Iterable[Entry], language: str) -> list[Found]:
    names = await _names(handbook, language)
    return [_found(await handbook.entry(each.id, language) or each, names, language) for each in entries]


async def find(handbook: Handbook, ids: Iterable[str], language: str) -> list[Found]:
    """Those of them that are there still."""
    names = await _names(handbook, language)
    entries = [await handbook.entry(each, language) or await handbook.entry(each, ELSE) for each in ids]
    return [_found(entry, names, language) for entry in entries if entry]


def _found(entry: Entry, names: Mapping[str, str], language: str) -> Found:
    under = tuple(names[part] for part in entry.frame if part != entry.id and part in names)
    return Found(entry, under, entry.language != language)


async def _names(handbook: Handbook, language: str) -> Mapping[str, str]:
    every = [*await handbook.entries(ELSE), *await handbook.entries(language)]
    return {entry.id: entry.title for entry in every if entry.id in _PARTS}
