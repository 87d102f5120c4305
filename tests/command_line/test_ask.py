"""yorisoi ask --jsonl: many questions, each answered in order; a bad line is told with its number."""

import json

from tests.command_line.machine import Machine

QUESTIONS = (
    {"id": "one", "query": "ドア越しに声をかけるとき、何と言えばいい"},
    {"id": 2, "query": "パスポートの更新はどこでできますか"},
    {"id": None, "query": "The parents want me to drag him out of his room by force"},
    {"id": 4, "query": ""},
)


def test_each_question_gets_its_entries_or_an_honest_nothing(machine: Machine) -> None:
    lines = [json.dumps(each, ensure_ascii=False).encode() for each in QUESTIONS]
    done = machine.yorisoi("ask", "--jsonl", stdin=b"\n".join([lines[0], b"{", b"", *lines[1:], b'{"id": 5}']))
    given = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert "line 2: " in done.err and "line 7: " in done.err
    assert [each["id"] for each in given] == ["one", 2, None, 4]
    assert [each["answered"] for each in given] == [True, False, True, False]
    first = given[0]["results"]
    assert 1 <= len(first) <= 5
    assert set(first[0]) == {"ref", "frame", "score", "title", "source"}
    assert [each["score"] for each in first] == sorted((each["score"] for each in first), reverse=True)
    assert "item.1" in {name for each in first[:3] for name in each["frame"]}
    assert "caution.no-coercion" in given[2]["results"][0]["frame"]
