"""Where the rooms of a conference meet: who may act on one that a code opens, what the calendar holds for whoever has
only a role, what stays out of the minutes, and when volunteers are called."""

from datetime import UTC, datetime, timedelta

import icalendar

from bot.chat.events import Press
from bot.routing import conference_plans
from bot.store import asked, conferences, meeting_notes, meetings, participants, polls, seats, series, series_dates
from bot.store.members import Role
from bot.store.polls import Candidate, Plan
from bot.store.session import Session
from tests.scenarios.conferences import TIMES, answers, changed, found, holds, proposed
from tests.scenarios.meetings import held, member_id
from tests.world import TOKYO, Person, World

GONE = "この事例検討会は見つかりませんでした。"
CALL = "引き受けてくださる方はいませんか"


async def go_to(world: World, *moment: int) -> None:
    until = datetime(*moment, tzinfo=TOKYO)  # type: ignore[arg-type, misc]
    await world.house.advance(until - world.house.clock())


def calls(person: Person) -> list[datetime]:
    posts = [post for post in person.platform.posts if post.address.channel == person.id]
    return [post.at.astimezone(TOKYO) for post in posts if post.message.title == CALL]


async def test_a_coordinator_without_the_code_finds_no_door_to_it(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await sato.does(Press("conference.new", "code"))
    await sato.fills("話しにくい事例", TIMES)
    (only,) = await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
    await sato.does(Press("conference.place", only.id))
    await sato.fills("https://meet.example.jp/secret")
    await sato.does(Press("conference.take", f"{only.id}.chair"))
    await changed(world, only.id, state="decided", decided=1)
    for press in (
        Press("conference.roles", only.id),
        Press("conference.role", f"{only.id}.chair"),
        Press("conference.take", f"{only.id}.recorder"),
        Press("conference.free", f"{only.id}.chair"),
        Press("conference.coming", only.id),
        Press("conference.here", only.id),
        Press("conference.seats", only.id),
        Press("conference.size", f"{only.id}.5"),
        Press("conference.place", only.id),
        Press("series.choose", only.id),
        Press("series.begin", f"{only.id}.week"),
        Press("conference.name", only.id),
    ):
        said = await abe.does(press)
        assert said, press
        assert said.body == GONE, press
        assert not abe.form
    now = await found(world, only.id)
    assert (now.capacity, now.series) == (0, "")
    assert not any("secret" in str(post.message) for post in world.telegram.posts)


async def test_giving_a_name_lets_nobody_in(world: World) -> None:
    sato, conference = await proposed(world)
    abe = await world.person("abe", world.telegram)
    await changed(world, conference, hidden=False)
    await abe.does(Press("conference.name", conference))
    await changed(world, conference, audience="code")
    whose = await member_id(world, abe)
    await world.house.database.write(lambda session: participants.forget(session, conference, whose))
    said = await abe.fills("あべ")
    assert said
    assert said.body == GONE
    assert not await world.house.database.read(lambda session: participants.state_of(session, conference, whose))
    assert await sato.does(Press("conference.show", conference))


async def test_a_role_brings_no_place_to_whoever_cannot_come(world: World) -> None:
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "✕ 行けません", "◯ 行けます", "◯ 行けます")
    await holds(world, hana, conference, "adviser")
    await sato.does(Press("conference.place", conference))
    await sato.fills("https://meet.example.jp/secret")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    whose, now = await member_id(world, hana), world.house.clock()
    shown = await hana.does(Press("conference.show", conference))
    assert shown
    assert "予定表に入れる" not in hana.buttons
    said = await hana.does(Press("conference.calendar", conference))
    assert said
    assert not hana.files
    assert not await world.house.database.read(lambda session: meetings.of(session, whose, now))
    await hana.does(Press("conference.coming", conference))
    await hana.does(Press("conference.calendar", conference))
    (event,) = icalendar.Calendar.from_ical(hana.files.pop().content).walk("VEVENT")
    assert "secret" in str(event["location"])


async def test_a_step_that_was_left_out_comes_back_through_no_other_button(world: World) -> None:
    meeting = await held(world)
    await meeting.at(13)
    await meeting.writes_step(meeting.ken, "保健所に電話する")

    def only(session: Session) -> str:
        (step,) = meeting_notes.of(session, meeting.conference)
        return step.id

    step = await world.house.database.read(only)
    await meeting.yui.does(Press("conference.take_step", step))
    await meeting.ken.does(Press("conference.leave_out", step))
    for press in ("step", "step_on", "step_done", "step_again", "step_window", "take_step", "let_go_step"):
        said = await meeting.yui.does(Press(f"conference.{press}", step))
        assert said
        assert "保健所" not in f"{said.body}{said.quote}", press
    await meeting.yui.does(Press("conference.step_moved", f"{step}.week"))
    assert not await world.house.database.read(lambda session: meeting_notes.of(session, meeting.conference))
    await meeting.ken.does(Press("conference.put_back", step))
    assert await world.house.database.read(only) == step
    await meeting.yui.does(Press("conference.step_done", step))
    await meeting.ken.does(Press("conference.put_back", step))
    (kept,) = await world.house.database.read(lambda session: meeting_notes.of(session, meeting.conference))
    assert kept.state == meeting_notes.DONE, "what was never left out is not opened by an old button"


