"""What helps to propose times: usual ones, lines that are read back as the same, and the words by which it begins."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.language import conference_wish, danger, dates, dates_lines, typical_times, workdays
from bot.language.danger import Level
from bot.language.only_times import only_times
from tests.source import ROOT

TOKYO = ZoneInfo("Asia/Tokyo")
DATA = ROOT / "tests" / "data"


def lines_of(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("pattern", typical_times.PATTERNS, ids=lambda pattern: pattern.name)
def test_usual_times_are_working_days_still_to_come_on_every_day_of_the_year(
    pattern: typical_times.Pattern,
) -> None:
    for number in range(366):
        now = datetime(2026, 11, 24, 23, 59, tzinfo=TOKYO) + timedelta(days=number)
        found = typical_times.moments(pattern, now)
        assert len(found) == len(set(found)) == pattern.number
        assert all(each > now and workdays.is_workday(each.date()) for each in found)
        assert all(
            each.weekday() in pattern.weekdays and each.timetz().replace(tzinfo=None) == pattern.at for each in found
        )


def test_they_skip_the_turn_of_the_year() -> None:
    now = datetime(2026, 12, 21, 9, tzinfo=TOKYO)
    days = [each.date() for each in typical_times.moments(typical_times.PATTERNS[1], now)]
    assert days == [date(2026, 12, 28), *(date(2027, 1, day) for day in range(4, 8))]


def test_what_is_offered_is_read_back_as_the_same() -> None:
    offered = 0
    for name in ("dates_tuning", "dates_judged"):
        for each in lines_of(DATA / f"{name}.jsonl"):
            now = datetime.fromisoformat(each["now"])
            slots = dates.parse(each["text"], now).slots
            for locale in ("ja", "en"):
                if written := dates_lines.readable(slots, now, locale):
                    again = dates.parse(written, now)
                    assert [(slot.start, slot.end) for slot in again.slots] == [
                        (each.start, each.end) for each in slots
                    ]
                    assert again.question is None
                    offered += 1
    assert offered > 500


WANTED = (
    "事例検討会をやりたい", "事例検討会をやりたいです。", "来月、事例検討会をひらきたい", "ケース会議がしたい",
    "事例検討会をやりたいのですが…", "支援会議の日程調整をお願いします",
    "検討会の日程を決めたい", "I'd like to hold a case conference", "Let's plan a support meeting",
)  # fmt: skip
NOT_WANTED = (
    "事例検討会とは", "事例検討会のやり方を知りたい", "本人と支援会議をしたい",
    "支援会議への情報提供に係る本人同意の取得方法",
    "事例検討会をやりたいのですが、何から始めればいいですか",
    "検討会", "How do I hold a case conference?", "会議が長い",
)  # fmt: skip


def test_who_wants_one_is_told_from_who_asks_about_it() -> None:
    assert [words for words in WANTED if not conference_wish.wants(words)] == []
    assert [words for words in NOT_WANTED if conference_wish.wants(words)] == []
    asked = [each["query"] for each in lines_of(DATA / "handbook_tuning.jsonl")]
    assert len(asked) > 100
    assert [words for words in asked if conference_wish.wants(words)] == []
    named = ("事例検討会", "支援会議。", "Case conference", "ケース会議")
    assert all(conference_wish.names(words) and not conference_wish.wants(words) for words in named)


def test_a_list_of_times_shows_no_danger_and_nothing_else_is_such_a_list() -> None:
    times = (
        "12月3日(木) 14時から\n12月4日(金) 10時から\n来週の火曜 9時半",
        "12月4日(金) 10時から",
        "12/3 14:00, 12/4 10 am",
    )
    for words in times:
        assert only_times(words), words
        assert danger.level(words) == Level.NONE, words
    for words in (
        "12月4日に死にたい",
        "3日から食べていない",
        "14時に飛び降りる",
        "死",
        "",
        "。",
        "から",
        "12/4 10:00 kill",
    ):
        assert not only_times(words), words
    known = [each["text"] for each in lines_of(DATA / "danger_tuning.jsonl")]
    assert len(known) > 100
    assert [words for words in known if only_times(words)] == []
    assert danger.level("12月4日 10時から死にたい") != Level.NONE
    assert not only_times("12月 " * 20_000 + "!"), "in no time"
