"""Looks through people's words before anyone keeps them: what identifies somebody, and signs of danger."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.chat.errors import Refused
from bot.chat.messages import Field, Form
from bot.knowledge import hotlines
from bot.language import danger
from bot.language.danger import Level
from bot.language.spans import Kind, Span
from bot.routing.checking import check
from bot.routing.turn import Turn

if TYPE_CHECKING:
    from bot.language.narrowing import Narrowing
    from bot.language.softening import Softened

T = TypeVar("T")

Changes = tuple[tuple[str, str], ...]
"""What was said, and what is said instead."""

log = structlog.get_logger()

_reader = ThreadPoolExecutor(1, thread_name_prefix="reading")
"""One, because reading takes a core to itself; never the event loop, which everybody waits for."""


async def warm() -> None:
    await _read(_warm_details)
    await _read(danger.warm)


def _warm_details() -> None:
    # a quarter of a second to import, which no process should pay for that reads nobody's words
    from bot.language import details, narrowing, softening  # noqa: F401

    details.warm()


async def may_be_kept(turn: Turn, form: Form, answers: Mapping[str, str]) -> tuple[dict[str, str], Changes]:
    """The answers without what identifies somebody: nothing else of them may reach a row."""
    kept: dict[str, str] = {}
    changed: Changes = ()
    for field in form.fields:
        words = answers.get(field.name, "")
        kept[field.name], changes = await softened(turn, field, words)
        changed += changes
    return kept, changed


def looked_through(field: Field) -> Field:
    """A question to the handbook is searched for as it was typed; where it waits in a row, it waits like all else."""
    return replace(field, checked=True) if field.kind == "paragraph" else field


async def softened(turn: Turn, field: Field, words: str) -> tuple[str, Changes]:
    """One answer, in words that identify nobody. Refused where nobody can tell whether they do."""
    if not field.checked or not words:
        return words, ()
    if _is_too_long(field, words):  # refused for that in any case; so much of it is shown again
        words = words[: field.limit * 2]
    try:
        found = await _read(lambda: _soften(words, turn.text.language, _today(turn)))
    except Exception as error:
        log.error("details not looked for", error=type(error).__name__)
        raise Refused("details.unchecked") from error
    return found.text, tuple((change.before, change.after) for change in found.changes)


def _is_too_long(field: Field, words: str) -> bool:
    try:
        check(field, words)
    except Refused as refused:
        return refused.key == "forms.too_long"
    return False


async def narrows(turn: Turn, words: str) -> "Narrowing | None":
    """A combination that could mean only one person; a failure here only costs a warning."""
    try:
        return await _read(lambda: _narrowing(words, turn.text.language, _today(turn)))
    except Exception as error:
        log.error("details not looked for", error=type(error).__name__)
        return None


async def level(words: str) -> Level:
    """Signs of danger; a detector that fails is one (reliability.md, 2.2)."""
    try:
        return await _read(lambda: danger.level(words))
    except Exception as error:
        log.error("danger not looked for", error=type(error).__name__)
        return Level.SELF_RISK


async def sign_in(said: Iterable[str]) -> str:
    """The level of the first that shows danger; nothing where none does."""
    for words in said:
        if words and (found := await level(words)) != Level.NONE:
            return found.value
    return ""


def _soften(words: str, language: str, today: date) -> "Softened":
    from bot.language import softening

    return softening.soften_until_clean(words, _find, language, today=today)


def _narrowing(words: str, language: str, today: date) -> "Narrowing | None":
    from bot.language import narrowing

    return narrowing.narrowing(words, language=language, today=today)


def _find(words: str) -> list[Span]:
    """Without the numbers everybody may call: who is on duty must be able to say where."""
    lines = hotlines.at_hand()
    from bot.language import details

    found = details.find(words)
    return [span for span in found if span.kind != Kind.PHONE or not lines.names(words[span.start : span.end])]


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.rules.zone).date()


async def _read(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_reader, work)
