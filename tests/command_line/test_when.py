"""yorisoi when: which days and times a text proposes, with nothing stored and nothing needed."""

import io
import json
from pathlib import Path
from typing import Any

from bot.app import when
from tests.command_line.machine import ILL, REFUSED, WELL, Machine

NOW = "2026-11-24T10:00:00+09:00"


def read(*lines: bytes) -> tuple[int, list[dict[str, Any]], str]:
    answers, complaints = io.BytesIO(), io.StringIO()
    code = when.read_lines(lines, answers, complaints)
    return code, [json.loads(line) for line in answers.getvalue().splitlines()], complaints.getvalue()


def asked(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_every_line_is_answered_in_order() -> None:
    code, given, complaints = read(
        asked(id=1, text="令和8年12月3日 午後2時〜4時", now=NOW),
        b"\n",
        b"\xef\xbb\xbf" + asked(id="二", text="12/3(月) 14時", now=NOW),
        asked(id=None, text="こんにちは", now=NOW),
    )
    at = "2026-12-03T{}:00:00+09:00"
    assert (code, complaints) == (0, "")
    assert given == [
        {"id": 1, "slots": [{"start": at.format(14), "end": at.format(16)}], "question": None},
        {"id": "二", "slots": [{"start": at.format(14), "end": None}], "question": "contradiction"},
        {"id": None, "slots": [], "question": None},
    ]


def test_a_bad_line_is_told_by_its_number_and_the_rest_is_answered() -> None:
    bad = [b"{", b"\xff", b"[]", asked(id=1), asked(text="a"), asked(id=1, text=2), b"[" * 100_000]
    bad += [asked(id=1, text="a", now=now) for now in ("soon", 5, "2026-11-24T10:00:00", "2026-13-24")]
    code, given, complaints = read(*bad, asked(id=2, text="明日10時", now=NOW))
    assert code == 1
    assert [answer["id"] for answer in given] == [2]
    assert [line.split(":")[0] for line in complaints.splitlines()] == [f"line {n}" for n in range(1, len(bad) + 1)]


def test_the_last_moments_of_the_calendar_are_seen_from_without_a_fall() -> None:
    days = ("9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:00")
    texts = (
        "明日10時",
        "第3木曜14時",
        "来週火曜10時",
        "12/3 10時",
        "3日後の9時",
        "2時間後",
        "31日の10時",
        "来月5日10時",
    )
    code, given, complaints = read(*(asked(id=0, text=text, now=now) for now in days for text in texts))
    assert (code, len(given), complaints) == (0, len(days) * len(texts), "")


def test_the_command_in_words_in_lines_and_refused(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "data")
    done = machine.yorisoi("when", "毎月第3木曜14時", "--now", NOW)
    assert (done.code, done.err) == (WELL, "")
    assert "2026-12-17T14:00:00+09:00" in done.out
    assert "FREQ=MONTHLY;BYDAY=3TH" in done.out
    lines = machine.yorisoi("when", "--jsonl", stdin=asked(id=1, text="a", now=NOW) + b"\n{")
    assert (lines.code, len(lines.out.splitlines()), lines.err[:6]) == (ILL, 1, "line 2")
    for words in (("when",), ("when", "a", "--jsonl"), ("when", "a", "--now", "soon")):
        refused = machine.yorisoi(*words)
        assert refused.code == REFUSED
        assert "fix:" in refused.err
