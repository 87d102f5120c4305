"""Whether a place in a text is somebody's, judged by the words around it."""

import re
import tomllib
from functools import cache
from pathlib import Path

BEFORE = 16
BEHIND = 40
"""How far around a place its context is looked for."""


@cache
def words(name: str) -> frozenset[str]:
    """The words of this name in details_places.toml."""
    data = tomllib.loads(Path(__file__).with_name("details_places.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])


def alternatives(name: str) -> str:
    """The same as one group of a regular expression, the longest first."""
    return "(?:" + "|".join(sorted(words(name), key=lambda word: (-len(word), word))) + ")"


_TIED = re.compile(rf"(?:[市区町村]?内|の?方面?|のほう|の?辺り|のあたり|の奥|の外れ)?\)?{alternatives('tied')}")
_ANNOUNCED = re.compile(
    rf"{alternatives('announced')}(?:は|が|も|の|:|=|\s|「|\(|→|なら|といえば|に近い|に近くの){{1,3}}$"
)
_OURS = re.compile(r"(?:うち|我が家|わが家|こちら|当方|私の所|私のところ|うちの所|今|いま|現在)(?:は|が|も)$")
_IS_IT = re.compile(
    r"(?:で(?:、|す|した)|だ(?:から|けど|が|。|、)|なので|の(?:はずれ|外れ|山|端)|に(?:い|お)(?:ます|る))"
)
_PUBLIC = re.compile(alternatives("public"))


def tied(text: str, start: int, end: int) -> bool:
    """Somebody lives, works or comes from there, as the text says."""
    return bool(_TIED.match(text[end : end + BEHIND]) or _ANNOUNCED.search(text[max(0, start - BEFORE) : start]))


def said_of_home(text: str, start: int, end: int) -> bool:
    """「うちは盛岡で、」: no word of living, but nothing else can be meant."""
    return bool(_IS_IT.match(text[end : end + BEHIND]) and _OURS.search(text[max(0, start - BEFORE) : start]))


def public(text: str, end: int) -> bool:
    """A place of training, travel, products or the news."""
    return _PUBLIC.match(text[end : end + BEHIND]) is not None
