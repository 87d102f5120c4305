"""How far each platform has been heard: one short value by name."""

from sqlalchemy import select, update
from sqlmodel import col

from bot.store.models import Meta
from bot.store.session import Session


def recall(session: Session, platform: str, name: str) -> str:
    """Nothing where nothing was kept."""
    return str(session.scalar(select(col(Meta.value)).where(col(Meta.name) == _key(platform, name))) or "")


def keep(session: Session, platform: str, name: str, value: str) -> None:
    if not session.insert_once(Meta, name=_key(platform, name), value=value):
        session.run(update(Meta).where(col(Meta.name) == _key(platform, name)).values(value=value))


def _key(platform: str, name: str) -> str:
    return f"cursor:{platform}:{name}"
