"""How exactly a moment may be kept."""

from datetime import datetime


def to_the_hour(moment: datetime) -> datetime:
    """The hour is enough, and tells less."""
    return moment.replace(minute=0, second=0, microsecond=0)
