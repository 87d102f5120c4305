"""How long things are kept is a setting with bounds; a wrong one is named, with its fix."""

from datetime import timedelta

import pytest

from bot.app.house import retention_of, rules_of
from bot.chat.errors import Misconfigured
from bot.settings import Settings, read_settings
from bot.store.retention import Retention

KEPT = ("WORRIES", "CONFERENCES", "TOMBSTONES")


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*KEPT, "SHEETS"):
        monkeypatch.delenv(f"YORISOI_KEEP_{name}_DAYS", raising=False)


def test_the_defaults_are_those_of_the_store() -> None:
    assert retention_of(Settings()) == Retention()


@pytest.mark.parametrize("name", KEPT)
def test_each_is_kept_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"YORISOI_KEEP_{name}_DAYS", "45")
    kept = retention_of(read_settings())
    assert getattr(kept, name.lower()) == timedelta(days=45)
    assert [kept.worries, kept.conferences, kept.tombstones].count(timedelta(days=45)) == 1


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("value", ["0", "29", "-1", "3651", "1e9", "forever", "３０日"])
def test_what_makes_no_sense_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"YORISOI_KEEP_{name}_DAYS", value)
    with pytest.raises(Misconfigured, match=rf"YORISOI_KEEP_{name}_DAYS.*deploy/env\.example"):
        read_settings()


def test_a_case_sheet_is_kept_for_a_day_to_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever reads it is told so: the rules say the same as the store."""
    for value in ("0", "366"):
        monkeypatch.setenv("YORISOI_KEEP_SHEETS_DAYS", value)
        with pytest.raises(Misconfigured, match="YORISOI_KEEP_SHEETS_DAYS"):
            read_settings()
    for days in (1, 365):
        monkeypatch.setenv("YORISOI_KEEP_SHEETS_DAYS", str(days))
        settings = read_settings()
        assert retention_of(settings).sheets == rules_of(settings).keep_sheets == timedelta(days=days)
