"""Handbooks in the layouts that such documents have: every point with its words whole, on its page."""

from collections.abc import Callable

import pytest

from bot.knowledge.documents.reading import read
from bot.knowledge.documents.shape import Document
from tests.knowledge.documents.printing import BODY, LEFT, WIDTH, Sheet, printed

KNOCK = (
    "玄関先で短く名のり、返事がなくても急がず、手紙だけを置いて帰る日があってもかまいません。次に来る日だけを伝えます。"
)
LISTEN = "家族の話を先に聞きます。正しさを決めるためではなく、これまで続けてきたことをねぎらうために聞きます。"
REST = "支える人も休みます。ひとりで抱えた週は、同僚に三分だけ話す時間をもらいましょう。"


def bodies(document: Document) -> dict[str, str]:
    """The words of each point, without the places where they were broken."""
    found: dict[str, str] = {}
    for each in document.passages:
        found[each.point] = found.get(each.point, "") + each.body.replace("\n", "")
    return found


def pages(document: Document) -> dict[str, str]:
    return {each.point: each.page for each in reversed(document.passages)}


def test_one_column_with_headings_by_size() -> None:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "寄り添う訪問の手引き", 22)
        page.put(LEFT, 130, "はじめの一歩", 15)
        page.put(LEFT, 165, "ポイント1　玄関先で急がない", 12.5)
        y = page.filled(LEFT, 190, KNOCK, 40)
        page.put(LEFT, y + 20, "ポイント2　家族をねぎらう", 12.5)
        page.filled(LEFT, y + 45, LISTEN, 40)

    document = read("a.pdf", printed(sheet))
    assert document.title == "寄り添う訪問の手引き"
    assert bodies(document) == {"ポイント1": KNOCK, "ポイント2": LISTEN}
    assert [each.heading for each in document.passages] == [
        "はじめの一歩 › ポイント1　玄関先で急がない",
        "はじめの一歩 › ポイント2　家族をねぎらう",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "第1章　出会うまで", 16)
        y = page.lines(LEFT, 130, ["ポイント3　玄関先で急がない"])
        page.filled(LEFT, y, KNOCK * 2, 20)
        y = page.lines(LEFT + 240, 130, ["ポイント4　家族をねぎらう"])
        page.filled(LEFT + 240, y, LISTEN * 2, 20)

    document = read("a.pdf", printed(sheet))
    assert bodies(document) == {"ポイント3": KNOCK * 2, "ポイント4": LISTEN * 2}
    assert all(each.heading.startswith("第1章　出会うまで › ") for each in document.passages)


def test_boxes_beside_one_another_keep_their_words_to_themselves() -> None:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "窓口の役わり", 16)
        page.box(LEFT, 120, 200, 150)
        page.box(LEFT + 240, 112, 200, 150)
        page.filled(
            LEFT + 10, 145, "市町村では、はじめて相談に来た人の話をゆっくり聞き、必要なところへつなぎます。", 16
        )
        page.filled(
            LEFT + 250, 137, "県のセンターでは、市町村の人が困ったときの相談を受け、いっしょに訪問もします。", 16
        )

    text = "".join(each.body for each in read("a.pdf", printed(sheet)).passages).replace("\n", "")
    assert "はじめて相談に来た人の話をゆっくり聞き、必要なところへつなぎます。" in text
    assert "市町村の人が困ったときの相談を受け、いっしょに訪問もします。" in text


def test_rows_of_a_table_stay_together() -> None:
    rows = (
        ("時期", "すること"),
        ("出会う前", "家族の話を聞き、手紙を預ける"),
        ("出会った後", "次に会う日を本人と決める"),
        ("半年後", "目標をいっしょに見直す"),
    )

    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "支援の流れ", 16)
        for number, (when, what) in enumerate(rows):
            page.put(LEFT, 130 + number * 22, when)
            page.put(LEFT + 110, 130 + number * 22, what)

    (passage,) = read("a.pdf", printed(sheet)).passages
    lines = passage.body.split("\n")
    assert [line.split("　") for line in lines] == [list(row) for row in rows]


