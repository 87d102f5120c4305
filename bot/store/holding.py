"""What several processes must not do past one another, held in the server's memory until the transaction ends.

A lock on a row would be noted in the row itself, where it stays: the row of a member would name the transaction that
wrote a worry, and anybody who may read the rows could join the two."""

from sqlalchemy import text

from bot.store.session import Session

_together = text("SELECT pg_advisory_xact_lock_shared(:key)")
_alone = text("SELECT pg_advisory_xact_lock(:key)")


def hold(session: Session, *what: str, alone: bool) -> None:
    """alone: waits for everybody who holds the same. Where no other process writes, there is nobody to wait for."""
    if not session.alone:
        key = int(session.keys.token("holding", *what)[:15], 16)
        session.rows(_alone if alone else _together, key=key)
