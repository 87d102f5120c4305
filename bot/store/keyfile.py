"""The key file: read only where it is whole and closed to others, replaced in one step."""

import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path

from nacl.utils import random

from bot.chat.errors import Misconfigured
from bot.store.seal import KEY_BYTES, Keys, token_key

SETTING = "YORISOI_KEY_FILE"


@dataclass(frozen=True, slots=True)
class Ring:
    """What the file holds. First line: the master key. tokens: the token keys of the generations before, oldest
    first. old: the master key before this one, only while a rotation is under way."""

    master: bytes = field(repr=False)
    tokens: tuple[bytes, ...] = field(default=(), repr=False)
    old: bytes | None = field(default=None, repr=False)

    def keys(self) -> Keys:
        return Keys(self.master, self.tokens, self.old)

    def turned(self) -> "Ring":
        """With a fresh master key, and this one kept for what it sealed."""
        return Ring(random(KEY_BYTES), (*self.tokens, token_key(self.master)), self.master)

    def finished(self) -> "Ring":
        return replace(self, old=None)

    def text(self) -> str:
        lines = [self.master.hex(), *(f"tokens {key.hex()}" for key in self.tokens)]
        return "\n".join([*lines, *([f"old {self.old.hex()}"] if self.old else [])]) + "\n"


def _parsed(text: str) -> Ring:
    """Raises ValueError where this is no key file."""
    first, *rest = text.strip().split("\n")
    named = [line.strip().partition(" ") for line in rest]
    if not {name for name, _, _ in named} <= {"tokens", "old"}:
        raise ValueError("an unknown line")
    tokens = [_key(value) for name, _, value in named if name == "tokens"]
    olds = [_key(value) for name, _, value in named if name == "old"]
    if len(olds) > 1 or (olds and tokens[-1:] != [token_key(olds[0])]):
        raise ValueError("the keys do not belong together")
    return Ring(_key(first), tuple(tokens), olds[0] if olds else None)


def _key(written: str) -> bytes:
    key = bytes.fromhex(written)
    if len(key) != KEY_BYTES:
        raise ValueError("a key of another length")
    return key


def read_keys(path: Path) -> Keys:
    """The keys in this file. Raises Misconfigured with the fix when it cannot be used."""
    return read_ring(path).keys()


def read_ring(path: Path) -> Ring:
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii")
    except FileNotFoundError:
        raise Misconfigured(
            SETTING, f"{path} is missing.", "put the key file of this database back; it is never made anew."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            SETTING, f"{path} cannot be read ({type(error).__name__}).", "check its owner and contents."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise Misconfigured(SETTING, f"others may read {path}.", f"chmod 600 {path}")
    try:
        return _parsed(text)
    except ValueError:
        raise Misconfigured(
            SETTING, f"{path} holds no key (64 hexadecimal digits).", "put the right file back."
        ) from None


def create_keys(path: Path) -> Keys:
    """Writes a new key, readable by its owner alone, and never over an existing file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, Ring(random(KEY_BYTES)))
    return read_keys(path)


def replace_ring(path: Path, ring: Ring) -> None:
    """Whoever reads the file meanwhile, or after a power cut, finds the old ring or the new one, whole.

    It stays its owner's, even where root writes it: the running bot must be able to read it. Raises OSError."""
    real = path.resolve()  # a link stays a link
    owner = real.stat()
    fresh = real.with_name(f"{real.name}.new")
    fresh.unlink(missing_ok=True)  # what a crash left
    _write(fresh, ring, owner)
    fresh.replace(real)
    folder = os.open(real.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, ring: Ring, owner: os.stat_result | None = None) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            if owner and (owner.st_uid, owner.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(handle, owner.st_uid, owner.st_gid)
            file.write(ring.text())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()  # half a key opens nothing and would stand in the way of a whole one
        raise
