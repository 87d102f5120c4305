"""Sealed return addresses, keyed tokens, and keys of single items that can be destroyed."""

import hashlib
import hmac
import json
import os
import stat
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.exceptions import CryptoError
from nacl.hash import blake2b
from nacl.secret import Aead
from nacl.utils import random

from bot.chat.errors import Misconfigured
from bot.chat.events import Address

KEY_BYTES = 32
_ADDRESS_BYTES = 256
"""Addresses are filled up to a multiple of this, so that their size tells neither platform nor person."""


class WrongKey(Exception):
    """A sealed value does not open with this key, or not in this place."""


class Box:
    """Seals bytes to the place they stand in: a value moved to another row does not open."""

    def __init__(self, key: bytes) -> None:
        self._aead = Aead(key)

    def seal(self, plain: bytes, place: str) -> bytes:
        return bytes(self._aead.encrypt(plain, place.encode()))

    def open(self, sealed: bytes, place: str) -> bytes:
        try:
            return self._aead.decrypt(sealed, place.encode())
        except (CryptoError, ValueError) as error:
            raise WrongKey(place) from error

    def seal_address(self, address: Address, place: str) -> bytes:
        return self.seal(pack_address(address), place)

    def open_address(self, sealed: bytes, place: str) -> Address:
        return unpack_address(self.open(sealed, place))


def pack_address(address: Address) -> bytes:
    parts = [address.platform, address.space, address.channel, address.thread]
    packed = _bytes(parts)
    return packed.ljust(-(-len(packed) // _ADDRESS_BYTES) * _ADDRESS_BYTES)


def unpack_address(packed: bytes) -> Address:
    return Address(*json.loads(packed))


class Keys:
    """Everything derived from the one key that lives outside the database and its backups."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise ValueError(f"the key must have {KEY_BYTES} bytes")
        self._tokens = self._derive(master, b"tokens")
        self.box = Box(self._derive(master, b"box"))

    @staticmethod
    def _derive(master: bytes, purpose: bytes) -> bytes:
        return blake2b(b"", digest_size=KEY_BYTES, key=master, person=purpose, encoder=RawEncoder)

    def token(self, purpose: str, *parts: str) -> str:
        """A keyed digest (128 bit, hex): equal only for equal parts under the same purpose."""
        return keyed_token(self._tokens, purpose, *parts)

    def fingerprint(self) -> str:
        """Tells whether a database belongs to this key, and nothing else."""
        return self.token("fingerprint")

    def new_item_key(self, item: str) -> tuple[bytes, bytes]:
        """A fresh key for one item, plain and wrapped; destroying the wrapped row destroys the item."""
        key = random(KEY_BYTES)
        return key, self.box.seal(key, f"item:{item}")

    def item_key(self, item: str, wrapped: bytes) -> bytes:
        return self.box.open(wrapped, f"item:{item}")


def keyed_token(key: bytes, purpose: str, *parts: str) -> str:
    """By the standard library: the same digest as libsodium's at a ninth of the time, several times an event."""
    return hashlib.blake2b(_bytes([purpose, *parts]), digest_size=16, key=key).hexdigest()


def _bytes(parts: list[str]) -> bytes:
    """Different for different parts, whatever they hold: a platform may send even a lone surrogate."""
    return json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")


def same(left: str, right: str) -> bool:
    """Compares tokens in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def read_keys(path: Path) -> Keys:
    """The keys in this file. Raises Misconfigured with the fix when it cannot be used."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        raise Misconfigured(
            "YORISOI_KEY_FILE", f"{path} is missing.", "put the key file of this database back; it is never made anew."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            "YORISOI_KEY_FILE", f"{path} cannot be read ({type(error).__name__}).", "check its owner and contents."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise Misconfigured("YORISOI_KEY_FILE", f"others may read {path}.", f"chmod 600 {path}")
    try:
        return Keys(bytes.fromhex(text))
    except ValueError:
        raise Misconfigured(
            "YORISOI_KEY_FILE", f"{path} holds no key (64 hexadecimal digits).", "put the right file back."
        ) from None


def create_keys(path: Path) -> Keys:
    """Writes a new key, readable by its owner alone, and never over an existing file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(random(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()  # half a key opens nothing and would stand in the way of a whole one
        raise
    return read_keys(path)
