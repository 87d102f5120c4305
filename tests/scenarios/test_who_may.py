"""Who may do what is asked of the rows, and asked again in the transaction that does it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.chat.events import Address, Body, Press
from bot.chat.messages import Reply
from bot.handlers import every_route
from bot.routing.pipeline import Pipeline
from bot.routing.router import Handler, Key, Router
from bot.routing.turn import Turn
from bot.store import members
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.community import community, poll
from tests.scenarios.ledger import inbox, no_failure, rows
from tests.scenarios.routes import IN_THE_GROUP, Things, doors, member, things
from tests.world import Person, World

NO_LONGER = "参加や役割が変わりました"
BELOW = {
    Role.SUPPORTER: [Role.STRANGER],
    Role.COORDINATOR: [Role.STRANGER, Role.SUPPORTER],
}
REFUSALS = {Role.STRANGER: "招待コード", Role.SUPPORTER: "調整役の方ができること"}

Meanwhile = Callable[[Turn], Awaitable[None]]


def with_another_hand(world: World, meanwhile: Meanwhile) -> Pipeline:
    """The same house, where something else happens between a turn's reading and its writing."""
    router = Router()
    for key, route in every_route().routes.items():
        router.routes[key] = replace(route, handler=_interrupted(route.handler, meanwhile))
    house = world.house
    return Pipeline(house.database, router, house.handbook, house.text, house.clock)


def _interrupted(handler: Handler, meanwhile: Meanwhile) -> Handler:
    async def handle(turn: Turn, body: Body) -> Reply | None:
        await meanwhile(turn)
        return await handler(turn, body)

    return handle


async def stage(world: World) -> tuple[Person, Things]:
    _, _, sato = await community(world)
    await world.group(world.telegram, "広間")
    conference = await poll(sato)
    abe = await world.person("abe", world.telegram, role=None)
    return abe, await things(world, abe, "telegram-group-広間", conference)


async def comes(person: Person, key: Key, given: Things) -> Reply | None:
    person.place = "telegram-group-広間" if key in IN_THE_GROUP else ""
    world = person.world
    event = replace(world.event(person, given.body(key)), modal=key[0] == "submit")
    with no_failure():
        reply = await world.house.pipeline.dispatch(event)
    await world.house.settled()
    return reply


@pytest.mark.parametrize("needed", BELOW)
async def test_every_door_is_closed_to_whoever_is_less(world: World, needed: Role) -> None:
    abe, given = await stage(world)
    for less in BELOW[needed]:
        if less != Role.STRANGER:
            await member(world, abe, less)
        before = await rows(world)
        for key, _ in doors(world, needed):
            reply = await comes(abe, key, given)
            assert reply and reply.message and not reply.form, key
            assert REFUSALS[less] in reply.message.body, key
            assert await rows(world) == before, key
    assert all(state == "done" and not kept for state, kept in await inbox(world))


def leaves(session: Session, person: Address) -> None:
    found = members.find(session, person)
    assert found
    members.leave(session, found.id)


def leaves_and_comes_again(session: Session, person: Address) -> None:
    found = members.find(session, person)
    assert found
    members.leave(session, found.id)
    members.enter(session, person, found.role, "ja", found.joined_at)  # type: ignore[arg-type]


def is_less_now(session: Session, person: Address) -> None:
    found = members.find(session, person)
    assert found
    members.set_role(session, found.id, Role.SUPPORTER)


@pytest.mark.parametrize(
    ("role", "loses"),
    [
        (Role.SUPPORTER, leaves),
        (Role.SUPPORTER, leaves_and_comes_again),
        (Role.COORDINATOR, leaves),
        (Role.COORDINATOR, is_less_now),
    ],
)
async def test_every_door_closes_on_whoever_loses_the_role_on_the_way(
    world: World, role: Role, loses: Callable[[Session, Address], None]
) -> None:
    abe, given = await stage(world)
    lost: dict[str, object] = {}

    async def meanwhile(turn: Turn) -> None:
        await world.house.database.write(lambda session: loses(session, turn.private))
        lost.update(await rows(world))

    world.house.pipeline = with_another_hand(world, meanwhile)
    closed = doors(world, role)
    assert len(closed) > 7
    for key, _ in closed:
        await member(world, abe, role)
        lost.clear()
        reply = await comes(abe, key, given)
        assert lost, f"{key} was refused before its handler"
        assert reply and reply.message and not reply.form, key
        assert NO_LONGER in reply.message.body, key
        assert await rows(world) == lost, key
    assert all(state == "done" and not kept for state, kept in await inbox(world))


async def test_a_coordinator_who_leaves_in_another_window_decides_nothing_in_this_one(world: World) -> None:
    hana, _, sato = await community(world)
    await world.person("mori", world.slack, Role.COORDINATOR)
    conference = await poll(sato)
    elsewhere = world.house.pipeline

    async def in_another_window(turn: Turn) -> None:
        gone = await elsewhere.dispatch(world.event(sato, Press("mydata.erased")))
        assert gone and gone.message and "消しました" in gone.message.body
        assert turn.member.may(Role.COORDINATOR), "what this turn has read is old by now"

    world.house.pipeline = with_another_hand(world, in_another_window)
    said = await sato.does(Press("conference.fix", f"{conference}.1"))
    assert said and NO_LONGER in said.body
    world.house.pipeline = elsewhere
    listed = await hana.commands("conference")
    assert listed and "日程調整中" in listed.quote
    again = await sato.does(Press("conference.fix", f"{conference}.1"))
    assert again and "招待コード" in again.body


async def test_what_was_read_is_not_shown_to_whoever_is_no_member_any_more(world: World) -> None:
    _, _, sato = await community(world)
    abe = await world.person("abe", world.telegram)
    await poll(sato)

    async def meanwhile(turn: Turn) -> None:
        await world.house.database.write(lambda session: leaves(session, turn.private))

    world.house.pipeline = with_another_hand(world, meanwhile)
    said = await abe.commands("conference")
    assert said and NO_LONGER in said.body and not said.quote


async def test_a_supporter_who_becomes_more_on_the_way_goes_on(world: World) -> None:
    abe, given = await stage(world)
    await member(world, abe, Role.SUPPORTER)

    async def meanwhile(_: Turn) -> None:
        await member(world, abe, Role.COORDINATOR)

    world.house.pipeline = with_another_hand(world, meanwhile)
    reply = await comes(abe, ("press", "worry.post"), given)
    assert reply and reply.message and "お届けしています" in reply.message.body


async def test_an_operator_may_what_a_coordinator_may(world: World) -> None:
    abe, given = await stage(world)
    await member(world, abe, Role.OPERATOR)
    reply = await comes(abe, ("press", "conference.fix"), given)
    assert reply and reply.message and "決まりました" in reply.message.body
    kept = await abe.commands("mydata")
    assert kept and "役割：運用担当" in kept.body