def numbered_page(number: int, point: str, words: str) -> Callable[[Sheet], None]:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 40, "ひきこもり支援の手引き 令和8年版", 8)
        page.put(LEFT, 110, point, 13)
        page.filled(LEFT, 140, words, 40)
        page.put(WIDTH / 2, 815, f"- {number} -", 8)

    return sheet


def test_running_heads_go_and_page_numbers_are_kept() -> None:
    points = [f"ポイント{number}　見出しその{'一二三四五'[number - 1]}" for number in range(1, 6)]
    sheets = [numbered_page(10 + place, point, KNOCK) for place, point in enumerate(points, start=1)]
    document = read("a.pdf", printed(*sheets))
    assert document.pages == 5
    assert pages(document) == {f"ポイント{number}": str(10 + number) for number in range(1, 6)}
    assert set(bodies(document).values()) == {KNOCK}
    assert "令和8年版" not in "".join(each.body + each.heading for each in document.passages)


def test_the_readings_of_ruby_do_not_stand_in_the_text() -> None:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "第2章　聞く", 16)
        page.put(LEFT + BODY * 2, 121, "けいちょう", 5)
        page.filled(LEFT, 132, "まず傾聴から始めます。話をさえぎらずに待つことが、次の一歩になります。", 36)

    (passage,) = read("a.pdf", printed(sheet)).passages
    assert passage.body == "まず傾聴から始めます。話をさえぎらずに待つことが、次の一歩になります。"


def test_a_point_goes_on_over_the_page_and_stands_where_it_began() -> None:
    long = KNOCK + LISTEN + REST

    def first(page: Sheet) -> None:
        page.put(LEFT, 700, "（１）玄関先で急がない")
        page.filled(LEFT, 725, long[:80], 40)

    def second(page: Sheet) -> None:
        y = page.filled(LEFT, 100, long[80:], 40)
        page.put(LEFT, y + 20, "（２）家族をねぎらう")
        page.filled(LEFT, y + 45, LISTEN, 40)

    document = read("a.pdf", printed(first, second))
    assert bodies(document) == {"（１）": long, "（２）": LISTEN}
    assert pages(document) == {"（１）": "1", "（２）": "2"}


def test_items_of_a_list_stay_apart_and_belong_to_their_point() -> None:
    items = ["・名刺", "・手紙と封筒", "・地図", "①電話をする", "②日を決める", "③記録を残す"]

    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "ポイント7　持ちもの", 13)
        page.lines(LEFT, 110, items)

    document = read("a.pdf", printed(sheet))
    assert [each.point for each in document.passages] == ["ポイント7"]
    assert document.passages[0].body.split("\n") == items


def test_words_of_other_languages_keep_their_spaces() -> None:
    def sheet(page: Sheet) -> None:
        page.put(LEFT, 80, "Point 1  Motivational interviewing", 13)
        page.lines(
            LEFT,
            110,
            [
                "OARS means open questions, affirmations, re-",
                "flections and summaries: ask, then listen and",
                "wait. LINEやメールでも同じです。",
            ],
        )

    (passage,) = read("a.pdf", printed(sheet)).passages
    assert passage.point == "Point 1"
    assert "open questions, affirmations, reflections and summaries: ask, then listen and wait." in passage.body
    assert "LINEやメールでも同じです。" in passage.body


@pytest.mark.parametrize("columns", [1, 2])
def test_a_word_written_downwards_is_a_word(columns: int) -> None:
    def sheet(page: Sheet) -> None:
        page.lines(LEFT, 200, list("段階的な充実"), 12)
        for column in range(columns):
            page.filled(LEFT + 60 + 200 * column, 200, REST, 14)

    text = "".join(each.body for each in read("a.pdf", printed(sheet)).passages).replace("\n", "")
    assert "段階的な充実" in text
    assert text.count(REST) == columns
