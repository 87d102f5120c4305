"""The calendar of working days is loaded beside the loop, before a transaction asks it."""

import asyncio

from bot.language import workdays
from bot.routing.turn import Turn


async def loaded(turn: Turn) -> None:
    """Read, think, then write: the first question takes a tenth of a second."""
    await asyncio.to_thread(workdays.is_workday, turn.now.date())
