"""The key of one item: it opens the item's words and addresses, and destroying it closes them for ever."""

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from bot.chat.events import Address
from bot.chat.moments import Moment, reached
from bot.store.models import ItemKey
from bot.store.seal import Box, keyed_token
from bot.store.session import Session


class Item:
    """What can be done while the item's key exists."""

    def __init__(self, item: str, key: bytes) -> None:
        self.id = item
        self._key = key
        self._box = Box(key)

    def seal(self, text: str, part: str) -> bytes:
        return self._box.seal(text.encode(), f"{self.id}:{part}")

    def open(self, sealed: bytes, part: str) -> str:
        return self._box.open(sealed, f"{self.id}:{part}").decode()

    def seal_address(self, address: Address, part: str) -> bytes:
        return self._box.seal_address(address, f"{self.id}:{part}")

    def open_address(self, sealed: bytes, part: str) -> Address:
        if __debug__:
            reached(Moment.WAY_BACK_OPENED)
        return self._box.open_address(sealed, f"{self.id}:{part}")

    def token(self, person: Address, *, named: bool = False) -> str:
        """Recognises a person within this item and nowhere else. named: where they gave a name, which nothing links to
        what they said without one."""
        return keyed_token(self._key, "named" if named else "person", person.platform, person.space, person.channel)

    def tokens(self, person: Address) -> tuple[str, str]:
        """Both, without a name first."""
        return self.token(person), self.token(person, named=True)


_wrapped = select(ItemKey.wrapped).where(col(ItemKey.item) == bindparam("which"))


def create(session: Session, item: str) -> Item:
    key, wrapped = session.keys.new_item_key(item)
    session.insert(ItemKey, item=item, wrapped=wrapped)
    return Item(item, key)


def find(session: Session, item: str) -> Item | None:
    """None where the key was destroyed or never was."""
    wrapped = session.scalar(_wrapped, which=item)
    return Item(item, session.keys.item_key(item, wrapped)) if wrapped else None


def known(session: Session, item: str) -> Item:
    """Where the caller has just seen that its key exists."""
    found = find(session, item)
    if found is None:
        raise LookupError("the key of this item is gone")
    return found


def destroy(session: Session, item: str) -> None:
    session.run(delete(ItemKey).where(col(ItemKey.item) == item))
