"""What the columns of a table of points are called, in small letters."""

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "point": ("ポイント", "番号", "no", "no.", "ポイント番号", "項番", "point", "number", "id", "通し番号"),
    "chapter": ("章", "分類", "カテゴリ", "カテゴリー", "項目", "区分", "大項目", "chapter", "category", "item", "節"),
    "heading": (
        "見出し",
        "タイトル",
        "題名",
        "表題",
        "件名",
        "質問",
        "中項目",
        "小項目",
        "heading",
        "title",
        "question",
    ),
    "page": ("ページ", "頁", "page", "掲載ページ"),
    "body": ("本文", "内容", "説明", "回答", "解説", "文章", "body", "text", "content", "answer", "description"),
}
