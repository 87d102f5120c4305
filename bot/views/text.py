"""The catalogue: words by key and language, kept in files a social worker can correct."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.language import dates

LANGUAGES = ("ja", "en")
_LOCALES = Path(__file__).parent / "locales"


class Text:
    """The words of one language, and times as people there read them.

    text("worry.posted", name="…") is the entry `posted` of `worry.toml`; a missing key is a KeyError, because
    tests hold the files and the code against each other.
    """

    def __init__(self, language: str, timezone: ZoneInfo) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.timezone = timezone
        self._words = words(self.language)

    def __call__(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def when(self, moment: datetime) -> str:
        """12月3日(木) 10:00: always in the community's own zone, with the weekday."""
        return dates.say(moment, self.timezone, self.language)

    def date(self, day: date) -> str:
        """12月3日(木)."""
        return dates.say_day(day, self.language)

    def day(self, moment: datetime) -> str:
        return moment.astimezone(self.timezone).date().isoformat()

    def pseudonym(self, code: str) -> str:
        """The name of a plant or bird; from the second bearer on with a number."""
        name, _, number = code.partition(".")
        return self(f"pseudonyms.{name}") + (f" {number}" if number else "")

    def speaking(self, language: str) -> "Text":
        return Text(language, self.timezone)


@cache
def words(language: str) -> Mapping[str, str]:
    """Every entry of a language, by its dotted key."""
    entries: dict[str, str] = {}
    for file in sorted((_LOCALES / language).glob("*.toml")):
        entries.update(_flat(file.stem, tomllib.loads(file.read_text("utf-8"))))
    return entries


def scene(language: str) -> str:
    """The tour of the console, in this language."""
    return (_LOCALES / language / "tour.scene").read_text("utf-8")


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)
