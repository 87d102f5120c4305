"""The command `when`: what of it is typed and refused, before anything heavy is loaded."""

import sys
from typing import Annotated

import typer

from bot.app.typed import do, refuse
from bot.chat.errors import Misconfigured
from bot.settings import read_settings


def when_is_it(
    words: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The text, in quotes.")] = None,
    now: Annotated[str, typer.Option(metavar="ISO", help="As if it were then, with its offset.")] = "",
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='Read lines {"id": …, "text": "…", "now": "…"} and answer each with its slots.'),
    ] = False,
) -> None:
    """Which days and times a text proposes, and what must be asked back; nothing is kept."""
    from bot.app import when

    if jsonl == (words is not None):
        refuse(Misconfigured("TEXT", "give a text or --jsonl.", "yorisoi when 'TEXT', or --jsonl < in > out"))
    if words is None:
        raise typer.Exit(do(lambda: when.read_lines(sys.stdin.buffer, sys.stdout.buffer, sys.stderr)))
    text, settings = words, read_settings()
    try:
        moment = when.seen_from(now, settings.zone)
    except ValueError:
        refuse(Misconfigured("--now", "this is no moment.", "for example 2026-11-24T10:00:00+09:00"))
    raise typer.Exit(do(lambda: when.read_text(settings, text, moment)))
