"""The prefectures and municipalities of Japan, by name and by reading, from the dated list beside it."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.language.romaji import romaji

_LIST = Path(__file__).with_suffix(".toml")
_LAST = re.compile("(?:し|く|ちょう|まち|むら|そん|ぐん|けん|ふ|と)$")


@dataclass(frozen=True, slots=True)
class Municipalities:
    """names: with their last sign (市区町村郡). kana: the same by reading, that sign too or not.

    bare, bare_kana, latin: without it, where no prefecture shares the name.
    """

    prefectures: frozenset[str]
    names: frozenset[str]
    kana: frozenset[str]
    bare: frozenset[str]
    bare_kana: frozenset[str]
    latin: frozenset[str]
    count: int


def short(name: str) -> str:
    """「足立区」 as people say it: 「足立」; 北海道 keeps its last sign."""
    return name if name == "北海道" else name[:-1]


@cache
def municipalities() -> Municipalities:
    """All of them, as they were on the day the list names."""
    prefectures, found, towns, count = set(), set(), set(), 0
    for prefecture in tomllib.loads(_LIST.read_text(encoding="utf-8"))["prefectures"]:
        prefectures.add(_pair(prefecture["name"]))
        counties = prefecture.get("counties", {})
        cities = [*prefecture["cities"], *prefecture.get("designated", {})]
        count += len(cities) + sum(map(len, counties.values()))
        towns |= set(_pairs(cities)) | set(_pairs(_all(counties.values())))
        found |= set(_pairs(counties)) | set(_pairs(_all(prefecture.get("designated", {}).values())))
    stems = frozenset(_stem(reading) for _, reading in towns)
    every = {(_one_form(name), reading) for name, reading in found | towns}
    return Municipalities(
        prefectures=frozenset(name for name, _ in prefectures),
        names=frozenset(name for name, _ in every),
        kana=frozenset(form for name, reading in every for form in (reading, _mixed(name, reading))),
        bare=frozenset(short(_one_form(name)) for name, _ in towns) - {short(name) for name, _ in prefectures},
        bare_kana=stems,
        latin=frozenset(map(romaji, stems)) - {romaji(_stem(reading)) for _, reading in prefectures},
        count=count,
    )


def _one_form(name: str) -> str:
    return name.replace("ヶ", "ケ")


def _stem(reading: str) -> str:
    return _LAST.sub("", reading)


def _mixed(name: str, reading: str) -> str:
    return _stem(reading) + name[-1]


def _all(lists: Iterable[list[str]]) -> Iterator[str]:
    return (entry for entries in lists for entry in entries)


def _pairs(entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    return (_pair(entry) for entry in entries)


def _pair(entry: str) -> tuple[str, str]:
    name, reading = entry.split("/")
    return name, reading
