"""yorisoi check: one text or many lines, answered in order, with nothing stored and nothing needed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.language import danger, details
from tests.command_line.machine import REFUSED, WELL, Machine

WORRY = "担当の佐藤さんから090-1234-5678に電話がありました"


def answers(machine: Machine, *lines: bytes) -> list[dict[str, Any]]:
    done = machine.yorisoi("check", "--jsonl", stdin=b"\n".join(lines))
    assert (done.code, done.err) == (WELL, "")
    assert not machine.data.exists(), "nothing is needed and nothing is made"
    return [json.loads(line) for line in done.out.splitlines()]


def asked(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_every_line_is_answered_in_order_and_its_id_is_handed_back(tmp_path: Path) -> None:
    ids: list[Any] = [1, "二", None, {"set": ["a", 2.5]}, True, "🌱"]
    given = answers(Machine(tmp_path / "data"), *(asked(id=each, text=WORRY) for each in ids))
    assert [each["id"] for each in given] == ids
    assert [WORRY[start:end] for start, end, _ in given[0]["spans"]] == ["佐藤", "090-1234-5678"]
    assert {tuple(each) for each in given} == {("id", "spans", "level")}
    assert given[0]["spans"] == [[each.start, each.end, each.kind.value] for each in details.find(WORRY)]
    assert given[0]["level"] == danger.level(WORRY).value


def test_a_bad_line_is_told_and_the_rest_is_answered(tmp_path: Path) -> None:
    bad = [b"{", b"\xff\xfe", b"[]", b'"a"', asked(id=1), asked(text="a"), asked(id=1, text=2), b"[" * 100_000]
    given = answers(Machine(tmp_path / "data"), asked(id=1, text="a"), *bad, b"", b"  ", asked(id=2, text=""))
    assert [each["id"] for each in given] == [1, *[None] * len(bad), 2]
    assert all(set(each) == {"id", "error"} for each in given[1:-1])


def test_half_signs_and_marks_of_order_do_no_harm(tmp_path: Path) -> None:
    given = answers(
        Machine(tmp_path / "data"),
        b"\xef\xbb\xbf" + asked(id="first", text="a"),
        b'{"id": "\\ud800", "text": "\\udfff\\u0000 \\ud800"}\r',
    )
    assert [each["id"] for each in given] == ["first", "\ud800"]


def test_an_answer_comes_before_the_next_question_is_asked(tmp_path: Path) -> None:
    settings = {**os.environ, "YORISOI_DATA_DIR": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "check", "--jsonl"], env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin and running.stdout
        for each in range(2):
            running.stdin.write(asked(id=each, text=WORRY) + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == each
        running.stdin.close()
        assert running.wait(timeout=60) == WELL


def test_one_text_is_told_in_words(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "data")
    done = machine.yorisoi("check", WORRY)
    assert done.code == WELL
    assert "名前: 佐藤さん → Aさん" in done.out and "電話: 090-1234-5678 →" in done.out
    assert "危険のしるし: " in done.out
    assert "Signs of danger" in machine.yorisoi("check", "a spring day", settings={"LANGUAGE": "en"}).out
    assert not machine.data.exists()


@pytest.mark.parametrize("words", [(), (WORRY, "--jsonl")], ids=["nothing", "both"])
def test_one_text_or_many_lines_but_not_both(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = Machine(tmp_path / "data").yorisoi("check", *words)
    assert done.code == REFUSED
    assert "yorisoi check 'TEXT'" in done.err
