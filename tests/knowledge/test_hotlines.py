"""The numbers that may be shown: backed by a source, open at that hour, looked at within half a year."""

import re
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.hotline_care import check, warn
from bot.chat.errors import Misconfigured
from bot.knowledge import hotlines
from bot.knowledge.errors import HotlinesError
from bot.knowledge.hotlines import BUNDLED, GOOD_FOR, JAPAN, Hotlines, bundled, load

CHANGED = date(2026, 11, 24)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=JAPAN)


def open_at(moment: str, audience: str = "") -> list[str]:
    return [line.id for line in bundled().open_at(at(moment), audience)]


def line(**changes: str) -> str:
    keys = {
        "id": '"a"',
        "name": '"線"',
        "name_en": '"line"',
        "number": '"0120-000-000"',
        "operator": '"operator"',
        "audience": '["self"]',
        "hours": '[{ days = ["mon","tue","wed","thu","fri","sat","sun"], from = "00:00", to = "24:00" }]',
        "source": '"source"',
        "verified_on": "2026-11-24",
        "verified_by": '"us"',
        "status": '"shown"',
        **changes,
    }
    return "[[line]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value)


def written(folder: Path, *parts: str) -> Path:
    path = folder / "hotlines.toml"
    path.write_text("\n".join(parts), "utf-8")
    return path


def test_no_release_goes_out_with_a_number_nobody_looked_at_for_half_a_year() -> None:
    assert bundled().older_than(GOOD_FOR, date.today()) == [], "read the sources again, then write verified_on"


@pytest.mark.parametrize("age", [90, 180])
def test_an_entry_grows_old_on_the_day_after(age: int) -> None:
    days = timedelta(days=age)
    assert bundled().older_than(days, CHANGED + days) == []
    assert bundled().older_than(days, CHANGED + days + timedelta(days=1))


def test_nothing_says_it_was_looked_at_in_the_future() -> None:
    sources = {each.id: each.source for each in bundled().lines} | {each.id: each.source for each in bundled().duties}
    assert [name for name, source in sources.items() if source.verified_on > date.today()] == []


def test_what_is_not_verified_is_never_given_out_at_any_hour() -> None:
    verified = {each.id for each in bundled().lines if each.source.shown}
    assert {"inochi-sos", "kokoro", "isolation", "one-stop"}.isdisjoint(verified)
    start = at("2026-11-23T00:00")
    for hours in range(0, 24 * 40, 3):
        found = bundled().open_at(start + timedelta(hours=hours))
        assert all(each.source.shown for each in found)


def test_every_entry_says_who_answers_when_and_where_that_can_be_looked_up() -> None:
    data = tomllib.loads(BUNDLED.read_text("utf-8"))
    for table in (*data["line"], *data["duty"]):
        assert re.search(r"[12][0-9]{3}年|令和|平成|昭和|gov-online|iuris|コトバンク|pref\.|lg\.jp", table["source"]), (
            table
        )
        assert table["verified_by"]
    assert all(each.operator and each.audience for each in bundled().lines)


@pytest.mark.parametrize("audience", ["self", "client", "violence", "child", "emergency"])
def test_at_three_in_the_morning_of_new_year_somebody_answers(audience: str) -> None:
    assert open_at("2027-01-01T03:00", audience)


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        ("2026-11-24T15:59", False),
        ("2026-11-24T16:00", True),
        ("2026-11-24T20:59", True),
        ("2026-11-24T21:00", False),
        ("2026-11-10T07:59", False),
        ("2026-11-10T08:00", True),
        ("2026-11-11T03:00", True),
        ("2026-11-11T08:00", False),
        ("2026-12-31T17:00", True),
    ],
)
def test_a_line_of_certain_hours_and_of_every_tenth(moment: str, open_now: bool) -> None:
    assert ("inochi" in open_at(moment, "self")) is open_now


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        ("2026-11-24T17:00", True),
        ("2026-11-23T17:00", False),  # 勤労感謝の日, a Monday
        ("2026-11-28T10:00", True),
        ("2026-11-28T17:00", False),
        ("2026-12-28T17:00", True),
        ("2026-12-29T17:00", False),
        ("2027-01-04T17:00", True),
    ],
)
def test_a_line_that_rests_on_holidays_and_at_the_years_end(moment: str, open_now: bool) -> None:
    (found,) = (each for each in bundled().lines if each.id == "kokoro-no-mimi")
    assert bool(found.open_until(at(moment))) is open_now


def test_hours_are_those_of_japan_wherever_the_server_stands() -> None:
    assert "inochi" in [each.id for each in bundled().open_at(datetime.fromisoformat("2026-11-24T07:30+00:00"))]


