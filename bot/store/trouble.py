"""Whether an error is the database's own: a full disk, a lost server, a lock; then no event is to blame for it."""

import sqlite3

import psycopg
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, PendingRollbackError

_OUR_MISTAKE = 1
"""SQLITE_ERROR: a statement that is wrong, and would be at every try."""


_NO_EVENTS_FAULT = (InterfaceError, InternalError, PendingRollbackError, sqlite3.Error, psycopg.Error)
"""A driver's own error comes only from the writer's savepoints: a neighbour in the batch broke the transaction."""


def is_the_databases(error: BaseException) -> bool:
    if isinstance(error, OperationalError):
        return getattr(error.orig, "sqlite_errorcode", None) != _OUR_MISTAKE
    return isinstance(error, _NO_EVENTS_FAULT)
