"""`yorisoi months`: the numbers of the months that are over, as a picture and a table in a folder."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import typer

from bot.app.house import open_house
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import month_counts
from bot.views import months, pictures


async def write(settings: Settings, folder: Path) -> int:
    """Returns the exit status."""
    async with open_house(settings) as house:
        shown = months.over(await house.database.read(month_counts.every), house.clock(), house.rules)
        if not shown:
            typer.echo(house.text("community.no_months"))
            return 0
        files = {"months.png": pictures.months(house.text, shown), "months.csv": months.table(house.text, shown)}
        await asyncio.to_thread(_put_down, folder, files)
        typer.echo(house.text("community.written", folder=folder))
        return 0


def _put_down(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        problem = f"cannot write there ({type(error).__name__})."
        raise Misconfigured("--to", problem, "name a folder that is yours.") from None
