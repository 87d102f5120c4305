"""What whoever runs the server is shown while it serves, and what is refused for everybody else's sake."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog

from bot.app.house import House
from bot.app.vitals import Vitals
from bot.app.web import open_pages
from bot.chat.errors import Misconfigured
from bot.settings import Settings

log = structlog.get_logger()


def refuse_debug(settings: Settings) -> None:
    if settings.log_level == "DEBUG" and settings.mode == "production":
        raise Misconfigured(
            "YORISOI_LOG_LEVEL",
            "DEBUG is for development, and people write to this bot.",
            "set it to INFO, or YORISOI_MODE=development where nobody real writes.",
        )


@asynccontextmanager
async def open_operators_pages(house: House) -> AsyncIterator[None]:
    """The operators' pages. Where nobody chose their port and another program has it, people are served without."""
    settings, vitals = house.settings, Vitals(house)
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(open_pages(vitals.pages, settings.ops_host, settings.ops_port))
        except Misconfigured as taken:
            if settings.ops_port_is_chosen:
                raise
            log.warning("operators' pages not opened", error=taken.setting)
        yield
