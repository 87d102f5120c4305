"""What the bot sees in a text, details and danger; for one text, or for many lines, with no house behind it."""

import json
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

from bot.language import danger, details, softening
from bot.settings import Settings
from bot.views.text import Text


def check_text(settings: Settings, written: str) -> int:
    """Each detail with its softer wording, and the level of danger."""
    text = Text(settings.language, settings.zone)
    found = details.find(written)
    lines = [
        text(
            "cli.checking.hit", kind=text(f"cli.checking.kind.{change.kind.value}"), was=change.before, now=change.after
        )
        for change in softening.soften(written, found, text.language).changes
    ]
    level = text(f"cli.checking.level.{danger.level(written).value}")
    lines = [*(lines or [text("cli.checking.nothing")]), text("cli.checking.danger", level=level)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def check_lines(given: Iterable[bytes], answers: BinaryIO) -> int:
    """One answer a line, in order, each sent at once; a bad line is answered too, and the rest goes on."""
    for line in given:
        if line.strip():
            answers.write(_written(_answer(line)) + b"\n")
            answers.flush()
    return 0


def _answer(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {"id": None, "error": "this line is no JSON in UTF-8"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str) or "id" not in asked:
        return {"id": None, "error": 'expected {"id": …, "text": "…"}'}
    text = asked["text"]
    spans = [[span.start, span.end, span.kind.value] for span in details.find(text)]
    return {"id": asked["id"], "spans": spans, "level": danger.level(text).value}


def _written(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a sign in the id
        return json.dumps(answer).encode()
