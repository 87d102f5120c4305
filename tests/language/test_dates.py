"""Dates as coordinators write them, read on Monday 23 November 2026 at nine in the morning."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import Candidate, Unclear, candidates, say

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TOKYO)

READ = """
12/3(木) 10:00-11:30 = 2026-12-03 10:00 90
12/3（木）10：00～11：30 = 2026-12-03 10:00 90
12/3 10時 = 2026-12-03 10:00
12月3日14時半 = 2026-12-03 14:30
12月3日(木)10時00分〜11時30分 = 2026-12-03 10:00 90
12月3日 木曜日 10 時 = 2026-12-03 10:00
2026-12-03 10:00 = 2026-12-03 10:00
2026-12-03T10:00 = 2026-12-03 10:00
2026/12/3 10:00 = 2026-12-03 10:00
2027年1月5日 10時 = 2027-01-05 10:00
令和8年12月3日 午後2時〜4時 = 2026-12-03 14:00 120
R8.12.3 10:00 = 2026-12-03 10:00
１２月３日（木）１０時 = 2026-12-03 10:00
十二月三日 十時半 = 2026-12-03 10:30
二〇二六年十二月三日午後二時 = 2026-12-03 14:00
1/5 10時 = 2027-01-05 10:00
11/20 10時 = 2027-11-20 10:00
来年1月5日 10時 = 2027-01-05 10:00
今日 13時 = 2026-11-23 13:00
明日10時 = 2026-11-24 10:00
明日(火)10時 = 2026-11-24 10:00
明後日 13時 = 2026-11-25 13:00
あさって13:00 = 2026-11-25 13:00
今週水曜 14時 = 2026-11-25 14:00
来週火曜14時 = 2026-12-01 14:00
来週(火)14:00 = 2026-12-01 14:00
再来週の金曜日 15時 = 2026-12-11 15:00
火曜14時 = 2026-11-24 14:00
月曜14時 = 2026-11-23 14:00
月曜8時 = 2026-11-30 08:00
第3木曜 14時 = 2026-12-17 14:00
第4月曜 14時 = 2026-11-23 14:00
第4月曜 8時 = 2026-12-28 08:00
来月第2火曜 14時 = 2026-12-08 14:00
12/3 正午 = 2026-12-03 12:00
12/3 午前10時 = 2026-12-03 10:00
12/3 午後0時半 = 2026-12-03 12:30
12/3 PM3:00 = 2026-12-03 15:00
12/3 3:00 PM = 2026-12-03 15:00
12/3 夜7時 = 2026-12-03 19:00
12/3 24時 = 2026-12-04 00:00
12/31 24時 = 2027-01-01 00:00
12/3 10時から12時まで = 2026-12-03 10:00 120
12/3 10-12時 = 2026-12-03 10:00 120
12/3 10時半〜正午 = 2026-12-03 10:30 90
12/3 22:00-1:00 = 2026-12-03 22:00 180
12/3 10:00 1時間 = 2026-12-03 10:00 60
12/3 10:00から1時間半 = 2026-12-03 10:00 90
12/3 10:00 (90分) = 2026-12-03 10:00 90
12/3 10:00 30分 = 2026-12-03 10:00 30
12/3 9:30〜 = 2026-12-03 09:30
12月3日・4日・8日の各10時 = 2026-12-03 10:00 | 2026-12-04 10:00 | 2026-12-08 10:00
12/3、12/5 15時 = 2026-12-03 15:00 | 2026-12-05 15:00
12/3 10:00、12/5 15時 = 2026-12-03 10:00 | 2026-12-05 15:00
12/3 10:00、13:00 = 2026-12-03 10:00 | 2026-12-03 13:00
来週火曜・木曜 14時 各90分 = 2026-12-01 14:00 90 | 2026-12-03 14:00 90
①12/3 10:00 = 2026-12-03 10:00
候補1: 12/3 10:00 = 2026-12-03 10:00
第1希望 12/3 10時 = 2026-12-03 10:00
12/3 10:00 市役所 第2会議室 = 2026-12-03 10:00
Dec 3 14:00 = 2026-12-03 14:00
3 December 2026, 2pm = 2026-12-03 14:00
December 3rd, 2-4pm = 2026-12-03 14:00 120
Dec 3 10am to noon = 2026-12-03 10:00 120
tomorrow 10:00 = 2026-11-24 10:00
2pm tomorrow = 2026-11-24 14:00
Tuesday 14:00 = 2026-11-24 14:00
next Monday 2pm = 2026-11-30 14:00
"""

UNSURE = """
こんにちは = no_date
10:00 = no_date
3日 10時 = no_date
26/12/3 10:00 = no_date
12/3/2026 10:00 = no_date
平成38年12月3日 10時 = no_date
しあさって10時 = no_date
とうきょうで10時 = no_date
毎週火曜 14時 = no_date 2026-11-24 14:00
今度の火曜 14時 = no_date 2026-11-24 14:00
12/3 10:00 or later = no_date 2026-12-03 10:00
12/3は不可、12/5 10時 = no_date
12/3-5 10時 = no_date 2026-12-03 10:00
2026-12-03T10:00Z = no_date 2026-12-03 10:00
12/3 = no_time
12/3 午後 = no_time
12/3 1000 = no_time
12/3〜12/5 10時 = no_time
12/3 10:00 13:00 = no_time
12/3 3時 = no_time 2026-12-03 15:00
12/3 午後12時 = no_time 2026-12-03 12:00
12/3 10時頃 = no_time 2026-12-03 10:00
12/3 10時までに = no_time 2026-12-03 10:00
12/3 10時 30分 = no_time 2026-12-03 10:00
12/3 13:00-12:00 = no_time 2026-12-03 13:00
12/3 10:00-11:00 90分 = no_time 2026-12-03 10:00
12/3(金) 10:00 = weekday 2026-12-03 10:00
明日(水)10時 = weekday 2026-11-24 10:00
来週日曜 14時 = weekday 2026-12-06 14:00
next Tuesday 2pm = weekday 2026-12-01 14:00
今日 8時 = past 2026-11-23 08:00
11/23 8:00 = past 2026-11-23 08:00
11/20(金) 10時 = past 2026-11-20 10:00
2025-12-03 10:00 = past 2025-12-03 10:00
昨日 10時 = past 2026-11-22 10:00
2/30 10時 = impossible
2/29 10:00 = impossible
13/1 10:00 = impossible
12/3 25時 = impossible
12/3 10:75 = impossible
12/3 午前13時 = impossible
12/3 10:00 0分 = impossible
第6木曜 10時 = impossible
9999-12-31 24:00 = impossible
0000-01-01 10:00 = impossible
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split(" = ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("written", "meant"), _rows(READ))
def test_a_date_is_read_as_it_is_meant(written: str, meant: str) -> None:
    read, unsure = candidates(written, NOW, TOKYO)
    shown = [f"{one.start:%Y-%m-%d %H:%M}" + (f" {one.minutes}" if one.minutes else "") for one in read]
    assert " | ".join(shown) == meant
    assert not unsure
    assert all(one.start.tzinfo is TOKYO for one in read)


@pytest.mark.parametrize(("written", "why"), _rows(UNSURE))
def test_what_is_unsure_is_asked_and_never_guessed(written: str, why: str) -> None:
    read, unsure = candidates(written, NOW, TOKYO)
    assert not read
    shown = [one.reason + (f" {one.nearest:%Y-%m-%d %H:%M}" if one.nearest else "") for one in unsure]
    assert shown == [why]


def test_one_line_in_doubt_leaves_the_others_clear() -> None:
    read, unsure = candidates("12/3(木) 10:00\n\nどこかで\n12/8 14時", NOW, TOKYO)
    assert [one.text for one in read] == ["12/3(木) 10:00", "12/8 14時"]
    assert unsure == [Unclear("どこかで", "no_date")]


def test_nothing_written_is_nothing_asked() -> None:
    assert candidates(" \n\u200b\n", NOW, TOKYO) == ([], [])


@pytest.mark.parametrize(
    "text", ["12/3 10:00\n" * 101, "12/3、" * 101 + "10:00", "12/3 10:00\n" * 100_000, "12/3 10:00、" * 2000]
)
def test_too_many_are_said_once(text: str) -> None:
    read, unsure = candidates(text, NOW, TOKYO)
    assert len(read) <= 100
    assert [one.reason for one in unsure] == ["too_many"]


def test_a_moment_that_summer_time_skips_is_impossible() -> None:
    _, unsure = candidates("2027-03-14 02:30", NOW, ZoneInfo("America/New_York"))
    assert [one.reason for one in unsure] == ["impossible"]


SOON = st.datetimes(datetime(2026, 11, 23, 9, 1), datetime(2027, 11, 22)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=TOKYO)
)
PRINTED: list[Callable[[datetime], str]] = [
    lambda moment: say(moment, TOKYO, "ja", NOW),
    lambda moment: say(moment, TOKYO, "en", NOW),
    lambda moment: say(moment, TOKYO, "ja"),
    lambda moment: say(moment, TOKYO, "en"),
    lambda moment: f"{moment:%Y-%m-%dT%H:%M}",
    lambda moment: f"{moment:%Y/%m/%d %H:%M}",
    lambda moment: f"{moment:%m/%d %H時%M分}",
    lambda moment: f"令和{moment.year - 2018}年{moment.month}月{moment.day}日 {moment:%H:%M}",
    lambda moment: f"R{moment.year - 2018}.{moment.month}.{moment.day} {moment:%H:%M}",
    lambda moment: f"{moment:%B} {moment.day}, {moment.year} {moment.hour % 12 or 12}:{moment:%M} {moment:%p}",
    lambda moment: f"{moment:%m月%d日} {'午前' if moment.hour < 12 else '午後'}{moment.hour % 12}時{moment.minute}分",
]


