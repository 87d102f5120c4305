"""Roles of a conference: one holder each, taken, handed on, given back; and one call where a needed one is free."""

import asyncio
from datetime import datetime

import pytest

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import conference_roles, conferences, participants
from bot.store.members import Role
from tests.scenarios.conferences import answers, proposed
from tests.world import TOKYO, Person, World

CALL = "引き受けてくださる方はいませんか"
DATES = "12/10 14:00\n12/11 14:00"
"""A Thursday and a Friday; three days before the first is Monday the 7th."""


async def holders(world: World, conference: str) -> set[str]:
    return set(await world.house.database.read(lambda session: conference_roles.holders(session, conference)))


async def goes_to(world: World, day: int, hour: int, minute: int = 0) -> None:
    until = datetime(2026, 12, day, hour, minute, tzinfo=TOKYO)
    await world.later(seconds=int((until - world.house.clock()).total_seconds()))


def calls(person: Person) -> list[Message]:
    return [letter for letter in person.letters if letter.title == CALL]


def lines(card: Message | None) -> dict[str, str]:
    assert card
    return dict(line.replace("（必要）", "").split("：", 1) for line in card.note.splitlines())


async def fixed(world: World) -> tuple[Person, Person, Person, str]:
    """The coordinator, two who come, and the conference; the chair and the presenter are needed, and nobody is."""
    sato, conference = await proposed(world, DATES)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    ken = await answers(world, "ken", world.slack, conference, "maybe", "yes")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    return sato, hana, ken, conference


async def test_a_role_is_taken_in_one_press_from_the_card_also_while_dates_are_asked_for(world: World) -> None:
    _, conference = await proposed(world, DATES)
    hana = await world.person("hana", world.telegram)
    await hana.does(Press("conference.show", conference))
    board = await hana.presses("役割（空きがあります）")
    assert lines(board) == {
        "司会": "空いています", "事例提供": "空いています", "記録": "空いています", "時間係": "空いています",
        "裏方": "空いています", "助言者": "空いています",
    }  # fmt: skip
    taken = await hana.presses("司会を引き受ける")
    assert taken
    assert taken.body.startswith("ありがとうございます。司会をお願いします。")
    assert lines(taken)["司会"] == "あなた"
    ken = await world.person("ken", world.slack)
    seen = await ken.does(Press("conference.roles", conference))
    assert lines(seen)["司会"] == "決まっています"
    assert "司会を引き受ける" not in ken.buttons
    refused = await ken.does(Press("conference.take", f"{conference}.chair"))
    assert refused
    assert refused.body.startswith("ちょうど、ほかの方が引き受けてくださいました。")


async def test_of_two_at_once_one_has_the_role_and_the_other_is_told_kindly(world: World) -> None:
    _, conference = await proposed(world, DATES)
    people = [await world.person(name, world.slack) for name in ("hana", "ken", "mio")]
    said = await asyncio.gather(*(each.does(Press("conference.take", f"{conference}.recorder")) for each in people))
    bodies = sorted((message.body if message else "").split("。")[0] for message in said)
    assert bodies == ["ありがとうございます", *["ちょうど、ほかの方が引き受けてくださいました"] * 2]
    assert await holders(world, conference) == {"recorder"}


async def test_whoever_would_like_to_be_relieved_keeps_it_until_somebody_takes_it(world: World) -> None:
    sato, hana, ken, conference = await fixed(world)
    await hana.does(Press("conference.take", f"{conference}.recorder"))
    await hana.presses("記録（わたし）")
    said = await hana.presses("代わってほしい")
    assert said
    assert lines(said)["記録"] == "あなた（代わってくれる方を探しています）"
    assert [letter.body.splitlines()[0] for letter in (sato.letters[-1], ken.letters[-1])] == [
        "記録を代わってほしい方がいます。"
    ] * 2
    assert "recorder" in await holders(world, conference)
    await hana.presses("記録（わたし）")
    await hana.presses("やっぱり続けます")
    refused = await ken.presses("記録を代わります")
    assert refused
    assert "ほかの方が引き受けて" in refused.body, "the button in the letter is a door, not a key"
    await hana.presses("記録（わたし）")
    await hana.presses("代わってほしい")
    assert len([letter for letter in ken.letters if "代わってほしい" in letter.body]) == 1, "told once"
    taken = await ken.presses("記録を代わります")
    assert lines(taken)["記録"] == "あなた"
    assert hana.letters[-1].body == "記録を、ほかの方が代わってくださいました。ありがとうございました。"
    not_mine = await hana.does(Press("conference.release", f"{conference}.recorder"))
    assert not_mine
    assert not_mine.body == "この役割は、いまはあなたのものではありません。"


async def test_taking_a_role_makes_one_come_and_only_a_coordinator_frees_one_of_another(world: World) -> None:
    sato, _, _, conference = await fixed(world)
    mori = await world.person("mori", world.telegram)
    await mori.does(Press("conference.take", f"{conference}.timekeeper"))
    coming = await world.house.database.read(lambda session: participants.of(session, conference, ("coming",)))
    assert len(coming) == 2
    kei = await world.person("kei", world.slack)
    for action in ("role", "free"):
        assert "時間係" not in str(await kei.does(Press(f"conference.{action}", f"{conference}.timekeeper")))
    assert await holders(world, conference) == {"timekeeper"}
    await sato.does(Press("conference.roles", conference))
    await sato.presses("時間係（ほかの方）")
    await sato.presses("空ける")
    assert mori.letters[-1].body.startswith("調整役の方が時間係を空けました。")
    assert await holders(world, conference) == set()
    again = await sato.does(Press("conference.free", f"{conference}.timekeeper"))
    assert again
    assert again.body == "この役割は、もう空いています。"


