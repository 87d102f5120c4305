"""Finds the key of a database, or makes one where there is no database yet."""

from pathlib import Path

from bot.chat.errors import Misconfigured
from bot.settings import Settings
from bot.store.seal import Keys, create_keys, read_keys

_SQLITE = "sqlite:///"


def open_keys(settings: Settings) -> Keys:
    """A missing key beside an existing database is refused, never made anew: it would open nothing."""
    prepare_data_dir(settings.data_dir)
    if not settings.key.exists() and not database_exists(settings):
        try:
            return create_keys(settings.key)
        except OSError as error:
            raise Misconfigured(
                "YORISOI_KEY_FILE", f"cannot be written ({type(error).__name__}).", f"make {settings.key.parent} writable."
            ) from None
    return read_keys(settings.key)


def prepare_data_dir(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Misconfigured(
            "YORISOI_DATA_DIR", f"{folder} cannot be used ({type(error).__name__}).", "make it a folder this user may write to."
        ) from None


def database_exists(settings: Settings) -> bool:
    """For SQLite, whether its file is there with anything in it. A server is asked later, by its fingerprint."""
    if not settings.database.startswith(_SQLITE):
        return False
    file = Path(settings.database.removeprefix(_SQLITE))
    return file.exists() and file.stat().st_size > 0
