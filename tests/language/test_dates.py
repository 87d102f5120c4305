"""Dates as coordinators write them, read on Monday 23 November 2026 at nine in the morning."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from bot.language.dates import Parsed, parse, say

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
しあさって10時 = 2026-11-26 10:00
3日 10時 = 2026-12-03 10:00
毎週火曜 14時 = 2026-11-24 14:00
今度の月曜 14時 = 2026-11-30 14:00
12/3は不可、12/5 10時 = 2026-12-05 10:00
12/3〜5 10時 = 2026-12-03 10:00 | 2026-12-04 10:00 | 2026-12-05 10:00
12/3 10:00 13:00 = 2026-12-03 10:00 | 2026-12-03 13:00
12/3 10時頃 = 2026-12-03 10:00
12/3(木) ~ 12/3 10時 = 2026-12-03 10:00
来週か再来週の火曜14時 = 2026-12-01 14:00 | 2026-12-08 14:00
金曜は会議なので木曜の14時 = 2026-11-26 14:00
12/3 14時(12/4は無理) = 2026-12-03 14:00
12/3の14時を12/4の15時に変更 = 2026-12-04 15:00
12/3→12/10 14時に変更 = 2026-12-10 14:00
12/3 14時が難しければ12/4の10時 = 2026-12-03 14:00 | 2026-12-04 10:00
申込期限:12/1 17:00 開催:12/3 14:00~16:00 = 2026-12-03 14:00 120
火曜・木曜の14時から1時間 = 2026-11-24 14:00 60 | 2026-11-26 14:00 60
Mon or Wed next week, 1:30pm = 2026-11-30 13:30 | 2026-12-02 13:30
"""

ASKED = """
10:00 = unclear
12/3 = unclear
12/3 午後 = unclear
来週 14時 = unclear
12月中旬の火曜14時 = unclear
26/12/3 10:00 = unclear
12/3 3時 = unclear 2026-12-03 15:00
12/3 午後12時 = unclear 2026-12-03 12:00
12/3 10時までに = unclear
火曜14時か木曜 = unclear 2026-11-24 14:00 | 2026-11-26 14:00
隔週水曜の10時 = unclear 2026-11-25 10:00
12/3 13:00-12:00 = contradiction 2026-12-03 13:00
12/3 10:00-11:00 90分 = contradiction 2026-12-03 10:00 60
12/3(金) 10:00 = contradiction 2026-12-03 10:00
明日(水)10時 = contradiction 2026-11-24 10:00
来週火曜(12/3)14時 = contradiction 2026-12-03 14:00
平成38年12月3日 10時 = contradiction 2026-12-03 10:00
12/3 午前13時 = contradiction 2026-12-03 13:00
今日 8時 = past
11/23 8:00 = past
2025-12-03 10:00 = past 2026-12-03 10:00
今月20日 10時 = past 2026-12-20 10:00
2/30 10時 = impossible 2027-02-28 10:00
2/29 10:00 = impossible 2027-02-28 10:00
13/1 10:00 = impossible
12/3 25時 = impossible 2026-12-04 01:00
25時 = impossible
12/3 10:75 = impossible
第6木曜 10時 = impossible
9999-12-31 24:00 = impossible
0000-01-01 10:00 = impossible
"""

NOTHING = """
こんにちは
昨日 10時に電話がありました
去年の12月3日14時
12/3は無理です
12/3 10時は厳しいです
12/1 17時までに返信ください
12/3は14時ではなく
来週もよろしくお願いします
12月3日生まれの息子です
令和8年度の計画
週2回の訪問
090-1234-5678
3/4くらいの方が参加
https://example.com/2026/12/03
2号室で3人
""".strip().splitlines()

