"""What a handler holds in one turn: six things, and one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.chat.errors import Refused
from bot.chat.events import Address, Event, News
from bot.chat.moments import Moment, reached
from bot.knowledge.handbook import Handbook
from bot.store import drafts, inbox, members, pauses
from bot.store.database import Database
from bot.store.members import Member, Role
from bot.store.rules import Rules
from bot.store.session import Session
from bot.views.text import Text

T = TypeVar("T")


class AlreadyHandled(Exception):
    """Another process finished this event first: whatever this turn wrote is rolled back."""


class NoLongerAllowed(Exception):
    """Whoever acts has left, or lost the role, since this turn began: whatever it wrote is rolled back."""


class TurnStore:
    """The rows as one turn may touch them: read freely, write once.

    That one write holds the effects, the letters, the spent draft and the event's own `done`, so that a crash
    leaves either all of them or none; and it asks the rows once more whether this person may do this at all.
    """

    def __init__(
        self, database: Database, event: Event, member: Member, now: datetime, *, resumed: bool = False
    ) -> None:
        """now: the moment of this turn, the same for all it reads and writes. resumed: its answer becomes a letter,
        which is a row for a while."""
        self._database, self._event, self._member = database, event, member
        self._needs = Role.STRANGER
        self._spent_draft, self._let_go = "", ""
        self._say_when: Callable[[datetime], str] | None = None
        self.settled = False
        self.now, self.resumed = now, resumed
        self.noticed = ""
        """The sign of danger in what is handled, where its author has said that it is to go on."""

    async def read(self, work: Callable[[Session], T]) -> T:
        return await self._database.read(work)

    async def write(self, work: Callable[[Session], T]) -> T:
        if self.settled:
            raise RuntimeError("a turn has one transaction")
        result = await self._database.write(lambda session: self._settle(session, work))
        self.settled = True
        if __debug__:
            reached(Moment.HANDLED)
        return result

    def _settle(self, session: Session, work: Callable[[Session], T]) -> T:
        if not self._may_still(session):
            raise NoLongerAllowed
        if self._spent_draft and not drafts.discard(session, self._spent_draft):
            raise Refused("forms.gone")
        if self._let_go:
            drafts.discard(session, self._let_go)
        result = work(session)
        self._may_not_rest(session)
        if not inbox.finish(session, self._event):
            raise AlreadyHandled
        if __debug__:
            reached(Moment.HANDLING)
        return result

    def _may_still(self, session: Session) -> bool:
        """A stranger has nothing to lose, and what a platform tells is true whoever caused it."""
        if self._member.role == Role.STRANGER or isinstance(self._event.body, News):
            return True
        return members.still(session, self._event.private, self._member, self._needs)

    def _may_not_rest(self, session: Session) -> None:
        say_when, self._say_when = self._say_when, None  # that it was refused is written all the same
        until = say_when and pauses.until(session, self._event.private, self.now)
        if say_when and until:
            raise pauses.Paused("limits.paused", until=say_when(until))

    def stops_while_resting(self, say_when: Callable[[datetime], str] | None) -> None:
        """Whoever is asked to rest may not do this; asked of the rows at the end of its write. None: they may all the
        same, as the write itself has found."""
        self._say_when = say_when

    def needs(self, role: Role) -> None:
        """The least that whoever acts must still be when this turn writes."""
        self._needs = role

    async def dismiss(self) -> None:
        """The event is done without effect: nobody has to be anyone for that."""
        await self._database.write(lambda session: inbox.finish(session, self._event))
        self.settled = True

    def spend(self, draft_id: str) -> None:
        """The write of this turn uses up this draft; a second submit of it finds nothing."""
        self._spent_draft = draft_id

    def let_go(self, draft_id: str) -> None:
        """This draft ends with the write of this turn, and it is no matter who ended it before."""
        self._let_go = draft_id

    async def finish(self) -> None:
        """For turns that change nothing: the event is done, and a form whose answer was refused for good is gone."""
        if not self.settled:
            spent, self._spent_draft = self._spent_draft, ""
            await self.write(lambda session: drafts.discard(session, spent) if spent else False)

    async def forget_traces(self) -> None:
        await self._database.forget_traces()


@dataclass(frozen=True, slots=True)
class Turn:
    event: Event
    member: Member
    db: TurnStore
    text: Text
    handbook: Handbook
    rules: Rules

    @property
    def now(self) -> datetime:
        return self.db.now

    @property
    def private(self) -> Address:
        return self.event.private

    def only_us(self) -> None:
        """Refused where others would read along."""
        if not self.event.direct:
            raise Refused("mydata.alone")