async def test_before_days_on_which_nobody_works_the_call_comes_earlier_and_never_at_night(world: World) -> None:
    """11 January 2027 is a holiday, a Monday; the conference is on the day after."""
    sato, conference = await proposed(world, "1/12 10:00\n1/14 10:00")
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await go_to(world, 2027, 1, 8, 8, 59)
    assert not calls(hana)
    await go_to(world, 2027, 1, 12, 9, 59)
    assert calls(hana) == [datetime(2027, 1, 8, 9, tzinfo=TOKYO)]


async def test_a_house_that_was_down_calls_nobody_at_night(world: World) -> None:
    sato, conference = await proposed(world, "12/10 14:00\n12/11 14:00")
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    world.house.clock.advance(datetime(2026, 12, 8, 3, tzinfo=TOKYO) - world.house.clock())
    await world.later(seconds=1)
    assert not calls(hana)
    await go_to(world, 2026, 12, 8, 12)
    assert calls(hana) == [datetime(2026, 12, 8, 8, 30, tzinfo=TOKYO)]


async def test_a_house_that_was_down_asks_about_no_series_at_night(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new_support"))
    await sato.fills("毎月第3木曜14時")
    world.house.clock.advance(datetime(2026, 12, 9, 3, tzinfo=TOKYO) - world.house.clock())
    await world.later(seconds=1)
    asked_about = [post for post in world.slack.posts if "次の定例は" in post.message.title]
    assert not asked_about
    await go_to(world, 2026, 12, 9, 9)
    (post,) = [post for post in world.slack.posts if "次の定例は" in post.message.title]
    assert post.at == datetime(2026, 12, 9, 8, 30, tzinfo=TOKYO)


async def test_a_poll_that_is_opened_again_waits_for_its_end(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    sato, conference = await proposed(world)
    for person in (hana, ken):
        await person.does(Press("conference.all", conference))
    assert (await found(world, conference)).state == "closed", "both have answered"
    await sato.does(Press("conference.option", f"{conference}.until.3"))
    await hana.does(Press("conference.mark", f"{conference}.1.no"))
    assert (await found(world, conference)).open, "the other one may think again, too"
    await ken.does(Press("conference.mark", f"{conference}.1.maybe"))
    slot = (await found(world, conference)).slots[0]
    assert (slot.yes, slot.maybe, slot.no) == (0, 1, 1)


async def test_a_series_of_a_code_stays_so_when_its_first_conference_is_called_off(world: World) -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)

    def call_off_and_go_on(session: Session) -> conferences.PublicConference:
        plan = Plan("話しにくい事例", audience=asked.BY_CODE, capacity=5)
        first = polls.propose(session, plan, [Candidate(now + timedelta(days=2))], "proposer")
        fixed = polls.decide(session, first.id, 1, now)
        begun = series_dates.found_from(session, fixed, "FREQ=WEEKLY;BYDAY=TH", TOKYO, "proposer")
        conferences.change(session, first.id, state="cancelled")
        date = series.next_open(session, begun, now, TOKYO)
        assert date
        made = series_dates.hold(session, begun, date.day, [Candidate(date.starts_at, 90)], "proposer", now)
        conference_plans.plan(session, made, now, world.house.rules)
        return made

    made = await world.house.database.write(call_off_and_go_on)
    assert (made.audience, made.capacity) == (asked.BY_CODE, 5), "what few were to know stands in no place"
    assert await world.house.database.read(lambda session: seats.left(session, made)) == 5


async def test_a_series_that_few_may_know_is_no_other_coordinators(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await sato.does(Press("conference.new_support"))
    await sato.fills("毎週木曜14時")
    (begun,) = await world.house.database.read(series.running)
    for name in ("show", "rests", "shift", "stop", "stopped"):
        said = await abe.does(Press(f"series.{name}", begun.id))
        assert said
        assert said.body == "この定例は見つかりませんでした。", name
    for name in ("hold", "other", "rest"):
        said = await abe.does(Press(f"series.{name}", f"{begun.id}.20261126"))
        assert said
        assert said.body == "この定例は見つかりませんでした。", name
    listed = await abe.does(Press("series.list"))
    assert listed
    assert not any(button.argument == begun.id for button in listed.buttons)
    seen = await sato.does(Press("series.show", begun.id))
    assert seen
    assert seen.quote


async def test_a_button_never_speaks_of_a_date_of_another_age(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new_support"))
    await sato.fills("毎週木曜14時")
    (begun,) = await world.house.database.read(series.running)
    for day in ("00010101", "99991230", "29990101", "", "1e9"):
        for action in ("series.hold", "series.other", "series.rest"):
            said = await sato.does(Press(action, f"{begun.id}.{day}"))
            assert said
            assert said.body.startswith("その日には、この定例はありません"), (said.body, day)
    assert not await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
