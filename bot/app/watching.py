"""What the operator sees of the coordinators' work: the same lines that coordinators see of one another."""

import sys

from bot.app.house import open_house
from bot.settings import Settings
from bot.store import acts
from bot.views.cards import moderation


async def list_acts(settings: Settings, most: int) -> int:
    async with open_house(settings) as house:
        found = await house.database.read(lambda session: acts.latest(session, most))
        lines = [moderation.act_line(house.text, each) for each in found] or [house.text("moderation.no_acts")]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0