async def test_missing_three_days_before_it_is_called_for_once(world: World) -> None:
    sato, hana, ken, conference = await fixed(world)
    await sato.does(Press("conference.take", f"{conference}.chair"))
    mio = await world.person("mio", world.slack)
    await goes_to(world, 7, 13, 59)
    assert not calls(hana)
    await goes_to(world, 7, 14)
    assert [len(calls(each)) for each in (sato, hana, ken, mio)] == [1, 1, 1, 0], "sato comes now, as the chair"
    assert calls(hana)[0].body == "事例提供がまだ決まっていません。\n12月10日(木) 14:00 から 90分"
    await hana.presses("事例提供を引き受ける")
    late = await ken.presses("事例提供を引き受ける")
    assert late
    assert "ほかの方が引き受けて" in late.body
    await goes_to(world, 11, 9)
    assert [len(calls(each)) for each in (sato, hana, ken)] == [1, 1, 1]


async def test_filled_in_time_nobody_is_called(world: World) -> None:
    sato, hana, ken, conference = await fixed(world)
    await ken.does(Press("conference.take", f"{conference}.chair"))
    await hana.does(Press("conference.take", f"{conference}.presenter"))
    await goes_to(world, 11, 9)
    assert not [letter for each in (sato, hana, ken) for letter in calls(each)]


@pytest.mark.parametrize(
    ("dates", "hours", "called_at"),
    [
        pytest.param("12/8 14:00\n12/11 14:00", 0, (7, 8, 30), id="over a weekend"),
        pytest.param("12/10 19:00\n12/11 14:00", 0, (8, 8, 30), id="an evening"),
        pytest.param("11/26 14:00\n12/11 14:00", 10, None, id="decided in the evening, two days before"),
        pytest.param("11/25 8:00\n12/11 14:00", 10, None, id="it begins before the next working moment"),
    ],
)
async def test_the_call_keeps_to_working_hours(
    world: World, dates: str, hours: int, called_at: tuple[int, int, int] | None
) -> None:
    await world.later(hours=hours)
    sato, conference = await proposed(world, dates)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    if called_at:
        day, hour, minute = called_at
        await goes_to(world, day, hour, minute - 1)
        assert not calls(hana)
        await goes_to(world, day, hour, minute)
        assert len(calls(hana)) == 1
        assert any("参加する方に声をかけました" in letter.body for letter in sato.letters)
        return
    assert not calls(hana)
    await world.later(hours=15)
    assert len(calls(hana)) == (1 if dates.startswith("11/26") else 0)


async def test_a_presenter_who_leaves_is_missed_at_once_and_called_for_once_more(world: World) -> None:
    sato, hana, ken, conference = await fixed(world)
    await ken.does(Press("conference.take", f"{conference}.chair"))
    await hana.does(Press("conference.take", f"{conference}.presenter"))
    await hana.does(Press("mydata.erased"))
    assert sato.letters[-1].body.startswith("事例提供の方が続けられなくなり、空いています。")
    assert not calls(ken)
    await world.later(hours=1)
    assert len(calls(ken)) == 1
    assert not calls(hana)
    await goes_to(world, 7, 14)
    assert len(calls(ken)) == 2, "and at the time when everybody is asked"
    mio = await world.person("mio", world.slack)
    await mio.does(Press("conference.take", f"{conference}.presenter"))
    await goes_to(world, 9, 9)
    await mio.does(Press("conference.absent", conference))
    assert sato.letters[-1].body.startswith("事例提供の方が続けられなくなり")
    await goes_to(world, 11, 9)
    assert len(calls(ken)) == 2, "so late only who is responsible hears it"


async def test_a_statutory_meeting_has_every_role_but_that_of_the_case(world: World) -> None:
    sato, conference = await proposed(world, DATES)
    support = await world.house.database.write(
        lambda session: conferences.change(session, conference, kind="support", audience="code")
    )
    assert conference_roles.open_to(support) == ("chair", "recorder", "timekeeper", "host", "adviser")
    refused = await sato.does(Press("conference.take", f"{conference}.presenter"))
    assert refused
    assert refused.body == "この集まりには、その役割はありません。"
    hana = await world.person("hana", world.telegram)
    for action in ("roles", "take", "coming"):
        argument = f"{conference}.chair" if action == "take" else conference
        unknown = await hana.does(Press(f"conference.{action}", argument))
        assert unknown
        assert unknown.body == "この集まりは見つかりませんでした。", "who was not given its code is no part of it"


async def test_the_reminder_says_the_role_of_whom_it_goes_to(world: World) -> None:
    _, hana, ken, conference = await fixed(world)
    await hana.does(Press("conference.take", f"{conference}.host"))
    await goes_to(world, 9, 9)
    assert "あなたの役割：裏方" in hana.letters[-1].body
    assert "あなたの役割" not in ken.letters[-1].body


async def test_a_coordinator_removed_in_the_middle_frees_nothing(world: World) -> None:
    _, hana, _, conference = await fixed(world)
    abe = await world.person("abe", world.slack, Role.COORDINATOR)
    await hana.does(Press("conference.take", f"{conference}.chair"))
    await abe.does(Press("conference.roles", conference))
    await abe.does(Press("coordinating.stepped_down"))
    await abe.presses("司会（ほかの方）")
    await abe.does(Press("conference.free", f"{conference}.chair"))
    assert await holders(world, conference) == {"chair"}