@settings(deadline=None)
@given(SOON, st.sampled_from(PRINTED))
def test_a_printed_date_is_read_back_as_itself(moment: datetime, printed: Callable[[datetime], str]) -> None:
    read, unsure = candidates(printed(moment), NOW, TOKYO)
    assert ([one.start for one in read], unsure) == ([moment], [])


@settings(deadline=None)
@given(SOON, st.integers(1, 600))
def test_a_length_is_the_same_however_it_is_written(moment: datetime, minutes: int) -> None:
    date = f"{moment:%Y-%m-%d %H:%M}"
    said, _ = candidates(f"{date} {minutes}分", NOW, TOKYO)
    assert [(one.start, one.minutes) for one in said] == [(moment, minutes)]
    end = moment + timedelta(minutes=minutes)
    if end.date() == moment.date():
        ranged, _ = candidates(f"{date}〜{end:%H:%M}", NOW, TOKYO)
        assert [(one.start, one.minutes) for one in ranged] == [(moment, minutes)]


PIECES = st.one_of(
    st.sampled_from(
        [
            "12/3",
            "10時",
            "来週",
            "火曜",
            "(木)",
            "第3",
            "令和",
            "R8.12.3",
            "午後",
            "正午",
            "99",
            "Dec",
            "next",
        ]
    ),
    st.sampled_from("半、・〜-三十年月日分: \n") | st.sampled_from(["から", "まで", "pm", "1時間"]),
)
WRITINGS = st.one_of(
    st.text(), st.lists(PIECES).map("".join), st.lists(st.one_of(PIECES, st.text(max_size=3))).map(" ".join)
)


