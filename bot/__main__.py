"""Starts the house: the `yorisoi` command line, also as python -m bot."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.app.handbook_commands import handbook
from bot.app.typed import do as _do
from bot.app.typed import refuse as _refuse
from bot.app.typed import run as _run
from bot.app.typed import settings as _settings
from bot.app.when_command import when_is_it
from bot.chat.errors import Misconfigured
from bot.settings import read_settings

Lines = Annotated[bool, typer.Option("--jsonl", help="Read one JSON object a line and answer each; see the README.")]

cli = typer.Typer(
    name="yorisoi",
    help="Yorisoi, staying close: a chat bot for people who support hikikomori people and their families.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@cli.command()
def console(
    script: Annotated[
        Path | None, typer.Option(help="Play this scene without a terminal; - reads standard input.")
    ] = None,
) -> None:
    """A small community in one window: several people, two kinds of forms, a clock you can move."""
    from bot.app import commands

    settings = _settings(log_file=True)
    if script is None:
        _run(commands.run_console(settings))
    else:
        raise typer.Exit(_run(commands.play(settings, script)))


@cli.command()
def serve() -> None:
    """Start every platform that is configured, and say what the others lack."""
    from bot.app import commands

    raise typer.Exit(_run(commands.serve(_settings())))


@cli.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="What you would ask a colleague, in your own words.")
    ] = None,
    jsonl: Lines = False,
) -> None:
    """Ask the handbook once and print the nearest entries, or that nothing fits."""
    from bot.app import asking, commands

    _do(lambda: asking.one_or_many("ask", "QUESTION", question, jsonl))
    if question is None:
        raise typer.Exit(_run(asking.ask_lines(_settings(), sys.stdin.buffer, sys.stdout.buffer)))
    raise typer.Exit(_run(commands.ask(_settings(), question)))


@cli.command("check")
def check_words(
    words: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The text, in quotes.")] = None,
    jsonl: Lines = False,
) -> None:
    """What may tell who somebody is, in softer words, and whether anybody is in danger; nothing is kept."""
    from bot.app import asking, checking, logs

    _do(lambda: asking.one_or_many("check", "TEXT", words, jsonl))
    logs.configure("WARNING")
    if words is None:
        raise typer.Exit(_do(lambda: checking.check_lines(sys.stdin.buffer, sys.stdout.buffer)))
    text = words
    raise typer.Exit(_do(lambda: checking.check_text(read_settings(), text)))


cli.command("when")(when_is_it)


@cli.command()
def invite(
    role: Annotated[str, typer.Option(help="supporter, coordinator or operator")],
    uses: Annotated[int, typer.Option(min=1, max=10_000, help="How many people may join with it.")] = 1,
    expires: Annotated[str, typer.Option(help="For example 7d, 12h or 2w.")] = "7d",
) -> None:
    """Print a code; who sends /join CODE to the bot becomes a member."""
    from bot.app import commands

    raise typer.Exit(_run(commands.invite(_settings(), role, uses, expires)))


@cli.command()
def invitations(
    revoke: Annotated[str, typer.Option(metavar="ID", help="Take this one back, by its id in the list.")] = "",
) -> None:
    """List the invitations that still let somebody in: id, role, uses left and the last day."""
    from bot.app import inviting

    raise typer.Exit(_run(inviting.list_or_revoke(_settings(), revoke)))


@cli.command()
def acts(most: Annotated[int, typer.Option(min=1, max=100_000, help="How many lines at most.")] = 50) -> None:
    """List what coordinators did with worries, the newest first: no words, no authors, no names."""
    from bot.app import watching

    raise typer.Exit(_run(watching.list_acts(_settings(), most)))


@cli.command()
def months(
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Where to put months.png and months.csv.")
    ] = Path(),
) -> None:
    """Write the numbers of the months that are over as a picture and a table; they tell of nobody."""
    from bot.app import months as numbers

    raise typer.Exit(_run(numbers.write(_settings(), to)))


@cli.command()
def migrate(
    source: Annotated[
        str, typer.Option("--from", metavar="DATABASE", help="Where the community lives; else the one of the settings.")
    ] = "",
    target: Annotated[
        str, typer.Option("--to", metavar="DATABASE", help="An empty one: postgresql://… or sqlite:///PATH")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Give up a move that is not finished.")] = False,
) -> None:
    """Move the community into another database; what was broken off goes on when it is run again."""
    from bot.app import moving

    settings = _settings()
    source = source or settings.database
    raise typer.Exit(_do(lambda: moving.undo(settings, source) if undo else moving.migrate(settings, source, target)))


@cli.command()
def doctor() -> None:
    """Look at settings, keys, database, model and clock: what is wrong, and the exact fix."""
    from bot.app import doctor as examination

    raise typer.Exit(_run(examination.examine()))


keys_cli = typer.Typer(no_args_is_help=True, help="The key of the database: replace it, or see what it opens.")
cli.add_typer(keys_cli, name="keys")


@keys_cli.command()
def rotate(
    prepare: Annotated[
        bool,
        typer.Option("--prepare", help="Only write the fresh key beside the old one, to be copied to other machines."),
    ] = False,
) -> None:
    """Replace the key while the bot runs; after a break, the same command goes on."""
    from bot.app import rotating

    raise typer.Exit(_run(rotating.rotate(_settings(), prepare=prepare)))


@keys_cli.command()
def check() -> None:
    """Whether the key fits, a rotation is unfinished, and everything sealed opens."""
    from bot.app import key_checking

    raise typer.Exit(_run(key_checking.check(_settings())))


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, best on another disk.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Copy the database into one file, also while serving; the key is not in it."""
    from bot.app import backup as backups

    raise typer.Exit(_run(backups.backup(_settings(), file, force=force)))


