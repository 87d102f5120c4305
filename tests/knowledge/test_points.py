"""The handbook's files are read whole, or refused with the place of the mistake."""

import re
from pathlib import Path

import pytest

from bot.knowledge.errors import HandbookError
from bot.knowledge.handbook import BUNDLED, outside
from bot.knowledge.points import FRAME, load

TOP = 'language = "ja"\nedition = "試し"\n'


def entry(entry_id: str, **changes: str) -> str:
    keys = {
        "id": f'"{entry_id}"',
        "kind": '"card"',
        "title": '"題"',
        "summary": '"要約"',
        "body": '"本文"',
        "related": "[]",
        "questions": '["問い"]',
        **changes,
    }
    return "\n[[entry]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items() if value)


def write(folder: Path, text: str, name: str = "own.ja.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    entries = load(write(tmp_path, TOP + entry("b", related='["a"]') + entry("a")), "ja")
    assert [found.id for found in entries] == ["b", "a"]
    assert entries[0].related == ("a",)
    assert entries[0].questions == ("問い",)
    assert {found.edition for found in entries} == {"試し"}


def test_entries_may_point_into_another_file_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, TOP + entry("a"), "one.ja.toml")
    write(tmp_path, TOP + entry("b", related='["a"]'), "two.ja.toml")
    assert [found.id for found in load(tmp_path, "ja")] == ["a", "b"]


def test_a_language_without_a_file_has_no_entries(tmp_path: Path) -> None:
    assert load(write(tmp_path, TOP + entry("a")), "en") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TOP + entry("a") + entry("a"), ["own.ja.toml", "line 13", "entry a", "already used"]),
        (TOP + entry("a") + entry("b", title=""), ["line 13", "entry b", "title is missing"]),
        (TOP + entry("a", body='"  "'), ["line 4", "entry a", "body", "not empty"]),
        (TOP + entry("a", questions='["よい", ""]'), ["line 4", "entry a", "questions"]),
        (TOP + entry("a", related='"b"'), ["line 4", "entry a", "related must be a list"]),
        (TOP + entry("a", related='["nowhere"]'), ["line 4", "entry a", "unknown ids: nowhere"]),
        (TOP + entry("a", titel='"題"'), ["line 4", "entry a", "unknown key titel"]),
        (TOP + entry("a", id=""), ["line 4", "(no id)", "id is missing"]),
        ('edition = "試し"\n' + entry("a"), ["own.ja.toml", 'language must be "ja"']),
        ('language = "ja"\n' + entry("a"), ["own.ja.toml", "edition is missing"]),
        (TOP, ["own.ja.toml", "no [[entry]]"]),
        (TOP + "\n[[entry]\n", ["own.ja.toml", "line 4"]),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(HandbookError) as told:
        load(write(tmp_path, text), "ja")
    for word in words:
        assert word in str(told.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.ja.toml").write_bytes((TOP + entry("a")).encode("shift_jis"))
    with pytest.raises(HandbookError, match=r"own\.ja\.toml"):
        load(tmp_path, "ja")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_bundled_handbook_is_good(language: str) -> None:
    entries = load(BUNDLED, language)
    assert entries
    assert outside(language)


def test_both_languages_have_the_same_frame_and_cards() -> None:
    ours = ("note", "situation")
    shapes = [
        [(entry.id, entry.kind) for entry in load(BUNDLED, language) if entry.kind not in ours]
        for language in ("ja", "en")
    ]
    assert shapes[0] == shapes[1]


def test_there_is_something_under_every_part_of_the_frame() -> None:
    entries = load(BUNDLED, "ja")
    assert {entry.id for entry in entries} >= set(FRAME)
    notes = [entry for entry in entries if entry.kind == "note"]
    for number in range(1, 8):
        assert sum(f"item.{number}" in note.frame for note in notes) >= 12
    assert sum(entry.kind == "situation" for entry in entries) >= 11
    assert all(len(entry.questions) >= 12 and entry.frame for entry in entries if entry.kind != "card")


def test_what_is_ours_says_so_and_numbers_no_point() -> None:
    for entry in load(BUNDLED, "ja"):
        assert not re.search(r"ポイント\s*\d", "".join((entry.title, entry.summary, entry.body))), entry.id
        if entry.kind in ("note", "situation"):
            assert "このボットの言葉・公式本文ではありません" in entry.edition