@settings(deadline=None)
@given(WRITINGS)
def test_any_text_is_read_without_a_fall_and_no_candidate_is_past(text: str) -> None:
    read, unsure = candidates(text, NOW, TOKYO)
    assert all(isinstance(one, Candidate) and one.start > NOW for one in read)
    assert all(one.minutes is None or 0 < one.minutes <= 1440 for one in read)
    assert all(one.nearest is None or one.nearest.tzinfo is TOKYO for one in unsure)


@pytest.mark.parametrize("server", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_server_may_stand_anywhere(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(written for written, _ in _rows(READ))
    here = candidates(text, NOW, TOKYO)
    monkeypatch.setitem(os.environ, "TZ", server)
    time.tzset()
    try:
        assert candidates(text, NOW.astimezone(UTC), TOKYO) == here
        assert candidates(text, NOW.astimezone(), TOKYO) == here
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("locale", "this_year", "next_year"),
    [
        ("ja", "12月3日(木) 10:00", "2027年1月5日(火) 09:05"),
        ("en", "Thu 3 Dec, 10:00", "Tue 5 Jan 2027, 09:05"),
    ],
)
def test_only_a_year_other_than_this_is_said(locale: str, this_year: str, next_year: str) -> None:
    assert say(datetime(2026, 12, 3, 1, 0, tzinfo=UTC), TOKYO, locale, NOW) == this_year
    assert say(datetime(2027, 1, 5, 0, 5, tzinfo=UTC), TOKYO, locale, NOW) == next_year
