"""Everything that happens to an event, top to bottom."""

import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from structlog.contextvars import bound_contextvars

from bot.chat.adapter import Stored
from bot.chat.counts import EVENTS_FAILED, EVENTS_HANDLED, EVENTS_PARKED, EVENTS_RECEIVED
from bot.chat.errors import Refused
from bot.chat.events import Body, Edit, Event, News, Press, Submit
from bot.chat.events import Text as Words
from bot.chat.messages import Reply
from bot.chat.moments import Moment, reached
from bot.knowledge.handbook import Handbook
from bot.routing import asking, belated, editing, forms, noticing
from bot.routing.at_least import AtLeast
from bot.routing.backlog import Backlog
from bot.routing.forms import Again, Filled
from bot.routing.glances import counted, goes_on_filling, ours, unknown
from bot.routing.limits import Limits, Unlimited
from bot.routing.lines import Lines
from bot.routing.router import Router, key_of
from bot.routing.tries import Tries
from bot.routing.turn import AlreadyHandled, NoLongerAllowed, Turn, TurnStore
from bot.store import drafts, dwellers, inbox, members, outbox
from bot.store.database import Database
from bot.store.drafts import Draft
from bot.store.members import Member, Role
from bot.store.pauses import Paused
from bot.store.rules import Rules
from bot.store.session import Session
from bot.store.trouble import is_the_databases
from bot.views.cards import line, welcome
from bot.views.text import Text

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows say about who acts, read in the transaction that stores the event."""

    fresh: bool
    member: Member
    draft: Draft | None


class Pipeline:
    def __init__(
        self,
        database: Database,
        router: Router,
        handbook: Handbook,
        text: Text,
        clock: Callable[[], datetime],
        limits: Limits | None = None,
        rules: Rules = Rules(),  # noqa: B008
    ) -> None:
        self._database, self._router, self._handbook = database, router, handbook
        self._text, self._clock, self._limits = text, clock, limits or Unlimited(clock)
        self._rules, self._lines, self._at_least = rules, Lines(), AtLeast(text, clock)
        self.backlog = Backlog(database, self._lines, self._resume)
        self.tries = Tries(self._try_again)

    async def dispatch(self, event: Event, stored: Stored = lambda: None) -> Reply | None:
        """Stores the event, handles it once, and returns the answer in hand.

        stored: called once the event is on the disk, even while an earlier one of this person is still being handled.
        Raises only where the event could not be stored: the adapter must not acknowledge it then.
        """
        if isinstance(event.body, Words) and not event.direct:
            stored()
            return None  # what people say to each other is not ours to keep
        if not self._limits.admits(event, self._lines.length(event.private)):
            stored()
            return await self._turned_away(event)
        if __debug__:
            reached(Moment.HEARD)
        async with self._lines.place(event.private) as turn:
            if turn is None:
                writing = self._database.write(lambda session: self._receive(session, event))
                known = await self._at_least.stored(event, writing)
                _acknowledged(stored)
            else:
                taking = self._database.write(lambda session: inbox.receive(session, event, self._clock()))
                fresh = await self._at_least.stored(event, taking)
                _acknowledged(stored)
                if not fresh:
                    return None
                await turn
                known = await self._look_again(event)
            if not known.fresh:
                return None
            EVENTS_RECEIVED.add(**counted(event))
            async with self._limits.at_once:  # everyone has one place in this queue, however many events they have sent
                reply = await self._handle(event, known)
            if __debug__:
                reached(Moment.ANSWERED)
            return reply

    async def _turned_away(self, event: Event) -> Reply | None:
        """Nothing of it is kept, and whoever sent it is told so."""
        if event.body in belated.OF_THE_MOMENT or not self._limits.tells(event.private):
            return None
        if card := await self._at_least.card(event):
            return card
        member = await self._database.read(lambda session: members.find(session, event.private))
        text = self._text.speaking(member.language) if member else self._text
        return Reply(line(text, "limits.events"), language=text.language)

    async def resume(self, now: datetime) -> int:
        """Handles what a crash or a failure left waiting; its answers become letters. Returns how many."""
        if self.backlog.is_being_handled:
            return 0  # the clock need not wait for it
        return await (await self.backlog.line_up(now))

    async def _try_again(self, event: Event) -> bool:
        """Whether it still waits for its handling."""
        await self.backlog.in_line(event, self._clock())
        return await self._database.read(lambda session: inbox.is_waiting(session, event))

    async def _resume(self, event: Event, now: datetime) -> None:
        known = await self._look_again(event)
        if not known.fresh:
            return  # it was being handled when we looked
        in_dialog, event = event.modal, replace(event, modal=False)  # the moment to open a dialog has passed
        reply = await self._handle(event, known, resumed=True)
        if reply and (letter := belated.letter(event, reply, in_dialog, self._text.speaking(reply.language), now)):
            await self._database.write(lambda session: outbox.put(session, letter))

    async def _look_again(self, event: Event) -> _Known:
        """What the rows say now that it is this event's turn; not fresh where another hand has finished it."""
        return await self._database.read(
            lambda session: self._known(session, event, fresh=inbox.is_waiting(session, event))
        )

    def _receive(self, session: Session, event: Event) -> _Known:
        known = self._known(session, event, fresh=inbox.receive(session, event, self._clock()))
        dwellers.notice(session, event, known.member, self._clock())
        return known

    def _known(self, session: Session, event: Event, *, fresh: bool) -> _Known:
        member = members.find(session, event.private) or members.stranger(self._text.language)
        return _Known(fresh, member, self._asking(session, event, event.body))

    def _asking(self, session: Session, event: Event, body: Body) -> Draft | None:
        """The form whose open question these words answer."""
        if not isinstance(body, Words):
            return None
        return drafts.latest(session, event.private, "asking", self._clock())

    async def _handle(self, event: Event, known: _Known, *, resumed: bool = False) -> Reply | None:
        if __debug__:
            reached(Moment.TAKEN_UP)
        text = self._text.speaking(known.member.language)
        db = TurnStore(self._database, event, known.member, self._clock(), resumed=resumed)
        turn = Turn(event, known.member, db, text, self._handbook, self._rules)
        with bound_contextvars(id=secrets.token_hex(4)):  # holds the lines of one turn together, and tells nothing else
            try:
                reply = await self._answered(turn, known.draft)
                await db.finish()
                EVENTS_HANDLED.add(**counted(event))
            except AlreadyHandled:
                return None
            except NoLongerAllowed:
                await db.dismiss()
                reply = Reply(line(text, "error.no_longer"))
            except Exception as error:
                reply = await self._failed(turn, error, silent=resumed)
        return reply and replace(reply, language=reply.language or text.language)

    async def _answered(self, turn: Turn, draft: Draft | None) -> Reply | None:
        try:
            return await self._answer(turn, draft)
        except Refused as refused:
            return Reply(line(turn.text, refused.key, **refused.values))

    async def _answer(self, turn: Turn, draft: Draft | None) -> Reply | None:
        try:
            try:
                return await noticing.held_back(turn) or await self._followed(turn, turn.event.body, draft)
            except noticing.Meant as meant:
                return await self._taken_up(turn, meant)
        except Again as again:
            return await forms.ask_again(turn, again)

    async def _taken_up(self, turn: Turn, meant: noticing.Meant) -> Reply | None:
        turn.db.noticed = meant.level
        asking = await turn.db.read(lambda session: self._asking(session, turn.event, meant.body))
        reply = await self._followed(turn, meant.body, asking)
        return forms.say_softened_some(turn, reply) if meant.softened else reply

    async def _followed(self, turn: Turn, body: Body, draft: Draft | None) -> Reply | None:
        found = await self._understood(turn, body, draft)
        return found if isinstance(found, Reply) else await self._routed(turn, found)

    async def _understood(self, turn: Turn, body: Body, draft: Draft | None) -> Body | Filled | Reply:
        """What it means: itself, or a step of a form, or a form that is complete now."""
        if turn.member.role == Role.STRANGER and not (draft or self._open_to_strangers(body)):
            return Reply(welcome.how_to_join(turn.text))
        if isinstance(body, Press | Submit) and not ours(body.argument):
            raise Refused("error.stale_button")
        if isinstance(body, Submit) and body.form == forms.LATER:
            return await forms.set_aside_dialog(turn, body)
        if isinstance(body, Submit):
            return await forms.filled_dialog(turn, body)
        if isinstance(body, Press) and asking.belongs_here(body):
            return await asking.pressed(turn, body)
        if isinstance(body, Words) and draft:
            return await asking.answer_words(turn, draft, body)
        if isinstance(body, Edit):
            return await editing.changed(turn, body) or body
        return body

    async def _routed(self, turn: Turn, found: Body | Filled) -> Reply | None:
        body = found.submit if isinstance(found, Filled) else found
        route = self._router.find(body)
        if route is None:
            return None if isinstance(body, News) else Reply(unknown(turn.text, body))
        if not turn.member.may(route.role):
            raise Refused("error.not_yours")
        turn.db.needs(route.role)
        if too_often := self._limits.refusal(route.limit, turn.private):
            if isinstance(found, Filled):
                return await forms.rest_filled(turn, found, too_often)
            raise too_often
        if route.limit and route.limit.rests:
            turn.db.stops_while_resting(turn.text.when)
        if isinstance(found, Filled):
            turn.db.spend(found.draft.id)
        try:
            reply = await route.handler(turn, body)
            self._limits.ended(route.limit, turn.private, done=turn.db.settled)
        except Refused as refused:
            self._limits.ended(route.limit, turn.private, refused=refused.key)
            if isinstance(found, Filled) and isinstance(refused, Paused):
                return await forms.rest_filled(turn, found, refused)
            if isinstance(found, Filled) and refused.field:
                turn.db.spend("")
                raise Again(refused, found.draft, found.submit.answers) from refused
            raise
        if reply and isinstance(found, Filled):
            reply = forms.say_softened(turn, reply, found.submit.softened)
        return await forms.open_form(turn, reply) if reply and reply.form else reply

    def _open_to_strangers(self, body: Body) -> bool:
        """A form they began by such a door is theirs to fill."""
        route = self._router.find(body)
        return goes_on_filling(body) or (route is not None and route.role == Role.STRANGER)

    async def _failed(self, turn: Turn, error: Exception, *, silent: bool) -> Reply | None:
        """Keeps the event for another try; the log gets where and what kind, never a word of anyone.

        silent: whoever knows already that it waits is told only how it ended.
        """
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind, name = key_of(turn.event.body)
        known_name = name if self._router.find(turn.event.body) or asking.belongs_here(turn.event.body) else "unknown"
        log.error(
            "turn failed", kind=kind, name=known_name, error=type(error).__name__, at=f"{place.name}:{place.lineno}"
        )
        EVENTS_FAILED.add(error=type(error).__name__, **counted(turn.event))
        if turn.db.settled or await self._done_all_the_same(turn):
            return Reply(line(turn.text, "error.done"))
        card = await self._at_least.card(turn.event)
        if await self._parked(turn, error):
            EVENTS_PARKED.add(**counted(turn.event))
            return card or Reply(line(turn.text, "error.parked"))
        self.tries.later(turn.event)
        return None if silent else card or Reply(line(turn.text, "error.later"))

    async def _done_all_the_same(self, turn: Turn) -> bool:
        """A commit may fail after it was made."""
        try:
            return not await self._database.read(lambda session: inbox.is_waiting(session, turn.event))
        except Exception:  # nobody knows now; whoever tries again will
            return False

    async def _parked(self, turn: Turn, error: Exception) -> bool:
        """A full disk or a lost server is no event's fault, however long it lasts: that counts for none."""
        if is_the_databases(error):
            return False
        try:
            return await self._database.write(lambda session: inbox.fail(session, turn.event))
        except Exception as another:
            log.error("try not counted", error=type(another).__name__)
            return False


def _acknowledged(stored: Stored) -> None:
    if __debug__:
        reached(Moment.STORED)
    stored()
