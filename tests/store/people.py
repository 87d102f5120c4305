"""The people, the key and the moment that the store's tests speak of."""

from datetime import timedelta

from bot.chat.events import Address
from bot.store.seal import Keys
from tests.world import START

MASTER = bytes(range(32))
KEYS = Keys(MASTER)
NOW = START
LATER = NOW + timedelta(hours=1)

HANA = Address("telegram", "", "user-hanako")
KEN = Address("slack", "team", "user-kenjiro")
MIO = Address("slack", "team", "user-mioko")
