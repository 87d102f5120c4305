"""The key of a database is found or, where there is no database yet, made; never made anew."""

import stat
from pathlib import Path

import pytest

from bot.app.keys import open_keys
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store.database import Database


def started(folder: Path) -> Settings:
    """A house that ran once."""
    settings = Settings(data_dir=folder / "data")
    Database(settings.database, open_keys(settings)).close()
    return settings


def test_the_first_start_makes_a_key_and_the_second_finds_it(tmp_path: Path) -> None:
    settings = started(tmp_path)
    assert stat.S_IMODE(settings.key.stat().st_mode) == 0o600
    before = settings.key.read_bytes()
    Database(settings.database, open_keys(settings)).close()
    assert settings.key.read_bytes() == before
    assert {each.name for each in settings.data_dir.iterdir()} == {"yorisoi.db", "yorisoi.key"}


def test_a_lost_key_is_refused_and_never_made_anew(tmp_path: Path) -> None:
    settings = started(tmp_path)
    precious, before = settings.key.read_bytes(), (settings.data_dir / "yorisoi.db").read_bytes()
    settings.key.unlink()
    for _ in range(2):
        with pytest.raises(Misconfigured) as refused:
            open_keys(settings)
        assert refused.value.setting == "YORISOI_KEY_FILE"
        assert refused.value.fix == "put the key file of this database back; it is never made anew."
        assert not settings.key.exists()
    settings.key.write_bytes(precious)
    settings.key.chmod(0o600)
    Database(settings.database, open_keys(settings)).close()
    assert (settings.data_dir / "yorisoi.db").read_bytes() == before


def test_a_key_outside_the_data_folder_is_used(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "safe" / "the.key")
    made = open_keys(settings)
    assert open_keys(settings).fingerprint() == made.fingerprint()
    assert not list((tmp_path / "data").iterdir())


def test_a_data_folder_that_cannot_be_is_refused_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way")
    with pytest.raises(Misconfigured) as refused:
        open_keys(Settings(data_dir=tmp_path / "data"))
    assert (refused.value.setting, refused.value.fix) == (
        "YORISOI_DATA_DIR",
        "make it a folder this user may write to.",
    )


def test_a_key_that_cannot_be_written_is_refused_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "safe").write_text("a file stands in the way")
    with pytest.raises(Misconfigured) as refused:
        open_keys(Settings(data_dir=tmp_path / "data", key_file=tmp_path / "safe" / "the.key"))
    assert (refused.value.setting, refused.value.fix) == ("YORISOI_KEY_FILE", f"make {tmp_path / 'safe'} writable.")
