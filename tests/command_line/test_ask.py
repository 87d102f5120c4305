"""yorisoi ask --jsonl: many questions, each answered in order; a bad line is told with its number."""

import io
import json
from pathlib import Path

import pytest

from bot.app import asking
from bot.knowledge.embedding import Embedder, HashEmbedder
from bot.knowledge.errors import KnowledgeUnavailable
from bot.knowledge.handbook import Handbook
from bot.settings import Settings
from tests.command_line.machine import Machine

QUESTIONS = (
    {"id": "one", "query": "ドア越しに声をかけるとき、何と言えばいい"},
    {"id": 2, "query": "パスポートの更新はどこでできますか"},
    {"id": None, "query": "The parents want me to drag him out of his room by force"},
    {"id": 4, "query": ""},
)

BAD = (b'{"id": 5}', b'{"id": NaN, "query": "a"}', b'{"id": -1e999, "query": "a"}')


def test_each_question_gets_its_entries_or_an_honest_nothing(machine: Machine) -> None:
    lines = [json.dumps(each, ensure_ascii=False).encode() for each in QUESTIONS]
    done = machine.yorisoi("ask", "--jsonl", stdin=b"\n".join([lines[0], b"{", b"", *lines[1:], *BAD]))
    given = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert "line 2: " in done.err and all(f"line {number}: " in done.err for number in range(7, 7 + len(BAD)))
    assert [each["id"] for each in given] == ["one", 2, None, 4]
    assert [each["answered"] for each in given] == [True, False, True, False]
    first = given[0]["results"]
    assert 1 <= len(first) <= 5
    assert set(first[0]) == {"ref", "frame", "score", "title", "source"}
    assert [each["score"] for each in first] == sorted((each["score"] for each in first), reverse=True)
    assert "item.1" in {name for each in first[:3] for name in each["frame"]}
    assert "caution.no-coercion" in given[2]["results"][0]["frame"]


async def test_who_measures_a_model_hears_that_it_was_not_this_one_that_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> Embedder:
        raise KnowledgeUnavailable("It is not there.", "Bring it.")

    async def ready(_: Settings) -> None: ...

    monkeypatch.setattr(asking, "prepare_encoder", ready)
    monkeypatch.setattr(asking, "handbook_of", lambda _: Handbook(tmp_path, HashEmbedder, missing))
    answers = io.BytesIO()
    assert await asking.ask_lines(Settings(), [b'{"id": 1, "query": "a"}'], answers) == 0
    assert json.loads(answers.getvalue())["answered"] is False
    assert "It is not there." in capsys.readouterr().err
