"""Done-when 4: two coordinators try everything there is, twice, with the authors exchanged; they are shown the same."""

import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import cli
from bot.app import editions as own_handbook
from bot.app import inviting, key_checking, letters, watching
from bot.chat.events import Address
from bot.knowledge.handbook import Handbook
from bot.routing import standing
from bot.routing.closing import tell_closed
from bot.settings import Settings
from bot.store import drafts, held, items, pauses, places, worries
from bot.store.community_models import Mute, Reaction, Talk
from bot.store.members import Role
from bot.store.session import Session
from tests.anonymity import Canaries, found
from tests.scenarios.community import poll
from tests.scenarios.onlooker import Onlooker, ids_in
from tests.scenarios.routes import things
from tests.scenarios.watching import crowd, into_state, reports
from tests.test_docs import names_in
from tests.world import Person, World, open_world

KEY = b"k" * 32
STATES = ("open", "answered", "reported", "hidden", "waiting", "closed")
WORDS = tuple(f"{number}つめの悩みです。どうしたらよいでしょう。" for number in range(1, len(STATES) + 1))

PEOPLE = frozenset(
    f"{platform}-user-{name}" for platform in ("slack", "telegram") for name in ("hana", "ken", "abe", "mori", "ueda")
)

PRINTS: dict[str, Callable[[Settings], Awaitable[int]]] = {
    "acts": lambda settings: watching.list_acts(settings, 1000),
    "invitations": lambda settings: inviting.list_or_revoke(settings, ""),
    "keys check": key_checking.check,
    "outbox list": lambda settings: letters.show_all(settings, "", 1000),
    "handbook list": own_handbook.show_all,
}
PRINTS_NOTHING_OF_THE_ROWS = {
    "console", "serve", "ask", "check", "invite", "migrate", "doctor", "backup", "restore", "keys rotate",
    "months", "when",
    "outbox show", "outbox retry", "outbox drop",
    "handbook import", "handbook diff", "handbook publish", "handbook rollback", "handbook remove",
}  # fmt: skip
"""handbook: what a file says that an operator brought. outbox show prints one line of the list again; the others say
what they did, and figures of the machine."""


@contextmanager
def dice_that_fall_alike(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Random ids and names are the same in both worlds, so that nothing has to be made alike afterwards."""
    dice = random.Random(6)
    with monkeypatch.context() as patched:
        patched.setattr("random._urandom", dice.randbytes)
        yield


def address(person: Person) -> Address:
    return Address(person.platform.name, "team", person.id)


def said(session: Session, words: str, author: Address, other: Address, world: World) -> str:
    """A worry that is answered, understood, muted and talked about alone. Returns its id."""
    now, text = world.house.clock(), world.house.text
    worry = worries.share(session, words, [place.id for place in places.every(session)], author, now)
    standing.post(session, worry, now, text)
    answers = [worries.answer(session, worry.id, f"{each}、{words}", other, now).answer for each in ("はい", "では")]
    for answer in answers:
        standing.post_answer(session, answer, now, text)
    item = items.known(session, worry.id)
    session.insert(Reaction, subject=worry.id, kind="understood", token=item.token(other), worry=worry.id)
    session.insert(Mute, worry=worry.id, token=item.token(author))
    talk = {"answer": answers[0].id, "worry": worry.id, "asked_by": "author", "state": "asked"}
    name = item.seal("花", f"author_name:{answers[0].id}")
    session.insert(Talk, **talk, author_name=name, other_name=b"")
    return worry.id


async def stage(world: World, one: Person, other: Person, resting: Person) -> None:
    """One writes every second worry, the other the rest; each answers what the other wrote."""
    voices, now = [address(one), address(other)], world.house.clock()

    def write(session: Session) -> list[str]:
        pauses.start(session, [address(resting)], 30, now - timedelta(days=4), world.house.rules)
        draft = {"text": "書きかけ", "audience": "all", "places": []}
        drafts.keep(session, voices[0], "preview", draft, now)
        return [
            said(session, words, voices[number % 2], voices[1 - number % 2], world)
            for number, words in enumerate(WORDS)
        ]

    by_state = dict(zip(STATES, await world.house.database.write(write), strict=True))
    await world.house.settled()
    people = await crowd(world, "abe", "mori", "ueda")
    for person in people:
        await reports(person, by_state["hidden"])
    await reports(people[0], by_state["reported"], "other")
    await into_state(world, by_state["waiting"], "waiting")

    def end(session: Session) -> None:
        held.leave(session, "今夜がこわいです。", voices[0], now)
        closed = worries.close(session, by_state["closed"], voices[STATES.index("closed") % 2], now)
        tell_closed(session, closed, now, world.house.text)

    await world.house.database.write(end)
    await world.house.settled()


async def all_they_see(world: World, *, exchanged: bool) -> list[str]:
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広間")
    authors = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    the_same = await world.person("sato-elsewhere", world.telegram, Role.COORDINATOR)
    conference = await poll(sato)
    one, other = reversed(authors) if exchanged else authors
    await stage(world, one, other, resting=authors[0])
    seen, ids = [], await ids_in(world)
    where = ((the_same, "telegram-group-広間"), (sato, "slack-group-広場"))
    onlookers = [Onlooker(person, await things(world, person, group, conference), group) for person, group in where]
    for onlooker, tried in zip(onlookers, (ids[:1], ids), strict=True):
        await onlooker.tries_everything(tried)
        await onlooker.presses_whatever_is_shown()
        seen += [*onlooker.seen, *onlooker.around()]
        await onlooker.leaves()
        seen += onlooker.seen[-4:]
    return seen


def with_key(folder: Path) -> None:
    folder.mkdir()
    key = folder / "yorisoi.key"
    key.write_text(KEY.hex())
    key.chmod(0o600)


async def everything(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, exchanged: bool
) -> list[str]:
    with_key(folder)
    with dice_that_fall_alike(monkeypatch):
        async with open_world(folder, KEY) as world:
            seen = await all_they_see(world, exchanged=exchanged)
            settings = world.house.settings
            assert found(world.files(), Canaries(PEOPLE, frozenset(WORDS))) == []
    for show in PRINTS.values():
        capsys.readouterr()
        await show(settings)
        seen.append(capsys.readouterr().out.replace(str(folder), ""))
    return seen


async def test_whoever_the_authors_are_coordinators_and_operators_are_shown_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], handbook: Handbook
) -> None:
    await handbook.warm()  # whatever is thrown while it loads is thrown once
    one = await everything(tmp_path / "one", monkeypatch, capsys, exchanged=False)
    other = await everything(tmp_path / "other", monkeypatch, capsys, exchanged=True)
    for before, after in zip(one, other, strict=False):
        assert before == after
    assert len(one) == len(other)
    assert found("\n".join(one).encode(), Canaries(PEOPLE, frozenset())) == []
    for words in (*WORDS[:3], WORDS[STATES.index("hidden")]):
        assert any(words in each for each in one), "they did look"


def test_no_command_of_the_command_line_was_forgotten() -> None:
    groups = [(group.name, group.typer_instance) for group in cli.registered_groups]
    named = [f"{name} {each}" for name, group in groups if group for each in names_in(group)]
    assert {*names_in(cli), *named} == {*PRINTS, *PRINTS_NOTHING_OF_THE_ROWS}
