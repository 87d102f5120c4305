"""Conferences in every state move from a file to a server, and go on there: votes, dates, roles, sheets and calendars."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.calendar_page import CalendarPage
from bot.chat.events import Press
from bot.store import conference_roles, conferences, meeting_notes, participants, polls, series, sheets
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.scenarios.case_sheets import ASKED, Meeting, asked_for, member_of, opens, writes
from tests.scenarios.conferences import THEME
from tests.scenarios.following import go_to
from tests.scenarios.lives import tokyo
from tests.store.test_moving import move
from tests.store.test_moving_servers import REMINDER, WORLD_KEYS
from tests.world import HeldClock, Person, World, open_world

ADDRESS = "https://yorisoi.example.jp"
DATES = (Candidate(tokyo("2026-12-15 14:00")), Candidate(tokyo("2026-12-16 14:00")))


async def moves(sato: Person, conference: str, when: str) -> None:
    await sato.does(Press("conference.move", conference))
    await sato.fills(when)
    await sato.presses("この日に変える")


async def subscribes(person: Person) -> str:
    shown = await person.does(Press("calendar.make"))
    assert shown
    return shown.quote.removeprefix(f"{ADDRESS}/calendar/")


async def others(world: World, sato: str, waits: str, decided: str) -> dict[str, str]:
    """Open, closed, and called off; and of the decided one a note and somebody who waits."""

    def write(session: Session) -> dict[str, str]:
        made = {
            state: polls.propose(session, Plan(f"{THEME}・{state}", required=()), list(DATES), sato).id
            for state in ("open", "closed", "cancelled")
        }
        for state in ("closed", "cancelled"):
            conferences.change(session, made[state], state=state)
        participants.put(session, decided, waits, "waiting", turn=1)
        meeting_notes.write(session, decided, "idea", "手紙を書く")
        return made

    return await world.house.database.write(write)


def moved_to(world: World, meeting: Meeting) -> Meeting:
    """The same people, before the house on the server."""
    people = {name: getattr(meeting, name) for name in ("sato", "hana", "ken", "mio")}
    new = {name: Person(world, getattr(world, each.platform.name), each.id) for name, each in people.items()}
    world.people.extend(new.values())
    return replace(meeting, **new)


async def test_conferences_in_every_state_go_on_on_a_server(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YORISOI_PUBLIC_URL", ADDRESS)
    clock = HeldClock()
    async with open_world(tmp_path, clock=clock) as before:
        meeting = await asked_for(before)
        await writes(meeting)
        for when in ("12/10 14:00", "12/11 15:00"):
            await moves(meeting.sato, meeting.conference, when)
        await meeting.ken.does(Press("conference.suits", f"{meeting.conference}.2"))
        await meeting.sato.does(Press("series.begin", f"{meeting.conference}.nth"))
        secret = await subscribes(meeting.ken)
        sato, mio = await member_of(meeting.sato), await member_of(meeting.mio)
        made = await others(before, sato, mio, meeting.conference)
        home = before.house.settings.database
    assert all(each.equal for each in move(home, postgres_url, WORLD_KEYS))
    async with open_world(tmp_path, url=postgres_url, clock=clock) as world:
        _lives_on(before, world)
        await _goes_on(world, moved_to(world, meeting), made, secret)


def _lives_on(before: World, world: World) -> None:
    """The platforms and their events are the same as ever."""
    world.slack, world.telegram, world._events = before.slack, before.telegram, before._events
    world.house.adapters.update({"slack": world.slack, "telegram": world.telegram})


async def _goes_on(world: World, meeting: Meeting, made: dict[str, str], secret: str) -> None:
    database, ken, sato = world.house.database, meeting.ken, meeting.sato
    states = {each: (await database.read(lambda session: conferences.find(session, each))).state  # noqa: B023
              for each in (*made.values(), meeting.conference)}  # fmt: skip
    assert list(states.values()) == ["open", "closed", "cancelled", "decided"]
    holders = await database.read(lambda session: conference_roles.holders(session, meeting.conference))
    assert list(holders) == ["presenter"]
    waiting = await database.read(lambda session: participants.of(session, meeting.conference, ("waiting",)))
    assert waiting == [await member_of(meeting.mio)]
    notes = await database.read(lambda session: meeting_notes.of(session, meeting.conference))
    assert [note.text for note in notes] == ["手紙を書く"]
    assert ASKED in (await opens(ken, meeting)).quote, "the sheet opens"
    page = await CalendarPage(world.house).find(secret)
    assert page and b"SEQUENCE:2" in page.body, "the same secret opens the calendar"
    await ken.does(Press("conference.vote", made["open"]))
    await ken.fills("yes", "no")
    await sato.does(Press("conference.fix", f"{made['open']}.1"))
    await moves(sato, meeting.conference, "12/14 15:00")
    await ken.does(Press("conference.suits", f"{meeting.conference}.3"))
    moved = await database.read(lambda session: conferences.find(session, meeting.conference))
    assert (moved.sequence, moved.chosen and moved.chosen.starts_at) == (3, tokyo("2026-12-14 15:00"))
    await go_to(world, "2026-12-16 15:00")
    reminded = sorted(letter.body.splitlines()[0][:6] for letter in ken.letters if REMINDER in letter.title)
    assert reminded == ["12月14日", "12月15日"], "of each once, and of the old dates never"
    await go_to(world, "2027-01-15 09:00")
    assert any(letter.title.startswith("次の定例は") for letter in sato.letters)
    assert len(await database.read(series.running)) == 1
    kept = await database.read(lambda session: sheets.find(session, meeting.conference))
    assert kept is None, "thirty days after its end the sheet is gone"
