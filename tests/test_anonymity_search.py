"""The search for people and their words: it finds what was planted, however it was written down."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.anonymity import Canaries, found, found_in_files

WORDS = "親御さんばかりがお話しになります。"
CANARIES = Canaries(frozenset({"U0HANA77", "kenjiro"}), frozenset({WORDS}))
HIDDEN = {
    "plain": WORDS.encode(),
    "a piece": WORDS[4:9].encode(),
    "utf-16": WORDS[2:8].encode("utf-16-le"),
    "json": json.dumps(WORDS).encode(),
    "percent": quote(WORDS).encode(),
    "hex": WORDS.encode().hex().encode(),
    "base64": base64.b64encode(WORDS.encode()),
    "base64, shifted": base64.b64encode(b"x" + WORDS.encode()),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_words_are_found_however_they_are_written(way: str) -> None:
    assert found(b"\x00\x17" + HIDDEN[way] + b"\xff", CANARIES) == [WORDS]


@pytest.mark.parametrize(
    "content", [b"by U0HANA77.", b"by u0hana77", b"U0HANA77".hex().encode(), base64.b64encode(b"U0HANA77 wrote this")]
)
def test_people_are_found_however_they_are_written(content: bytes) -> None:
    assert found(content, CANARIES) == ["U0HANA77"]


def test_nothing_is_found_where_nothing_is() -> None:
    assert found("訪問しても会えません。".encode() + bytes(range(256)), CANARIES) == []


def test_files_are_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "yorisoi.log").write_text("kenjiro")
    (tmp_path / "clean").write_text("nothing")
    assert found_in_files(sorted(tmp_path.iterdir()), CANARIES) == ["yorisoi.log: kenjiro"]
