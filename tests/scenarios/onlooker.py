"""A coordinator who tries every view, command and form with every id there is, and writes down all they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.chat.events import Address, Body, Command, Press, Submit
from bot.chat.messages import Form, Message, Reply
from bot.routing.forms import content, form_of
from bot.routing.router import Key, key_of
from bot.store import drafts
from bot.store.community_models import Pause, Report
from bot.store.models import Answer, Draft, Member, Worry
from bot.store.session import Session
from tests.scenarios.ledger import no_failure
from tests.scenarios.routes import IN_THE_GROUP, Things
from tests.world import Person, World, spoken

LEAVES = {"mydata.erased", "coordinating.stepped_down", "place.unlinked"}
"""After these a coordinator sees less: they come last."""

BEFORE_ONE_IS_A_MEMBER = {"join.code"}

OF_NO_WORRY = {
    "calendar", "coordinating", "community", "conference", "form", "gaps", "handbook", "join", "language", "line",
    "menu", "mydata", "peers", "place", "promises",
}  # fmt: skip
"""Rooms in which no id of a worry means anything."""

IDS: Mapping[tuple[type[SQLModel], str], int] = {
    (Worry, "id"): 7,
    (Answer, "id"): 1,
    (Member, "id"): 1,
    (Report, "id"): 1,
    (Draft, "id"): 1,
    (Pause, "token"): 1,
}
"""How many of each kind are tried: of worries all."""


async def ids_in(world: World) -> list[str]:
    def read(session: Session) -> list[str]:
        tried = [(model.__table__.c[name], most) for (model, name), most in IDS.items()]  # type: ignore[attr-defined]
        return [row[0] for column, most in tried for row in session.rows(select(column).order_by(column).limit(most))]

    return await world.house.database.read(read)


class Onlooker:
    def __init__(self, person: Person, things: Things, group: str) -> None:
        self.person, self.world, self.things, self.group = person, person.world, things, group
        self.seen: list[str] = []
        self.pressed: set[tuple[str, str]] = set()
        self.doors: list[tuple[str, str]] = []
        self._events = 0
        self._forms: dict[str, tuple[Form, Mapping[str, str]]] = {}

    async def tries_everything(self, ids: Sequence[str]) -> None:
        for name, (draft, answers) in self.things.dialogs.items():
            self._forms[name] = await self._form(draft), answers
        for key in sorted(self.world.house.pipeline._router.routes):
            if key[0] != "news" and key[1] not in LEAVES | BEFORE_ONE_IS_A_MEMBER:
                for body in await self._bodies(key, ids):
                    await self._does(body, in_group=key in IN_THE_GROUP)

    async def presses_whatever_is_shown(self, most: int = 40) -> None:
        """Every button of every answer, and those of the answers to them."""
        while self.doors and most:
            action, argument = self.doors.pop(0)
            if action not in LEAVES and (action, argument) not in self.pressed:
                most -= 1
                await self._does(Press(action, argument))

    async def leaves(self) -> None:
        for action in sorted(LEAVES - {"mydata.erased"}):
            await self._does(self.things.body(("press", action)))
        await self._does(Press("mydata.erased", "anyway"))

    def around(self) -> list[str]:
        """What stands in the groups, and what was brought to this person alone."""
        mine = {self.person.id}
        return [
            f"{post.address.channel}: {_shown(post.message)}"
            for platform in (self.world.slack, self.world.telegram)
            for post in platform.posts
            if "-group-" in post.address.channel or post.address.channel in mine
        ]

    async def _does(self, body: Body, *, in_group: bool = False) -> None:
        self._events += 1
        if isinstance(body, Press):
            self.pressed.add((body.action, body.argument))
        self.person.place = self.group if in_group else ""
        event = self.world.event(self.person, body, f"{self.person.id}-{self._events}")
        event = replace(event, modal=event.modal or isinstance(body, Submit))
        with no_failure():
            reply = await self.world.house.pipeline.dispatch(event)
        await self.world.house.settled()
        self.seen.append(f"{key_of(body)}\n{_told(reply)}")  # without what was tried: they know no token
        if reply and reply.message:
            self.doors += [(button.action, button.argument) for button in reply.message.buttons]

    async def _bodies(self, key: Key, ids: Sequence[str]) -> list[Body]:
        """The case that really opens this door, and the same with every other id in the place of its worry's."""
        case, worry = self.things.body(key), self.things.worry
        if isinstance(case, Submit):
            form, answers = self._forms[case.form]
            wanted = [form.argument.replace(worry, each) for each in ids] if worry in form.argument else []
            return [await self._dialog(form, answers, each) for each in (form.argument, *wanted)]
        if isinstance(case, Command):
            return [case, *(Command(case.name, each) for each in ids[:1])]
        if not isinstance(case, Press) or key[1].partition(".")[0] in OF_NO_WORRY:
            return [case]
        shaped = [case.argument.replace(worry, each) for each in ids if worry in case.argument]
        return [case, *(Press(case.action, each) for each in dict.fromkeys((*ids, *shaped)))]

    async def _form(self, draft_id: str) -> Form:
        draft = await self.world.house.database.read(
            lambda session: drafts.take(session, draft_id, self._private, self.world.house.clock())
        )
        assert draft
        return form_of(draft)

    async def _dialog(self, form: Form, answers: Mapping[str, str], argument: str) -> Submit:
        """A dialog that this person has open, about whatever they like."""
        opened = content(replace(form, argument=argument), {})
        draft = await self.world.house.database.write(
            lambda session: drafts.keep(session, self._private, "dialog", opened, self.world.house.clock())
        )
        return Submit(form.name, answers, draft)

    @property
    def _private(self) -> Address:
        return Address(self.person.platform.name, "team", self.person.id)


def _told(reply: Reply | None) -> str:
    if reply is None:
        return "-"
    form = reply.form
    fields = (
        [(each.label, each.value, [choice.label for choice in each.choices]) for each in form.fields] if form else []
    )
    return f"{_shown(reply.message) if reply.message else '-'} {form and form.title} {fields}"


def _shown(message: Message) -> str:
    return f"{spoken(message)} {[(button.action, button.argument) for button in message.buttons]}"
