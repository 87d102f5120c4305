"""Numbers that a database gives by itself: after a move they go on behind the last one that was ever given."""

from sqlalchemy import Connection, Table, func, select, text


def go_on(ours: Connection, theirs: Connection, table: Table) -> None:
    column = table.autoincrement_column
    if column is not None and (last := _last(ours, table, column.name)):
        _set(theirs, table, column.name, last)


def _last(connection: Connection, table: Table, column: str) -> int:
    """Also where its row is gone since."""
    if connection.dialect.name == "postgresql":
        given = "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:table, :column) AS regclass))"
    else:
        given = "SELECT seq FROM sqlite_sequence WHERE name = :table AND :column <> ''"
    number = connection.execute(text(given), {"table": table.name, "column": column}).scalar()
    highest = connection.execute(select(func.max(table.c[column]))).scalar()
    return max(number or 0, highest or 0)


def _set(connection: Connection, table: Table, column: str, last: int) -> None:
    values = {"table": table.name, "column": column, "last": last}
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), values)
        return
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table.name})
    connection.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), {"table": table.name, "last": last}
    )
