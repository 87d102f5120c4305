"""Monthly numbers tell nothing that is too small to be told, not even by subtraction, and are a picture and a table."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.store.rules import Rules
from bot.views import months, pictures
from bot.views.months import COLUMNS, SMALL, Month, over
from bot.views.text import Text

TOKYO = ZoneInfo("Asia/Tokyo")
JA = Text("ja", TOKYO)
NOW = datetime(2026, 11, 24, tzinfo=UTC)

COUNTS = st.fixed_dictionaries({name: st.integers(0, 30) for name in COLUMNS})


def shown(counts: Mapping[str, int]) -> Month:
    (month,) = over({"2026-10": counts}, NOW, Rules())
    return month


@given(COUNTS)
def test_no_small_number_is_shown_nor_told_by_taking_one_from_another(counts: Mapping[str, int]) -> None:
    told = dict(zip(COLUMNS, shown(counts).counts, strict=True))
    for name, count in told.items():
        assert count is None or count == counts[name]
        assert count is None or not 0 < count < SMALL
    nested = [told[name] for name in ("shared", "answered", "answered_in_time")]
    seen = [count for count in nested if count is not None]
    assert not any(0 < abs(one - other) < SMALL for one in seen for other in seen)


def test_a_month_that_is_not_over_is_not_shown() -> None:
    counts = {"shared": 20}
    assert [month.name for month in over({"2026-10": counts, "2026-11": counts}, NOW, Rules())] == ["2026-10"]
    new_year = datetime(2026, 10, 31, 15, 30, tzinfo=UTC)  # 1 November in Tokyo
    assert [month.name for month in over({"2026-10": counts}, new_year, Rules())] == ["2026-10"]
    before = datetime(2026, 10, 31, 14, 30, tzinfo=UTC)
    assert over({"2026-10": counts}, before, Rules()) == []


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    table = months.table(JA, [shown({"shared": 20, "answered": 3})])
    assert table.startswith(b"\xef\xbb\xbf"), "without it Excel takes Japanese for something else"
    head, row = csv.reader(io.StringIO(table.decode("utf-8-sig")))
    assert head[:2] == ["月", "届いた悩み"]
    assert row[:3] == ["2026-10", "20", "－"]
    assert not any(cell.startswith(("=", "+", "@", "\t", "-")) for cell in (*head, *row))


def test_the_picture_is_one_and_knows_no_place_it_was_made() -> None:
    picture = pictures.months(JA, [shown({"shared": 20, "answered": 3}), shown({})])
    image = Image.open(io.BytesIO(picture))
    assert image.format == "PNG"
    assert image.size[0] > 900
    assert image.info.keys() <= {"dpi"}
