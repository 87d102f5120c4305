"""Seats of a fixed date: never more than there are, the line moves on, the place is for who comes, and who is there."""

import asyncio
from datetime import datetime

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import conferences, participants, seats
from bot.store.session import Session
from tests.scenarios.conferences import THEME, answers, card, proposed
from tests.world import TOKYO, Person, World

DATES = "12/10 14:00\n12/11 14:00"
LINK = "https://meet.example.org/yorisoi?a=1"


async def states(world: World, conference: str) -> dict[str, int]:
    def read(session: Session) -> dict[str, int]:
        every = ("coming", "maybe", "waiting", "absent")
        return {state: len(participants.of(session, conference, (state,))) for state in every}

    return await world.house.database.read(read)


async def goes_to(world: World, day: int, hour: int, minute: int = 0) -> None:
    until = datetime(2026, 12, day, hour, minute, tzinfo=TOKYO)
    await world.later(seconds=int((until - world.house.clock()).total_seconds()))


async def full(world: World, people: int = 7) -> tuple[Person, list[Person], str]:
    """Five seats; so many said ◯, the last of them is the chair. Returns those with a seat first, then the line."""
    sato, conference = await proposed(world, DATES)
    await sato.does(Press("conference.more", conference))
    await sato.presses("定員を決める")
    await sato.presses("5人")
    yes = [await answers(world, f"p{number}", world.slack, conference, "yes", "no") for number in range(people)]
    await yes[-1].does(Press("conference.take", f"{conference}.chair"))
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await world.later(seconds=1)
    return sato, [yes[-1], *sorted(yes[:-1], key=_waits)], conference


def _waits(person: Person) -> int:
    """0 for who has a seat, or their place in the line as they were told."""
    told = next((letter.body for letter in person.letters if "番目でお待ち" in letter.body), "")
    return int(told.split("番目")[0][-1]) if told else 0


def said(message: Message | None) -> str:
    assert message
    return message.body


async def test_who_has_a_role_sits_first_and_the_line_is_told_and_moves_on(world: World) -> None:
    sato, people, conference = await full(world)
    chair, first, *_, waiting, last = people
    assert await states(world, conference) == {"coming": 5, "maybe": 0, "waiting": 2, "absent": 0}
    assert [_waits(each) for each in people] == [0, 0, 0, 0, 0, 1, 2]
    assert _waits(chair) == 0, "whoever has a role"
    late = await world.person("late", world.telegram)
    joined = await late.does(Press("conference.coming", conference))
    assert said(joined).startswith("いま席がいっぱいです。3番目でお待ちください。")
    assert said(await late.does(Press("conference.coming", conference))) == said(joined), "pressed twice"
    away = await first.presses("やっぱり行けません")
    assert said(away) == "わかりました。教えてくださって、ありがとうございます。"
    assert waiting.letters[-1].body.startswith("お待たせしました。席が空いたので、参加できます。")
    assert "席が空いた" not in last.letters[-1].body
    shown = await last.does(Press("conference.show", conference))
    assert shown
    assert "定員 5人\n空きを待っています（1番目）" in shown.note
    raised = await sato.does(Press("conference.size", f"{conference}.8"))
    assert said(raised) == "定員 8人\n待っていた2人に、席ができたことを知らせます。"
    for each in (last, late):
        assert each.letters[-1].body.startswith("お待たせしました。")
    assert await states(world, conference) == {"coming": 7, "maybe": 0, "waiting": 0, "absent": 1}


async def test_a_role_without_a_seat_is_not_taken_and_a_leaver_makes_room(world: World) -> None:
    _, people, conference = await full(world, 6)
    chair, waiting = people[0], people[-1]
    refused = await waiting.does(Press("conference.take", f"{conference}.host"))
    assert said(refused).startswith("席がいっぱいで、いまは引き受けられません。")
    await chair.does(Press("mydata.erased"))
    assert waiting.letters[-1].body.startswith("お待たせしました。")
    assert (await states(world, conference))["coming"] == 5
    assert "裏方をお願いします" in said(await waiting.does(Press("conference.take", f"{conference}.host")))


async def test_pressed_at_once_there_are_never_more_than_there_are_seats(world: World) -> None:
    _, people, conference = await full(world, 4)
    late = [await world.person(f"late{number}", world.telegram) for number in range(4)]
    await asyncio.gather(*(each.does(Press("conference.coming", conference)) for each in late))
    assert await states(world, conference) == {"coming": 5, "maybe": 0, "waiting": 3, "absent": 0}
    await asyncio.gather(*(each.does(Press("conference.absent", conference)) for each in people[:2]))
    assert await states(world, conference) == {"coming": 5, "maybe": 0, "waiting": 1, "absent": 2}


async def test_a_perhaps_keeps_no_seat_until_it_is_sure_and_the_posted_card_is_open_to_late_joiners(
    world: World,
) -> None:
    sato, conference = await proposed(world, DATES)
    ken = await answers(world, "ken", world.slack, conference, "maybe", "no")
    mori = await world.person("mori", world.telegram)
    early = await mori.does(Press("conference.coming", conference))
    assert said(early) == "まだ日が決まっていません。日程のほうに答えてください。"
    await mori.does(Press("conference.take", f"{conference}.recorder"))
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await world.later(seconds=1)
    assert (await states(world, conference))["maybe"] == 2
    await mori.does(Press("conference.show", conference))
    await mori.presses("行けます")
    await ken.does(Press("conference.show", conference))
    await ken.presses("行けます")
    hana = await world.person("hana", world.telegram)
    posted = card(world.telegram)
    assert [button.label for button in posted.buttons] == ["参加する", "やっぱり行けません"]
    hana.place = "telegram-group-広場"
    await hana.presses("参加する")
    assert await states(world, conference) == {"coming": 3, "maybe": 0, "waiting": 0, "absent": 0}