@cli.command()
def restore(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A backup; it stays as it is.")] = None,
    tombstones: Annotated[
        list[Path] | None, typer.Option(help="A copy of erased.log from elsewhere; may be given again.")
    ] = None,
    without_tombstones: Annotated[
        bool, typer.Option("--without-tombstones", help="Though nobody knows what was erased since.")
    ] = False,
    apply_tombstones: Annotated[
        list[Path] | None,
        typer.Option(help="Instead of FILE: erase again, in the database as it is, what this list names."),
    ] = None,
    after_restore: Annotated[
        bool, typer.Option("--after-restore", help="With it: letters may have gone out since (after pg_restore).")
    ] = False,
) -> None:
    """Put a backup in the database's place, without what was erased after it was made."""
    from bot.app import restore as restoring

    settings = _settings()
    if file is not None and not (apply_tombstones or after_restore):
        raise typer.Exit(_run(restoring.restore(settings, file, tombstones or [], without=without_tombstones)))
    if file is None and (apply_tombstones or after_restore):
        raise typer.Exit(_run(restoring.apply(settings, apply_tombstones or [], after_restore=after_restore)))
    _refuse(Misconfigured("FILE", "name a backup, or --apply-tombstones.", "yorisoi restore FILE; see docs/backup.md"))


cli.add_typer(handbook, name="handbook")

outbox = typer.Typer(
    help="Letters that wait or were given up: look, try again, drop. No text and no address is ever shown.",
    no_args_is_help=True,
)
cli.add_typer(outbox, name="outbox")
_Id = Annotated[str, typer.Argument(metavar="ID", help="The first signs of a letter's id, from the list.")]


@outbox.command("list")
def outbox_list(
    state: Annotated[str, typer.Option(help="Only letters in this state, for example dead.")] = "",
    most: Annotated[int, typer.Option(min=1, max=100_000, help="How many lines at most.")] = 100,
) -> None:
    """The letters that have not arrived, the oldest first."""
    from bot.app import letters

    raise typer.Exit(_run(letters.show_all(_settings(), state, most)))


@outbox.command("show")
def outbox_show(letter: _Id) -> None:
    """One letter: where it goes, what it is about, how often it was tried, and why it was not taken."""
    from bot.app import letters

    raise typer.Exit(_run(letters.show_one(_settings(), letter)))


@outbox.command("retry")
def outbox_retry(
    letter: Annotated[str, typer.Argument(metavar="[ID]", help="The first signs of a letter's id.")] = "",
    every: Annotated[str, typer.Option("--all", metavar="STATE", help="Every letter in this state instead.")] = "",
) -> None:
    """Try a letter again that was given up or set aside."""
    from bot.app import letters

    raise typer.Exit(_run(letters.retry(_settings(), letter, every)))


@outbox.command("drop")
def outbox_drop(letter: _Id) -> None:
    """Take a letter out of the outbox for good; its content goes at once."""
    from bot.app import letters

    raise typer.Exit(_run(letters.drop(_settings(), letter)))


def main() -> None:
    os.umask(0o077)  # whatever is written belongs to this user alone
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli()


if __name__ == "__main__":
    main()
