"""Whoever runs the bot learns that the numbers it shows should be looked at again, or cannot be read."""

from datetime import datetime

import structlog

from bot.chat.errors import Misconfigured
from bot.knowledge import hotlines
from bot.knowledge.errors import HotlinesError
from bot.knowledge.hotlines import JAPAN, WARN_AFTER
from bot.settings import Settings

log = structlog.get_logger()


def look_at_hotlines(settings: Settings) -> str:  # noqa: ARG001
    """For the examination: how many lines are shown."""
    check(datetime.now(JAPAN))
    return str(len(hotlines.bundled().shown))


def check(now: datetime) -> None:
    """Raises Misconfigured, naming the entries."""
    try:
        found = hotlines.bundled()
    except HotlinesError as error:
        raise Misconfigured("hotlines", f"{error}.", "correct this entry in bot/knowledge/hotlines.toml.") from None
    if old := found.older_than(WARN_AFTER, now.astimezone(JAPAN).date()):
        raise Misconfigured(
            "hotlines",
            f"the sources of {', '.join(old)} were last looked at more than {WARN_AFTER.days} days ago.",
            "read them again, then write verified_on and verified_by in bot/knowledge/hotlines.toml.",
        )


def warn(now: datetime) -> None:
    """At the start: the house opens all the same, for 119 and 110 are shown whatever the file says."""
    try:
        found = hotlines.bundled()
    except HotlinesError:
        log.error("hotlines not readable")
        return
    if old := found.older_than(WARN_AFTER, now.astimezone(JAPAN).date()):
        log.warning("hotlines should be looked at again", count=len(old))
