"""Numbers one can call, with their hours and sources, and whom the law asks to tell; only verified ones are shown."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.knowledge.errors import HotlinesError
from bot.knowledge.hotline_hours import Window, open_until, windows

BUNDLED = Path(__file__).parent / "hotlines.toml"
JAPAN = ZoneInfo("Asia/Tokyo")
SHOWN, VERIFY = "shown", "verify"
AUDIENCES = frozenset({"self", "client", "violence", "child", "elder", "disabled", "emergency"})

WARN_AFTER = timedelta(days=90)
"""From then on whoever runs the bot is asked to read the sources again."""

GOOD_FOR = timedelta(days=180)
"""No release goes out with an entry that was looked at longer ago."""

_LINE = {"id", "name", "name_en", "number", "operator", "audience", "hours", "note"}
_DUTY = {"id", "law", "who", "who_en", "to", "to_en"}
_KNOWN_FROM = {"source", "verified_on", "verified_by", "status"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry can be looked up, and who did so when."""

    name: str
    verified_on: date
    verified_by: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    name: Mapping[str, str]
    number: str
    operator: str
    audience: frozenset[str]
    hours: tuple[Window, ...]
    source: Source

    @property
    def always(self) -> bool:
        return any(window.whole_week for window in self.hours)

    def open_until(self, moment: datetime) -> datetime | None:
        """None where nobody answers it at that moment."""
        return open_until(self.hours, moment.astimezone(JAPAN))


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom the law asks to tell when somebody seems to be harmed; it goes before a duty of secrecy."""

    id: str
    law: str
    who: Mapping[str, str]
    to: Mapping[str, str]
    source: Source


@dataclass(frozen=True, slots=True)
class Hotlines:
    lines: tuple[Line, ...] = ()
    duties: tuple[Duty, ...] = ()

    def open_at(self, moment: datetime, audience: str = "") -> list[Line]:
        """The verified lines that somebody answers now, in the order of the file."""
        wanted = (line for line in self.shown if not audience or audience in line.audience)
        return [line for line in wanted if line.open_until(moment)]

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if line.source.shown]

    @property
    def laws(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.source.shown]

    def names(self, written: str) -> bool:
        """Whether this is a number of everybody's, verified or not, and so nobody's detail."""
        return _digits(written) in {_digits(line.number) for line in self.lines}

    def older_than(self, age: timedelta, today: date) -> list[str]:
        """The ids of what is shown though nobody has looked at its source for so long."""
        entries: list[Line | Duty] = [*self.shown, *self.laws]
        return [each.id for each in entries if today - each.source.verified_on > age]


@cache
def bundled() -> Hotlines:
    return load(BUNDLED)


def at_hand() -> Hotlines:
    """Whatever can be read of it: the card is shown without a line rather than not at all."""
    try:
        return bundled()
    except HotlinesError:
        return Hotlines()


def load(path: Path) -> Hotlines:
    """Raises HotlinesError, naming the entry and the mistake."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HotlinesError(f"{path.name}: {error}") from error
    if unknown := sorted(set(data) - {"line", "duty", "wrong"}):
        raise HotlinesError(f"{path.name}: unknown part {', '.join(unknown)}")
    wrong = _tables(data, "wrong")
    lines = tuple(_line(table, wrong) for table in _tables(data, "line"))
    duties = tuple(_duty(table) for table in _tables(data, "duty"))
    _check_ids(lines)
    _check_ids(duties)
    if not any(line.source.shown and line.always for line in lines):
        raise HotlinesError(f"{path.name}: no line that is shown is open day and night")
    return Hotlines(lines, duties)


def _tables(data: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise HotlinesError(f"[[{name}]] must be tables")
    return found


def _line(table: Mapping[str, Any], wrong: Sequence[Mapping[str, Any]]) -> Line:
    entry = str(table.get("id", "(no id)"))
    _only(table, _LINE | _KNOWN_FROM, entry)
    line = Line(
        id=_word(table, "id", entry),
        name={"ja": _word(table, "name", entry), "en": _word(table, "name_en", entry)},
        number=_number(_word(table, "number", entry), entry),
        operator=_word(table, "operator", entry),
        audience=_audience(table, entry),
        hours=windows(table.get("hours"), entry),
        source=_source(table, entry),
    )
    if line.source.shown and not line.hours:
        raise HotlinesError(f"{entry}: it is shown, so its hours must be known")
    if mistake := next((each for each in wrong if _copies(line, each)), None):
        raise HotlinesError(f"{entry}: {line.number} is a wrong copy that is abroad; it is {mistake['instead_of']}")
    return line


def _copies(line: Line, mistake: Mapping[str, Any]) -> bool:
    return line.number == mistake["number"] and mistake.get("named", "") in line.name["ja"]


def _duty(table: Mapping[str, Any]) -> Duty:
    entry = str(table.get("id", "(no id)"))
    _only(table, _DUTY | _KNOWN_FROM, entry)
    return Duty(
        id=_word(table, "id", entry),
        law=_word(table, "law", entry),
        who={"ja": _word(table, "who", entry), "en": _word(table, "who_en", entry)},
        to={"ja": _word(table, "to", entry), "en": _word(table, "to_en", entry)},
        source=_source(table, entry),
    )


def _source(table: Mapping[str, Any], entry: str) -> Source:
    status, day = table.get("status"), table.get("verified_on")
    if status not in (SHOWN, VERIFY):
        raise HotlinesError(f'{entry}: status must be "{SHOWN}" or "{VERIFY}"')
    if not isinstance(day, date) or isinstance(day, datetime):
        raise HotlinesError(f"{entry}: verified_on must be a day, for example 2026-11-24 without quotes")
    by, name = _word(table, "verified_by", entry), _word(table, "source", entry)
    return Source(name, day, by, shown=status == SHOWN)


def _audience(table: Mapping[str, Any], entry: str) -> frozenset[str]:
    found = table.get("audience")
    if not isinstance(found, list) or not found or not set(map(str, found)) <= AUDIENCES:
        raise HotlinesError(f"{entry}: audience must name some of {', '.join(sorted(AUDIENCES))}")
    return frozenset(found)


def _number(written: str, entry: str) -> str:
    """As it is dialled: digits with dashes, or # and digits."""
    digits = written.removeprefix("#").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and 3 <= len(digits) <= 11):
        raise HotlinesError(f"{entry}: {written} is no number that can be dialled")
    return written


def _digits(written: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", written) if sign.isdigit())


def _word(table: Mapping[str, Any], key: str, entry: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise HotlinesError(f"{entry}: {key} must be a text that is not empty")
    return value.strip()


def _only(table: Mapping[str, Any], known: set[str], entry: str) -> None:
    if unknown := sorted(set(table) - known):
        raise HotlinesError(f"{entry}: unknown key {', '.join(unknown)}")


def _check_ids(entries: Iterable[Line | Duty]) -> None:
    seen: set[str] = set()
    for each in entries:
        if each.id in seen:
            raise HotlinesError(f"{each.id}: this id is used twice")
        seen.add(each.id)
