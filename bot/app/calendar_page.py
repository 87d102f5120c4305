"""The calendars that members subscribed to: one page for each secret, and the same nothing for every other word."""

import asyncio
from datetime import timedelta

from bot.app.house import House
from bot.chat.web import Response
from bot.store import feeds, meetings, members
from bot.store.meetings import Meeting
from bot.store.session import Session
from bot.views import calendar

PREFIX, ENDING = "/calendar/", ".ics"

KEPT = timedelta(days=28)
"""So long after its date a meeting still stands there, held or cancelled: a calendar that looks seldom learns of it."""

AT_ONCE = 4
"""However many ask, people who write to the bot are not kept waiting."""

HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class CalendarPage:
    def __init__(self, house: House) -> None:
        self._house, self._places = house, asyncio.Semaphore(AT_ONCE)

    async def find(self, name: str) -> Response | None:
        """None where no calendar has this name."""
        if not name.endswith(ENDING):
            return None
        async with self._places:
            now, secret = self._house.clock(), name.removesuffix(ENDING)

            def look(session: Session) -> tuple[str, list[Meeting]] | None:
                member = feeds.owner(session, secret)
                known = members.recipient(session, member) if member else None
                return (known.language, meetings.of(session, member, now - KEPT)) if known else None

            found = await self._house.database.read(look)
            if found is None:
                return None
            text = self._house.text.speaking(found[0])
            return Response(200, await asyncio.to_thread(calendar.subscribed, text, found[1], now), HEADERS)
