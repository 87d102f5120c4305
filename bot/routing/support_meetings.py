"""支援会議: only its date is arranged here; whatever would hold its content says why it does not."""

from bot.chat.errors import Refused
from bot.store.conferences import PublicConference


def refuse_support(found: PublicConference) -> None:
    """In two lines."""
    if found.kind == "support":
        raise Refused("conference_sheet.support")
