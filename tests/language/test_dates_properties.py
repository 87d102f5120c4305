"""What holds for every date anybody may write: nothing falls, nothing is past, a printed date is read back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import parse, say

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TOKYO)

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
    parsed = parse(printed(moment), NOW)
    assert ([slot.start for slot in parsed.slots], parsed.question) == ([moment], None)


@settings(deadline=None)
@given(SOON, st.integers(1, 600))
def test_a_length_is_the_same_however_it_is_written(moment: datetime, minutes: int) -> None:
    written, end = f"{moment:%Y-%m-%d %H:%M}", moment + timedelta(minutes=minutes)
    said = parse(f"{written} {minutes}分", NOW)
    assert [(slot.start, slot.end) for slot in said.slots] == [(moment, end)]
    if end.date() == moment.date():
        ranged = parse(f"{written}〜{end:%H:%M}", NOW)
        assert [(slot.start, slot.end) for slot in ranged.slots] == [(moment, end)]


@settings(deadline=None)
@given(SOON, st.integers(1, 6))
def test_a_contradiction_is_never_guessed(moment: datetime, off: int) -> None:
    weekday = "月火水木金土日"[(moment.weekday() + off) % 7]
    parsed = parse(f"{moment.year}年{moment.month}月{moment.day}日({weekday}) {moment:%H:%M}", NOW)
    assert (parsed.question, [slot.start for slot in parsed.slots]) == ("contradiction", [moment])


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
def test_any_text_is_read_without_a_fall_and_no_slot_is_past(text: str) -> None:
    parsed = parse(text, NOW)
    assert all(slot.start > NOW and slot.start.tzinfo is TOKYO for slot in parsed.slots)
    assert all(slot.end is None or slot.end > slot.start for slot in parsed.slots)
    assert (parsed.question is not None) == bool(parsed.doubts or parsed.cut)


@settings(deadline=None)
@given(WRITINGS, st.timezones())
def test_any_zone_is_seen_from_without_a_fall(text: str, zone: ZoneInfo) -> None:
    parse(text, NOW.astimezone(zone))
