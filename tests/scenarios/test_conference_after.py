"""その後どうですか (story 9), after a conference: asked kindly, and told to the others after a confirmation alone."""

from sqlalchemy import update
from sqlmodel import col

from bot.chat.events import Command, Press
from bot.chat.messages import Message
from bot.store import aftermath, conferences, occurrences
from bot.store.conference_models import Participant
from bot.store.session import Session
from tests.scenarios.case_sheets import Meeting, asked_for
from tests.scenarios.following import go_to
from tests.scenarios.lives import tokyo
from tests.world import Person, World

QUESTION = "その後どうですか"
LINE = "訪問すると、玄関まで出てきてくれました。"
FIRST, SECOND = "2026-12-17 08:30", "2027-03-03 08:30"


def asked(person: Person) -> list[Message]:
    return [letter for letter in person.letters if QUESTION in letter.body]


def told(person: Person) -> list[Message]:
    return [letter for letter in person.letters if "その後です" in letter.body]


async def change(world: World, meeting: Meeting, **columns: object) -> None:
    await world.house.database.write(lambda session: conferences.change(session, meeting.conference, **columns))


async def test_asked_after_14_and_90_days_and_told_to_those_who_were_there_after_confirmation_alone(
    world: World,
) -> None:
    meeting = await asked_for(world)
    hana, ken = meeting.hana, meeting.ken
    await go_to(world, "2026-12-17 08:29")
    assert not asked(hana)
    await go_to(world, FIRST)
    (question,) = asked(hana)
    assert not question.quote and not asked(meeting.sato)
    await hana.presses("すこし進んだ")
    await hana.presses("ひとこと添える")
    await hana.fills(f"{LINE}電話は090-1234-5678です。")
    await world.later(hours=1)
    assert hana.sees("まだ、どなたにも届いていません")
    assert not told(ken), "nothing goes before"
    await hana.presses("参加した方に伝える")
    (letter,) = told(ken)
    assert letter.body == "12月3日(木)の事例検討会のその後です。「すこし進んだ」とのことです。"
    assert letter.quote.startswith(LINE) and "090" not in letter.quote
    assert not told(meeting.mio) and not told(hana)
    await hana.presses("参加した方に伝える")
    assert hana.sees("この控えは、もうありません") and len(told(ken)) == 1
    await go_to(world, "2027-03-03 08:29")
    assert len(asked(hana)) == 1
    await go_to(world, SECOND)
    assert len(asked(hana)) == 2
    await world.later(days=30)
    assert len(asked(hana)) == 2


async def test_put_off_asked_never_into_an_open_dialogue_and_stopped_for_good(world: World) -> None:
    meeting = await asked_for(world)
    hana = meeting.hana
    await go_to(world, FIRST)
    await hana.presses("あとで（3日後に）")
    await go_to(world, "2026-12-20 20:00")
    await hana.commands("worry")
    await go_to(world, "2026-12-21 20:00")
    assert len(asked(hana)) == 1, "the 20th is a Sunday, and on Monday a question is open"
    await hana.presses("やめる")
    await go_to(world, "2026-12-22 08:30")
    assert len(asked(hana)) == 2
    await hana.presses("もう聞かないで")
    await go_to(world, "2027-03-10 12:00")
    assert len(asked(hana)) == 2 and not told(meeting.ken)


async def test_only_who_was_there_is_told_where_somebody_pressed_it(world: World) -> None:
    meeting = await asked_for(world)
    jun = await world.person("jun", world.slack)

    def there(session: Session) -> None:
        marked = (col(Participant.conference) == meeting.conference, col(Participant.state) == "absent")
        session.run(update(Participant).where(*marked).values(attended="late"))

    await world.house.database.write(there)
    await go_to(world, FIRST)
    await meeting.hana.presses("変わらない")
    await meeting.hana.presses("参加した方に伝える")
    assert [len(told(each)) for each in (meeting.mio, meeting.ken, jun)] == [1, 0, 0]


async def test_another_date_or_none_any_more_and_it_lapses(world: World) -> None:
    meeting = await asked_for(world)
    await change(world, meeting, sequence=1)
    await go_to(world, FIRST)
    await change(world, meeting, sequence=0, state="cancelled")
    await go_to(world, SECOND)
    assert not asked(meeting.hana) and not asked(meeting.sato)
    planned = await world.house.database.read(lambda session: occurrences.due(session, tokyo("2028-01-01 00:00")))
    assert aftermath.ASK not in [each.kind for each in planned]


async def test_where_the_presenter_left_the_responsible_coordinator_is_asked_and_may_tell_nobody(world: World) -> None:
    meeting = await asked_for(world)
    await go_to(world, "2026-12-04 12:00")
    await meeting.hana.does(Press("mydata.erased", "anyway"))
    await go_to(world, FIRST)
    assert len(asked(meeting.sato)) == 1
    await meeting.sato.presses("むずかしくなった")
    await meeting.sato.presses("伝えない")
    await meeting.sato.presses("話せる段階でない")
    assert meeting.sato.sees("どなたにもお伝えしません")
    assert not told(meeting.ken)


async def test_it_is_nobody_elses_to_answer(world: World) -> None:
    meeting = await asked_for(world)
    arguments = [f"{meeting.conference}.better", f"{meeting.conference}.nonsense", "", "gone.better"]
    early = await meeting.hana.does(Press("conference.after", arguments[0]))
    assert early and "終わった検討会" in early.body
    await go_to(world, FIRST)
    for person in (meeting.ken, meeting.sato):
        for action in ("conference.after", "conference.after_later", "conference.after_stop"):
            for argument in (*arguments, meeting.conference):
                refused = await person.does(Press(action, argument))
                assert refused and not refused.buttons
    await meeting.hana.presses("すこし進んだ")
    draft = next(button for button in meeting.hana.hand[-1].buttons if button.action == "conference.after_send")
    for action in ("conference.after_send", "conference.after_add", "conference.after_drop", "following_up.post"):
        refused = await meeting.ken.does(Press(action, draft.argument))
        assert refused and "もうありません" in refused.body
    await meeting.hana.does(Command("help"))
    stolen = await meeting.hana.does(Press("following_up.post", draft.argument))
    assert stolen and "もうありません" in stolen.body, "another room's preview is not ours"
    assert not told(meeting.ken)
