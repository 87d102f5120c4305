"""What a letter is, and how it is packed into its sealed row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.chat.events import Address
from bot.chat.messages import Message
from bot.store.packing import address_to_list, message_from_dict, message_to_dict, pack, unpack
from bot.store.seal import UNREADABLE
from bot.store.session import Session


@dataclass(frozen=True, slots=True)
class Letter:
    """key: unique; putting the same key twice keeps the first.
    again: worth sending twice when nobody can tell whether it arrived.
    lasting: later letters will stand under it or take its place.
    under, replacing: the key of such an earlier letter.
    alone: stands in no order with other letters and shares no lane with them. A notice about a worry must: a lane
    it shared with another letter would tell, without the key, that both go to the same person."""

    key: str
    address: Address
    message: Message
    not_before: datetime
    expires: datetime | None = None
    again: bool = True
    lasting: bool = False
    under: str = ""
    replacing: str = ""
    alone: bool = False


def packed(letter: Letter) -> bytes:
    return pack(
        {
            "key": letter.key,
            "address": address_to_list(letter.address),
            "message": message_to_dict(letter.message),
            "not_before": letter.not_before.isoformat(),
            "expires": letter.expires and letter.expires.isoformat(),
            "again": letter.again,
            "lasting": letter.lasting,
            "under": letter.under,
            "replacing": letter.replacing,
            "alone": letter.alone,
        }
    )


def _unpack(packed: bytes) -> Letter:
    value: dict[str, Any] = unpack(packed)
    value["address"] = Address(*value["address"])
    value["message"] = message_from_dict(value["message"])
    value["not_before"] = datetime.fromisoformat(value["not_before"])
    value["expires"] = value["expires"] and datetime.fromisoformat(value["expires"])
    return Letter(**value)


def opened(session: Session, row: Any) -> Letter:
    """Raises one of UNREADABLE."""
    return _unpack(session.keys.box.open(row.letter, row.token))


def goes_to(session: Session, row: Any, address: Address) -> bool:
    """Whether it can be read, and is for this chat, whatever the thread."""
    try:
        found = opened(session, row).address
    except UNREADABLE:
        return False
    return (found.platform, found.space, found.channel) == (address.platform, address.space, address.channel)
