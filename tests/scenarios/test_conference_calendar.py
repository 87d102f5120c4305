"""A fixed date in one's own calendar: as a file, from a secret address, and told where two lie at the same time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

from bot.app.calendar_page import CalendarPage
from bot.chat.events import Press
from bot.store import conferences, members, polls
from bot.store.conferences import PublicConference
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.scenarios.conferences import THEME, answers, decides, proposed
from tests.scenarios.ledger import counts
from tests.world import FakePlatform, Person, World, open_world, spoken

ADDRESS = "https://yorisoi.example.jp"


@pytest.fixture
async def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("YORISOI_PUBLIC_URL", ADDRESS)
    async with open_world(tmp_path) as opened:
        yield opened


async def change(world: World, conference: str, **values: object) -> PublicConference:
    return await world.house.database.write(lambda session: conferences.change(session, conference, **values))


async def takes(person: Person, conference: str) -> icalendar.Calendar:
    """The file that a button of the conference's card brings."""
    await person.does(Press("conference.show", conference))
    await person.presses("予定表に入れる")
    file = person.files.pop()
    assert file.name == "yorisoi.ics" and THEME.encode() not in file.content
    return icalendar.Calendar.from_ical(file.content)


async def fixed(world: World) -> tuple[Person, Person, str]:
    """sato proposed it, hana comes."""
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "✕ 行けません", "◯ 行けます", "△ たぶん")
    await decides(sato, "12月3日(木) 14:00")
    return sato, hana, conference


async def subscribes(person: Person) -> str:
    """The secret of the address that is shown."""
    await person.commands("conference")
    await person.presses("予定表を購読する")
    again = "作り直す" in [button.label for button in person.screen[-1].buttons]
    shown = await person.presses("作り直す" if again else "購読用のアドレスを作る")
    assert shown and shown.own and shown.quote.startswith(f"{ADDRESS}/calendar/") and shown.quote.endswith(".ics")
    return shown.quote.removeprefix(f"{ADDRESS}/calendar/")


async def looks(world: World, name: str) -> icalendar.Calendar | None:
    found = await CalendarPage(world.house).find(name)
    return icalendar.Calendar.from_ical(found.body) if found else None


async def test_the_same_date_stays_one_however_often_it_changes(world: World) -> None:
    _, hana, conference = await fixed(world)
    first = await takes(hana, conference)
    await change(world, conference, decided=3, sequence=1)
    moved = await takes(hana, conference)
    await change(world, conference, decided=1, sequence=2)
    again = await takes(hana, conference)
    await change(world, conference, state="cancelled")
    gone = await takes(hana, conference)
    files = (first, moved, again, gone)
    assert [str(each["method"]) for each in files] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert [each.events[0]["sequence"] for each in files] == [0, 1, 2, 3]
    assert len({str(each.events[0]["uid"]) for each in files}) == 1
    slots = (await world.house.database.read(lambda session: conferences.find(session, conference))).slots
    starts = [each.events[0].start for each in files]
    assert starts == [slots[number - 1].starts_at for number in (2, 3, 1, 1)]


async def test_only_who_comes_has_it_and_reads_the_place(world: World) -> None:
    _, hana, conference = await fixed(world)

    def put(session: Session) -> None:
        sealed = session.keys.box.seal("市民会館".encode(), f"place_of:{conference}")
        conferences.change(session, conference, place=sealed)

    await world.house.database.write(put)
    assert str((await takes(hana, conference)).events[0]["location"]) == "市民会館"
    assert hana.sees("12月3日(木) 14:00〜15:30　事例検討会") and hana.sees("市民会館")
    mio = await world.person("mio", world.telegram)
    await mio.does(Press("conference.show", conference))
    assert "予定表に入れる" not in mio.buttons
    await mio.does(Press("conference.calendar", conference))
    assert mio.sees("参加する方だけ") and not mio.files and not mio.sees("市民会館")


