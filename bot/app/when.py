"""Which days and times a text proposes; for one text, or for many lines, with no house behind it."""

import json
import sys
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any, BinaryIO, TextIO

from bot.language import dates
from bot.settings import Settings
from bot.views.text import Text


def seen_from(now: str, zone: tzinfo) -> datetime:
    """The moment written, in its own offset or else in this zone; now when nothing is. ValueError for no moment."""
    if not now:
        return datetime.now(zone)
    moment = datetime.fromisoformat(now)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def read_text(settings: Settings, written: str, now: datetime) -> int:
    """Each time a line, and then what must be asked back."""
    text = Text(settings.language, settings.zone)
    parsed = dates.parse(written, now)
    lines = []
    for slot in parsed.slots:
        start, end = slot.start.isoformat(), slot.end.isoformat() if slot.end else ""
        lines.append(text("cli.when.until", start=start, end=end) if end else text("cli.when.slot", start=start))
        if slot.rule:
            lines.append(text("cli.when.rule", rule=slot.rule))
    lines += [text(f"cli.when.question.{doubt.question}", text=doubt.text) for doubt in parsed.doubts]
    sys.stdout.write("\n".join(lines or [text("cli.when.nothing")]) + "\n")
    return 0


def read_lines(given: Iterable[bytes], answers: BinaryIO, complaints: TextIO) -> int:
    """One answer a line, in order, each sent at once; a bad line is told by its number, and the rest goes on."""
    worst = 0
    for number, line in enumerate(given, 1):
        if not line.strip():
            continue
        try:
            answer = _answer(line)
        except (ValueError, RecursionError, OverflowError) as reason:
            complaints.write(f"line {number}: {_told(reason)}\n")
            worst = 1
            continue
        answers.write(_written(answer) + b"\n")
        answers.flush()
    return worst


class _Bad(ValueError):
    """A line that asks nothing, and what it should be."""


def _told(reason: Exception) -> str:
    return str(reason) if isinstance(reason, _Bad) else "this line is no JSON in UTF-8"


def _answer(line: bytes) -> dict[str, Any]:
    asked = json.loads(line.decode("utf-8-sig"))
    if not isinstance(asked, dict) or "id" not in asked or not isinstance(asked.get("text"), str):
        raise _Bad('expected {"id": …, "text": "…", "now": "…"}')
    try:
        now = datetime.fromisoformat(asked["now"]) if asked.get("now") is not None else datetime.now().astimezone()
        known = now.utcoffset() is not None
    except (TypeError, ValueError):
        known = False
    if not known:
        raise _Bad('"now" is a moment with its offset, for example 2026-11-24T10:00:00+09:00')
    parsed = dates.parse(asked["text"], now)
    slots = [{"start": slot.start.isoformat(), "end": slot.end and slot.end.isoformat()} for slot in parsed.slots]
    return {"id": asked["id"], "slots": slots, "question": parsed.question}


def _written(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a sign in the id
        return json.dumps(answer).encode()
