"""Whether an error is the database's own: a full disk, a lost server, a lock; then no event is to blame for it."""

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, PendingRollbackError

_OUR_MISTAKE = 1
"""SQLITE_ERROR: a statement that is wrong, and would be at every try."""


def is_the_databases(error: BaseException) -> bool:
    if isinstance(error, OperationalError):
        return getattr(error.orig, "sqlite_errorcode", None) != _OUR_MISTAKE
    return isinstance(error, InterfaceError | InternalError | PendingRollbackError)