async def test_where_no_file_can_be_sent_the_date_is_said(world: World) -> None:
    sato, conference = await proposed(world)
    ken = await answers(world, "ken", world.slack, conference, "no", "maybe", "no")
    await decides(sato, "12月3日(木) 14:00")
    await takes(ken, conference)
    assert ken.sees("12月3日(木) 14:00〜15:30") and ken.sees("上の日時を書き写して")
    await ken.commands("conference")
    assert "予定表を購読する" not in ken.buttons, "nothing is offered that is then refused"
    await ken.does(Press("calendar.show"))
    assert ken.sees("YORISOI_PUBLIC_URL")
    assert (await counts(world)).get("feed", 0) == 0


async def test_a_calendar_follows_by_a_secret_address_that_is_shown_once(public: World) -> None:
    _, hana, conference = await fixed(public)
    secret = await subscribes(hana)
    assert secret.removesuffix(".ics").encode() not in public.files()
    found = await looks(public, secret)
    assert found and [str(event["status"]) for event in found.events] == ["CONFIRMED"]
    assert THEME not in found.to_ical().decode()
    await change(public, conference, state="cancelled")
    found = await looks(public, secret)
    assert found and [str(event["status"]) for event in found.events] == ["CANCELLED"]
    await public.later(days=50)
    found = await looks(public, secret)
    assert found and found.events == []


async def test_the_address_ends_at_once(public: World) -> None:
    _, hana, _ = await fixed(public)
    first = await subscribes(hana)
    second = await subscribes(hana)
    assert first != second
    assert await looks(public, first) is None and await looks(public, second)
    await hana.presses("購読をやめる")
    assert await looks(public, second) is None
    third = await subscribes(hana)
    assert await looks(public, third)
    await hana.does(Press("mydata.erased"))
    assert await looks(public, third) is None
    assert (await counts(public)).get("feed", 0) == 0


async def test_nobody_reads_along(public: World) -> None:
    _, hana, _ = await fixed(public)
    hana.place = await public.group(public.telegram, "広場")
    for action in ("calendar.show", "calendar.make"):
        shown = await hana.does(Press(action))
        assert shown and "ほかの人に見えて" in shown.body
    assert (await counts(public)).get("feed", 0) == 0


async def another(world: World, hana: Person, sato: Person, minutes: int) -> str:
    """A second conference hana comes to, so many minutes after the first begins."""

    def propose(session: Session) -> str:
        first = conferences.coming(session, world.house.clock())[0].chosen
        member = members.find(session, world.event(hana, Press("x")).private)
        assert first and member
        starts_at = first.starts_at + timedelta(minutes=minutes)
        plan, times = Plan("居場所"), [Candidate(starts_at), Candidate(starts_at + timedelta(days=7))]
        made = polls.propose(session, plan, times, "")
        polls.vote(session, made.id, member.id, {1: "yes", 2: "no"}, world.house.clock())
        return made.id

    conference = await world.house.database.write(propose)
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await world.later(minutes=1)
    return conference


def told(platform: FakePlatform, person: Person) -> list[str]:
    sent = [post.message for post in platform.posts if post.address.channel == person.id]
    return [spoken(message) for message in sent if message.title == "予定が重なっています"]


async def test_who_comes_to_two_at_the_same_time_is_told_once(world: World) -> None:
    sato, hana, _ = await fixed(world)
    await another(world, hana, sato, 90)
    assert told(world.telegram, hana) == [], "it begins when the other ends"
    second = await another(world, hana, sato, 60)
    (letter,) = told(world.telegram, hana)
    for when in ("12月3日(木) 14:00〜15:30", "12月3日(木) 15:00〜16:30", "12月3日(木) 15:30〜17:00"):
        assert when in letter
    assert "居場所" not in letter and THEME not in letter
    assert told(world.slack, sato) == []
    shown = await hana.does(Press("conference.show", second))
    assert shown and "※同じ時間に、ほかの予定があります：12月3日(木) 14:00〜15:30" in shown.note
    await takes(hana, second)
    assert hana.sees("※同じ時間に、ほかの予定があります：12月3日(木) 14:00〜15:30")
