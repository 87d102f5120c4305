"""When the house lived, when each platform was heard, and up to when a gap has been told: moments, to the minute."""

from datetime import datetime

from bot.store import cursors
from bot.store.session import Session

_HOUSE = "house"


def live(session: Session, now: datetime) -> None:
    _keep(session, "alive", now)


def lived(session: Session) -> datetime | None:
    """The last sign of life, of this process or of one before it."""
    return _recall(session, "alive")


def tick(session: Session, now: datetime) -> None:
    """By the one process that keeps the time."""
    _keep(session, "ticked", now)


def ticked(session: Session) -> datetime | None:
    return _recall(session, "ticked")


def hear(session: Session, platform: str, now: datetime) -> None:
    _keep(session, f"heard {platform}", now)


def heard(session: Session, platform: str) -> datetime | None:
    return _recall(session, f"heard {platform}")


def tell(session: Session, platform: str, until: datetime, *, loss: bool) -> None:
    """Coordinators know of every gap of this platform that began before this. loss: also that something may be lost."""
    _keep(session, f"told {platform}", until)
    if loss:
        _keep(session, f"told loss {platform}", until)


def is_told(session: Session, platform: str, since: datetime, *, loss: bool) -> bool:
    told = _recall(session, f"told loss {platform}" if loss else f"told {platform}")
    return told is not None and since < told


def _keep(session: Session, name: str, moment: datetime) -> None:
    cursors.keep(session, _HOUSE, name, moment.replace(second=0, microsecond=0).isoformat())


def _recall(session: Session, name: str) -> datetime | None:
    written = cursors.recall(session, _HOUSE, name)
    return datetime.fromisoformat(written) if written else None
