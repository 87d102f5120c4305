"""yorisoi ask --jsonl: many questions to the handbook, each answered in order, with no house behind it."""

import json
import sys
from collections.abc import Iterable
from math import isfinite
from typing import Any, BinaryIO

from bot.app.commands import prepare_encoder, tell_problem
from bot.app.house import handbook_of, warm
from bot.chat.errors import Misconfigured
from bot.knowledge.handbook import Handbook
from bot.settings import Settings

MOST = 5
DECIMALS = 4


def one_or_many(command: str, name: str, given: str | None, many: bool) -> None:
    if many == (given is not None):
        fix = f"yorisoi {command} '{name}', or --jsonl < in > out"
        raise Misconfigured(name, f"give a {name.lower()} or --jsonl.", fix)


async def ask_lines(settings: Settings, given: Iterable[bytes], answers: BinaryIO) -> int:
    """Each answer is sent at once; a bad line is told on standard error and left out, and makes it 1 in the end."""
    await prepare_encoder(settings)
    handbook = handbook_of(settings)
    await warm(handbook)
    tell_problem(handbook)
    bad = 0
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        asked = _read(line)
        if isinstance(asked, str):
            bad += 1
            sys.stderr.write(f"line {number}: {asked}\n")
            continue
        answers.write(_written(await _answer(handbook, asked)) + b"\n")
        answers.flush()
    return 1 if bad else 0


def _read(line: bytes) -> dict[str, Any] | str:
    """The question, or what is wrong with its line."""
    try:
        asked = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError):
        return "this is no JSON in UTF-8"
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str) or "id" not in asked:
        return 'expected {"id": …, "query": "…"}'
    return asked


def _number(written: str) -> float:
    """What is beyond every number would be written back as something that no other reader takes."""
    found = float(written)
    return found if isfinite(found) else _no_number(written)


def _no_number(written: str) -> float:
    raise ValueError(written)


async def _answer(handbook: Handbook, asked: dict[str, Any]) -> dict[str, Any]:
    hits = await handbook.nearest(asked["query"], MOST)
    results = [
        {
            "ref": hit.entry.id,
            "frame": list(hit.entry.frame),
            "score": round(hit.score, DECIMALS),
            "title": hit.entry.title,
            "source": hit.entry.edition,
        }
        for hit in hits
    ]
    return {"id": asked["id"], "answered": bool(results), "results": results}


def _written(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a sign in the id
        return json.dumps(answer).encode()
