"""Nothing that stands under the key is forgotten when it is replaced."""

from collections import Counter

from sqlalchemy import Column, LargeBinary
from sqlmodel import SQLModel

from bot.store.keyed import SEALED, SEALED_BY_ITEM, TOKENS, TOKENS_BY_ITEM, key_of, table_of
from bot.store.models import Table

NAMES_OF_TOKENS = ("token", "owner", "lane")
"""How a column is called that Keys.token fills; a tombstone's subject is one for some kinds only."""


def is_token(column: Column[object]) -> bool:
    return column.name.endswith(NAMES_OF_TOKENS)


def columns_where(wanted: object) -> set[str]:
    return {str(column) for table in Table.metadata.sorted_tables for column in table.columns if wanted(column)}  # type: ignore[operator]


def named(lists: dict[type[SQLModel], tuple[str, ...]]) -> list[str]:
    return [f"{table_of(model).name}.{name}" for model, names in lists.items() for name in names]


def test_every_token_is_turned_or_keyed_with_an_items_own_key() -> None:
    listed = [*named(dict(TOKENS)), *named(dict(TOKENS_BY_ITEM))]
    assert max(Counter(listed).values()) == 1
    assert set(listed) == columns_where(is_token) | {"tombstone.subject"}, "a new column belongs in bot/store/keyed.py"


def test_every_sealed_column_is_sealed_anew_or_with_an_items_own_key() -> None:
    listed = [f"{sealed.table.name}.{sealed.column}" for sealed in (*SEALED, *SEALED_BY_ITEM)]
    assert max(Counter(listed).values()) == 1
    sealed = columns_where(lambda column: isinstance(column.type, LargeBinary))
    assert set(listed) == sealed, "a new column belongs in bot/store/keyed.py"


def test_what_is_sealed_to_a_token_is_known_to_be() -> None:
    bound = {f"{sealed.table.name}.{sealed.column}" for sealed in SEALED if sealed.bound}
    assert bound == {"inbox.event", "outbox.letter", "outbox.reference"}


def test_rows_under_the_key_are_named_by_one_column() -> None:
    for model in {*TOKENS, *(sealed.model for sealed in (*SEALED, *SEALED_BY_ITEM))}:
        assert key_of(table_of(model)).name
