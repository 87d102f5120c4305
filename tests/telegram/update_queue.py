"""Updates that wait for the bot: rising ids, offsets that delete, and an age at which they are dropped."""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice, takewhile

from tests.platforms.ledger import Ledger
from tests.telegram.shapes import Json

FIRST_ID = 800_000_001
DAY = timedelta(days=1)

ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only when allowed_updates names them."""


@dataclass
class Waiting:
    """body: the update as it goes out. lane: updates of one lane reach a webhook one after the other."""

    id: int
    kind: str
    body: Json
    expires: datetime
    lane: str


class UpdateQueue:
    """waiting: by id, which is also their order. sent: every update ever made, even those nobody was to be told of.

    allowed: the kinds the bot asked for; empty for the usual ones. listeners: told the lane of every new update.
    polled: the bot fetches them; a webhook that is set brings them instead.
    """

    def __init__(self, now: Callable[[], datetime], tell: Callable[[], None], ledger: Ledger | None = None) -> None:
        self.waiting: dict[int, Waiting] = {}
        self.sent: list[Waiting] = []
        self.allowed: set[str] = set()
        self.listeners: list[Callable[[str], None]] = []
        self.next_id = FIRST_ID
        self.polled = True
        self._again: list[Waiting] = []
        self._lanes: defaultdict[str, deque[int]] = defaultdict(deque)
        self._now, self._tell, self._ledger = now, tell, ledger or Ledger()

    def push(self, kind: str, body: Json, lane: str, life: timedelta = DAY, envelope: Json | None = None) -> int:
        """The id of the new update. envelope: what goes out instead of the usual {update_id, kind: body}."""
        update_id, self.next_id = self.next_id, self.next_id + 1
        whole = {"update_id": update_id, kind: body} if envelope is None else envelope
        update = Waiting(update_id, kind, whole, self._now() + life, lane)
        self.sent.append(update)
        self._ledger.add("update", id=update_id, body=whole)
        if self._is_wanted(kind) and life > timedelta():
            self._add(update)
        return update_id

    def _add(self, update: Waiting) -> None:
        self.waiting[update.id] = update
        self._lanes[update.lane].append(update.id)
        self._wake(update.lane)

    def _wake(self, lane: str) -> None:
        for listener in self.listeners:
            listener(lane)

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ASKED_FOR

    def take(self, offset: int, limit: int) -> list[Json]:
        """As getUpdates: what lies below the offset is deleted; one far beyond the newest starts at the oldest."""
        self.drop_old()
        if offset < 0:
            self._delete(list(self.waiting)[:offset])
        elif offset <= self.next_id + 10:
            self._delete(list(takewhile(lambda each: each < offset, self.waiting)))
        repeated, self._again = self._again[:limit], self._again[limit:]
        return [each.body for each in islice(chain(repeated, self.waiting.values()), limit)]

    def _delete(self, update_ids: list[int]) -> None:
        for update_id in update_ids:
            del self.waiting[update_id]
            self._ledger.add("taken", id=update_id)
        if update_ids:
            self._tell()

    def drop_old(self) -> None:
        now = self._now()
        self._delete([each.id for each in self.waiting.values() if each.expires < now])

    def forget(self, update_id: int) -> None:
        if self.waiting.pop(update_id, None) is not None:
            self._ledger.add("taken", id=update_id)
            self._tell()

    def clear(self) -> None:
        self.waiting.clear()
        self._tell()

    @property
    def lanes(self) -> set[str]:
        """Those in which something waits."""
        return {update.lane for update in self.waiting.values()}

    def first(self, lane: str) -> Waiting | None:
        """The oldest that waits in this lane."""
        ids = self._lanes[lane]
        while ids:
            update = self.waiting.get(ids[0])
            if update is not None and update.expires >= self._now():
                return update
            self.forget(ids.popleft())
        return None

    def again(self, *update_ids: int) -> None:
        """Brings these once more under their old ids, even to a bot that confirmed them: the server lost that.

        A poll gets them first, whatever its offset.
        """
        repeated = [each for each in self.sent if each.id in update_ids]
        if self.polled:
            self._again += repeated
            self._wake("")
            return
        for update in repeated:
            self._add(update)

    def renumber(self, first: int = 1_000_001) -> None:
        """The numbers start anew and lower, as they may after a week of silence; nothing may be waiting."""
        assert not self.waiting, "Telegram draws a new number only when nothing waits"
        assert first + 10 < self.next_id, "the point is to start lower"
        self.next_id = first
