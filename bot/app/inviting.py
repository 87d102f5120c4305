"""What the operator sees of the invitations that are out, and how one is taken back."""

import sys

from bot.app.house import open_house
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store import invitations


async def list_or_revoke(settings: Settings, revoke: str) -> int:
    """revoke: the id of one, as the list names it; empty to see the list."""
    async with open_house(settings) as house:
        if revoke:
            if not await house.database.write(lambda session: invitations.revoke(session, revoke.strip().lower())):
                raise Misconfigured("--revoke", "no invitation has this id.", "yorisoi invitations lists them.")
            sys.stdout.write(house.text("cli.invitation_revoked") + "\n")
            return 0
        found = await house.database.read(lambda session: invitations.usable(session, house.clock()))
        for each in found:
            role, until = house.text(f"mydata.role.{each.role.value}"), house.text.when(each.expires)
            line = house.text("cli.invitation_line", id=each.id, role=role, uses=each.uses_left, until=until)
            sys.stdout.write(line + "\n")
        if not found:
            sys.stdout.write(house.text("cli.no_invitations") + "\n")
    return 0
