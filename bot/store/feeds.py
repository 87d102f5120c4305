"""The secret addresses at which members' calendars can be read: shown once, kept as a keyed digest, ended at once."""

import re
import secrets

from sqlalchemy import bindparam, delete, select
from sqlmodel import col

from bot.store.conference_models import Feed
from bot.store.seal import same
from bot.store.session import Session

_SECRET_BYTES = 32
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)

_own = col(Feed.member) == bindparam("whose")
_behind = select(col(Feed.member), col(Feed.token)).where(col(Feed.token) == bindparam("which"))


def renew(session: Session, member_id: str) -> str:
    """A new secret; whatever this member had before leads nowhere from now on."""
    stop(session, member_id)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    session.insert(Feed, member=member_id, token=_token(session, secret))
    return secret


def stop(session: Session, member_id: str) -> None:
    """Nothing says afterwards that there was one."""
    session.run(delete(Feed).where(_own), whose=member_id)


def exists(session: Session, member_id: str) -> bool:
    return session.first(select(col(Feed.member)).where(_own), whose=member_id) is not None


def owner(session: Session, secret: str) -> str:
    """The member whose calendar this secret opens; nothing for every other word. What is looked up is a keyed digest,
    so that the time it takes tells nothing about a secret."""
    if not _SECRET.fullmatch(secret):
        return ""
    token = _token(session, secret)
    row = session.first(_behind, which=token)
    return str(row.member) if row and same(row.token, token) else ""


def _token(session: Session, secret: str) -> str:
    return session.keys.token("feed", secret)
