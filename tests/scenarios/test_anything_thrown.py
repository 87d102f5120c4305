"""Anything thrown at the pipeline is answered or left alone: no exception, no failed turn, and nobody is shown."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.events import Body, Command, Press, Submit, Text
from bot.chat.messages import Reply
from bot.handlers import every_route
from bot.routing.asking import ACTIONS
from bot.store.members import Role
from tests.scenarios.ledger import inbox, no_failure
from tests.world import Person, World, open_world

PEOPLE = 6
ROUTES = every_route().routes
COMMANDS = [name for kind, name in ROUTES if kind == "command"]
PRESSES = [*(name for kind, name in ROUTES if kind == "press"), *ACTIONS]
FORMS = [name for kind, name in ROUTES if kind == "submit"]

odd = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\ud800", "\x00", "\u200b", "あ" * 3000, "１２/３ 14:00"]
)
plain = st.sampled_from(["12/3 14:00\n12/4 10:00", "90分", "60", "yes", "all", "困っています", "", "ja", "value.human"])
words = odd | plain
seen = st.sampled_from(["seen:0", "seen:1", "seen:2", "seen:7"])
"""Stands for the argument of a button that somebody, not only the one who presses, was shown."""
numbered = st.tuples(seen, st.integers(-1, 12)).map(lambda pair: f"{pair[0]}.{pair[1]}")
argument = seen | numbered | words
body = (
    st.builds(Text, words)
    | st.builds(Command, st.sampled_from(COMMANDS) | odd, words)
    | st.builds(Press, st.sampled_from(PRESSES) | odd, argument)
    | st.builds(Submit, st.sampled_from(FORMS) | odd, st.just({}), argument)
    | st.builds(
        Submit,
        st.sampled_from(FORMS),
        st.fixed_dictionaries(dict.fromkeys(("text", "theme", "minutes", "times", "slot1", "slot2"), words)),
        seen,
    )
)
deed = st.tuples(st.integers(0, PEOPLE - 1), st.booleans(), body)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(deed, min_size=5, max_size=20))
def test_whatever_is_thrown(deeds: Sequence[tuple[int, bool, Body]]) -> None:
    asyncio.run(_throw(deeds))


async def _throw(deeds: Sequence[tuple[int, bool, Body]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_world(Path(folder)) as world:
            await _play(world, deeds)


async def _play(world: World, deeds: Sequence[tuple[int, bool, Body]]) -> None:
    people = await _everyone(world)
    with no_failure():
        for who, in_group, what in deeds:
            person = people[who]
            person.place = f"{person.platform.name}-group-広場" if in_group else ""
            event = world.event(person, _aimed(people, what))
            reply = await world.house.pipeline.dispatch(event)
            _stands(reply)
            person._take(reply)
            await world.house.settled()
            world.check_privacy()
        await world.later(days=40)
    assert all(state == "done" and not kept for state, kept in await inbox(world))


async def _everyone(world: World) -> list[Person]:
    """Each role on each platform, with a worry out and a poll open."""
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広場")
    people = [
        await world.person(f"{platform.name}-{role or 'stranger'}-canary", platform, role)
        for platform in (world.slack, world.telegram)
        for role in (Role.COORDINATOR, Role.SUPPORTER, None)
    ]
    sato, hana = people[0], people[4]
    await sato.does(Press("conference.new"))
    await sato.fills("居場所づくり", "12/3 14:00\n12/4 14:00")
    await hana.commands("worry")
    await hana.fills("だれにも言えません。", "つながっているすべての場")
    await hana.presses("この内容で届ける")
    return people


def _aimed(people: Sequence[Person], what: Body) -> Body:
    """With an id that really stands somewhere in place of `seen:N`."""
    if not isinstance(what, Press | Submit) or not what.argument.startswith("seen:"):
        return what
    number, _, rest = what.argument.removeprefix("seen:").partition(".")
    known = {button.argument for person in people for message in person.screen for button in message.buttons}
    known |= {person.form.argument for person in people if person.form}
    chosen = sorted(known)[int(number) * 3 % len(known)]
    wanted = f"{chosen}.{rest}" if rest else chosen
    return Press(what.action, wanted) if isinstance(what, Press) else Submit(what.form, what.answers, wanted)


def _stands(reply: Reply | None) -> None:
    if reply is None:
        return
    assert reply.message or reply.form
    if reply.message:
        for part in (reply.message.title, reply.message.body, reply.message.quote, reply.message.note):
            part.encode()