def test_when_it_closes_is_told() -> None:
    (found,) = (each for each in bundled().lines if each.id == "inochi")
    assert found.open_until(at("2026-11-24T17:00")) == at("2026-11-24T21:00")
    assert found.open_until(at("2026-11-10T17:00")) == at("2026-11-11T08:00")


@pytest.mark.parametrize("number", ["0570-046-556", "0120-738-556"])
def test_a_wrong_copy_that_is_abroad_cannot_be_written(tmp_path: Path, number: str) -> None:
    text = BUNDLED.read_text("utf-8").replace('number = "0570-064-556"', f'number = "{number}"')
    with pytest.raises(HotlinesError, match="wrong copy"):
        load(written(tmp_path, text))


def test_one_lines_number_under_another_ones_name_cannot_be_written(tmp_path: Path) -> None:
    text = BUNDLED.read_text("utf-8").replace('number = "0120-279-338"', 'number = "0120-783-556"')
    with pytest.raises(HotlinesError, match="0120-279-338"):
        load(written(tmp_path, text))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([line(id="")], "id must be a text"),
        ([line(), line()], "used twice"),
        ([line(number='"0120-０00-000"')], "no number"),
        ([line(number='"ask"')], "no number"),
        ([line(operator='" "')], "operator"),
        ([line(source="")], "source"),
        ([line(verified_on='"2026-11-24"')], "verified_on"),
        ([line(verified_on="2026-11-24T10:00:00")], "verified_on"),
        ([line(verified_by="")], "verified_by"),
        ([line(status='"maybe"')], "status"),
        ([line(audience='["everyone"]')], "audience"),
        ([line(audience="[]")], "audience"),
        ([line(phone='"1"')], "unknown key phone"),
        ([line(hours="[]")], "its hours must be known"),
        ([line(hours='[{ days = ["monday"], from = "09:00", to = "17:00" }]')], "days are mon"),
        ([line(hours='[{ days = ["mon"], dates = [1], from = "09:00", to = "17:00" }]')], "or for dates"),
        ([line(hours='[{ dates = [32], from = "09:00", to = "17:00" }]')], "dates 1 to 31"),
        ([line(hours='[{ days = ["mon"], from = "9", to = "17:00" }]')], "are times"),
        ([line(hours='[{ days = ["mon"], from = "09:00" }]')], "are times"),
        ([line(hours='[{ days = ["mon"], from = "09:00", to = "25:00" }]')], "are times"),
        ([line(hours='[{ days = ["mon"], from = "09:00", to = "17:00", closed = ["sundays"] }]')], "closed"),
        ([line(hours='[{ days = ["mon"], from = "09:00", to = "17:00", often = true }]')], "know no often"),
        ([line(hours='"always"')], "list"),
        ([line(status='"verify"')], "day and night"),
        ([line(), "[[duty]]\nid = 'x'"], "x"),
        ([line(), "[[lines]]\nid = 'x'"], "unknown part lines"),
        (["line = 3"], "must be tables"),
        (["[[line]\n"], "hotlines.toml"),
    ],
)
def test_a_mistake_is_told_with_its_entry(tmp_path: Path, parts: list[str], words: str) -> None:
    with pytest.raises(HotlinesError, match=re.escape(words)):
        load(written(tmp_path, *parts))


def test_the_law_asks_to_tell_of_four_kinds_of_harm() -> None:
    assert [(duty.id, duty.to["ja"]) for duty in bundled().laws] == [
        ("child", "児童相談所（189）か市町村"),
        ("elder", "市町村"),
        ("disabled", "市町村の障害者虐待防止センター"),
        ("spouse", "配偶者暴力相談支援センターか警察"),
    ]


def test_whoever_runs_the_bot_is_asked_after_ninety_days(capsys: pytest.CaptureFixture[str]) -> None:
    check(at("2027-02-22T10:00"))
    with pytest.raises(Misconfigured) as told:
        check(at("2027-02-23T10:00"))
    assert "yorisoi" in told.value.problem
    assert "verified_on" in told.value.fix
    warn(at("2027-02-22T10:00"))
    assert "hotlines" not in capsys.readouterr().out
    warn(at("2027-02-23T10:00"))
    assert "hotlines should be looked at again" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_stops_no_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> Hotlines:
        return load(tmp_path / "none.toml")

    monkeypatch.setattr(hotlines, "bundled", broken)
    warn(at("2026-11-24T10:00"))
    assert "hotlines not readable" in capsys.readouterr().out
    with pytest.raises(Misconfigured, match=r"none\.toml"):
        check(at("2026-11-24T10:00"))