async def test_the_place_is_told_to_who_comes_once_and_shown_to_nobody_else(world: World) -> None:
    sato, conference = await proposed(world, DATES)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    ken = await answers(world, "ken", world.slack, conference, "no", "yes")
    await hana.does(Press("conference.take", f"{conference}.host"))
    await ken.does(Press("conference.place", conference))
    assert ken.sees("場所・リンクは、調整役・司会・裏方の方が決められます。")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await hana.does(Press("conference.place", conference))
    assert hana.sees("参加する方だけに見えます")
    await hana.fills("javascript:alert(1)")
    assert hana.sees("リンクは https:// か http:// で始まるものにしてください。")
    await hana.fills(f"市民会館 2階　{LINK}")
    await sato.does(Press("conference.coming", conference))
    await sato.does(Press("conference.place", conference))
    assert sato.form
    assert sato.form.fields[0].value == f"市民会館 2階 {LINK}"
    told = len(hana.letters)
    await sato.fills(f"市民会館 2階 {LINK}")
    assert len(hana.letters) == told, "the same as before"
    await sato.does(Press("conference.place", conference))
    await sato.fills(f"市民会館 3階 {LINK}")
    assert hana.letters[-1].title == "場所・リンクのお知らせ"
    assert hana.letters[-1].quote == f"{THEME}\n場所：市民会館 3階"
    shown = await hana.does(Press("conference.show", conference))
    assert shown
    assert f"リンク：{LINK}" in shown.body
    hidden = await ken.does(Press("conference.show", conference))
    assert "市民会館" not in str(hidden) + str(ken.letters)
    assert LINK not in str(hidden) + str(ken.letters) + str(card(world.slack))
    assert LINK.encode() not in world.files()
    await goes_to(world, 9, 9)
    assert f"リンク：{LINK}" in hana.letters[-1].body
    people = await world.house.database.read(lambda session: participants.of(session, conference, ("absent",)))
    nothing = await world.house.database.read(lambda session: seats.place_of(session, conference, people[0]))
    assert nothing == ""


async def test_at_the_beginning_one_button_says_that_one_is_there_and_late_joiners_find_a_seat(world: World) -> None:
    sato, people, conference = await full(world, 5)
    chair, first, second, *_ = people
    early = await first.does(Press("conference.here", conference))
    assert said(early).startswith("まだ始まっていません。")
    await goes_to(world, 10, 14)
    assert all("はじまりました" in [letter.title for letter in each.letters] for each in (chair, first, second))
    assert sato.letters[-1].title != "はじまりました", "who does not come is not asked"
    assert said(await first.presses("います")) == "ありがとうございます。参加を受けとりました。"
    mio = await world.person("mio", world.telegram)
    await mio.does(Press("conference.show", conference))
    refused = await mio.presses("途中から参加")
    assert said(refused) == "席がいっぱいで、いまは参加できません。ごめんなさい。"
    await world.later(minutes=10)
    assert said(await second.presses("います")) == "ありがとうございます。参加を受けとりました。"
    await world.later(minutes=1)
    await sato.does(Press("conference.size", f"{conference}.8"))
    assert said(await mio.presses("途中から参加")) == "ありがとうございます。途中からの参加を受けとりました。"
    assert "参加を受けとりました" in said(await first.presses("います")), "the first press counts"
    shown = await first.does(Press("conference.show", conference))
    assert shown
    assert "参加を受けとりました。" in shown.note
    await goes_to(world, 10, 15, 30)
    over = await chair.presses("います")
    assert said(over) == "この集まりは、もう終わったか、なくなりました。"
    assert sum(letter.title == "はじまりました" for letter in chair.letters) == 1


async def test_slept_through_the_beginning_nobody_is_asked_by_letter(world: World) -> None:
    _, people, conference = await full(world, 3)
    world.house.clock.advance(datetime(2026, 12, 10, 14, 5, tzinfo=TOKYO) - world.house.clock())
    await world.house.runner.tick()
    await world.house.settled()
    assert not [letter for each in people for letter in each.letters if letter.title == "はじまりました"]
    card_shown = await people[0].does(Press("conference.show", conference))
    assert card_shown
    assert "います" in [button.label for button in card_shown.buttons], "the card has it all the same"


async def test_only_a_coordinator_sets_how_many_and_nobody_sets_nonsense(world: World) -> None:
    sato, conference = await proposed(world, DATES)
    ken = await world.person("ken", world.slack)
    for action, argument in (("seats", conference), ("size", f"{conference}.5")):
        assert said(await ken.does(Press(f"conference.{action}", argument))) == "これは調整役の方ができることです。"
    for size in ("7", "-1", "x", "", "²", "9" * 30):
        await sato.does(Press("conference.size", f"{conference}.{size}"))
    found = await world.house.database.read(lambda session: conferences.find(session, conference))
    assert found.capacity == 0
