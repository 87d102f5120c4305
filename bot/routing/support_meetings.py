"""A statutory meeting: only its date is arranged here, and it says why wherever more is asked for."""

from bot.chat.errors import Refused
from bot.store.conferences import PublicConference


def refuse_support(found: PublicConference) -> None:
    """Refused, with the reason in two lines."""
    if found.kind == "support":
        raise Refused("conference_meeting.support")
