"""Pictures sent together come as one message each; they are one thing somebody did, and get one answer."""

from collections import OrderedDict

from bot.adapters.telegram.arrival import Arrival

MOST = 200
"""Albums remembered; the messages of one come together."""


class Albums:
    def __init__(self) -> None:
        self._first: OrderedDict[tuple[str, str], int] = OrderedDict()

    def is_first(self, arrival: Arrival) -> bool:
        """Also where the first of an album comes again; true for whatever stands in none."""
        if not arrival.album:
            return True
        first = self._first.setdefault((arrival.event.sender, arrival.album), arrival.message)
        if len(self._first) > MOST:
            self._first.popitem(last=False)
        return first == arrival.message
