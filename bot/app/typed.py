"""What every command of the command line begins and ends with: the settings, and errors in plain words."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn, TypeVar

import typer

from bot.chat.errors import Misconfigured
from bot.settings import Settings, read_settings

T = TypeVar("T")


def settings(*, log_file: bool = False) -> Settings:
    from bot.app.keys import prepare_data_dir
    from bot.app.logs import configure

    try:
        found = read_settings()
        prepare_data_dir(found.data_dir)
        configure(found.log_level, found.data_dir / "yorisoi.log" if log_file else None)
    except Misconfigured as error:
        refuse(error)
    return found


def run(work: Coroutine[Any, Any, T]) -> T:
    return do(lambda: asyncio.run(work))


def do(work: Callable[[], T]) -> T:
    try:
        return work()
    except Misconfigured as error:
        refuse(error)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def refuse(error: Misconfigured) -> NoReturn:
    typer.echo(f"yorisoi: {error.setting}: {error.problem}\n  fix: {error.fix}", err=True)
    raise typer.Exit(2) from None
