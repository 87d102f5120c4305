"""`yorisoi handbook …`: the editions of the centre's own handbook."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app.typed import run, settings

handbook = typer.Typer(
    no_args_is_help=True, help="The centre's own handbook: import a file, compare, publish, go back, remove."
)
_Edition = Annotated[str, typer.Argument(metavar="EDITION", help="An edition's id, from the list.")]


@handbook.command("import")
def take_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, DOCX, Markdown, plain text or CSV.")],
    title: Annotated[str, typer.Option(help="What the edition is called; else what the document says.")] = "",
) -> None:
    """Read a file into a draft and show what was found; nobody finds it before it is published."""
    from bot.app import editions

    raise typer.Exit(run(editions.take_in(settings(), file, title)))


@handbook.command("list")
def show_all() -> None:
    """Every edition: its state, how many pages and points, and when it came."""
    from bot.app import editions

    raise typer.Exit(run(editions.show_all(settings())))


@handbook.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="An edition's id, from the list.")],
    second: Annotated[str, typer.Argument(metavar="[B]", help="Another one; else the one that answers now.")] = "",
) -> None:
    """What is new, gone and changed in edition A compared with B."""
    from bot.app import editions

    raise typer.Exit(run(editions.compare(settings(), first, second)))


@handbook.command()
def publish(edition: _Edition) -> None:
    """From now on this edition answers; the one before rests, and what was cited of it can still be read."""
    from bot.app import editions

    raise typer.Exit(run(editions.publish(settings(), edition)))


@handbook.command()
def rollback() -> None:
    """The edition that answered before does so again."""
    from bot.app import editions

    raise typer.Exit(run(editions.roll_back(settings())))


@handbook.command()
def remove(
    edition: _Edition,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Also its words; what was cited of it can be read no more.")
    ] = False,
) -> None:
    """Take an edition away; it can answer no more."""
    from bot.app import editions

    raise typer.Exit(run(editions.remove(settings(), edition, for_good=for_good)))
