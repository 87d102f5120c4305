"""Telegram keeps what nobody hears for a day; what is lost beyond it is told before anything newer is taken."""

import structlog

from bot.adapters.telegram.arrival import PLATFORM
from bot.adapters.telegram.progress import Progress
from bot.adapters.telegram.wire import Wire
from bot.chat.events import Address, Event, News

log = structlog.get_logger()


async def told(progress: Progress, wire: Wire) -> bool:
    """True where nothing is lost, or it is noted that something is; else it is not yet time to note that we hear."""
    since = progress.silent_since()
    if since is None:
        return True
    log.error("updates of more than a day are lost", platform=PLATFORM)
    news = News("gap", since.isoformat())
    return await wire.tell(Event(f"gap:{since.isoformat()}", "", Address(PLATFORM), True, False, progress.now(), news))