RULES = """
毎月第3木曜14時 = FREQ=MONTHLY;BYDAY=3TH
毎月最終金曜の18時 = FREQ=MONTHLY;BYDAY=-1FR
毎月15日の10時 = FREQ=MONTHLY;BYMONTHDAY=15
毎週火曜 14時 = FREQ=WEEKLY;BYDAY=TU
every 2nd Tuesday 10am = FREQ=MONTHLY;BYDAY=2TU
第3木曜14時 = None
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split(" = ") for line in table.strip().splitlines()]


def _shown(parsed: Parsed) -> str:
    lengths = [(slot.end - slot.start) // timedelta(minutes=1) if slot.end else "" for slot in parsed.slots]
    return " | ".join(
        f"{slot.start:%Y-%m-%d %H:%M} {length}".strip() for slot, length in zip(parsed.slots, lengths, strict=True)
    )


@pytest.mark.parametrize(("written", "meant"), _rows(READ))
def test_a_date_is_read_as_it_is_meant(written: str, meant: str) -> None:
    parsed = parse(written, NOW)
    assert (_shown(parsed), parsed.question) == (meant, None)
    assert all(slot.start.tzinfo is TOKYO for slot in parsed.slots)


@pytest.mark.parametrize(("written", "why"), _rows(ASKED))
def test_what_is_unsure_is_asked_with_the_nearest_reading(written: str, why: str) -> None:
    parsed = parse(written, NOW)
    assert f"{parsed.question} {_shown(parsed)}".strip() == why
    assert parsed.doubts


@pytest.mark.parametrize("written", NOTHING)
def test_what_nobody_proposes_is_neither_read_nor_asked(written: str) -> None:
    assert parse(written, NOW) == Parsed()


@pytest.mark.parametrize(("written", "rule"), _rows(RULES))
def test_what_repeats_gives_its_next_time_and_a_rule_others_can_read(written: str, rule: str) -> None:
    (slot,) = parse(written, NOW).slots
    assert str(slot.rule) == rule
    if slot.rule:
        assert rrulestr(slot.rule, dtstart=slot.start)[0] == slot.start


def labelled() -> list[dict[str, Any]]:
    lines = (Path(__file__).parents[1] / "data" / "dates_tuning.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_tuning_half_is_read_as_labelled() -> None:
    wrong = []
    for row in labelled():
        parsed = parse(row["text"], datetime.fromisoformat(row["now"]))
        slots = [{"start": one.start.isoformat(), "end": one.end and one.end.isoformat()} for one in parsed.slots]
        if (slots, parsed.question) != (row["slots"], row["question"]):
            wrong.append(row["id"])
    assert not wrong


def test_one_line_in_doubt_leaves_the_others_clear() -> None:
    parsed = parse("12/3(木) 10:00\n12/5(日) 9:00\n12/8 14時", NOW)
    assert _shown(parsed) == "2026-12-03 10:00 | 2026-12-05 09:00 | 2026-12-08 14:00"
    assert [(doubt.text, doubt.question) for doubt in parsed.doubts] == [("12/5(日) 9:00", "contradiction")]


@pytest.mark.parametrize(
    "text", ["12/3 10:00\n" * 101, "12/3、" * 101 + "10:00", "12/3 10:00\n" * 100_000, "12/3 10:00、" * 2000]
)
def test_too_many_are_said_once(text: str) -> None:
    parsed = parse(text, NOW)
    assert len(parsed.slots) <= 100
    assert parsed.cut
    assert parsed.question == "unclear"


def test_a_moment_that_summer_time_skips_is_impossible() -> None:
    assert parse("2027-03-14 02:30", NOW.astimezone(ZoneInfo("America/New_York"))).question == "impossible"


@pytest.mark.parametrize("server", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_server_may_stand_anywhere(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(written for written, _ in _rows(READ))
    here = parse(text, NOW)
    monkeypatch.setitem(os.environ, "TZ", server)
    time.tzset()
    try:
        assert parse(text, NOW.astimezone(UTC).astimezone(TOKYO)) == here
        assert parse(text, NOW.astimezone().astimezone(TOKYO)) == here
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
