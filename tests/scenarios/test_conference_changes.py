"""A date that was fixed is changed twice, asked for anew, or called off: shown once, told once, on both platforms."""

from datetime import datetime

from bot.chat.events import Press
from bot.store import conference_roles, participants
from bot.store.members import Role
from tests.scenarios.community import community, shared
from tests.scenarios.conferences import THEME, answers, card, changed, decides, found, further, holds, proposed
from tests.scenarios.test_cases import proposes, wishes
from tests.world import TOKYO, FakePlatform, Person, World

OLD, NEW, NEWER = "12月3日(木) 14:00", "12月10日(木) 14:00", "12月11日(金) 15:00"
YES, MAYBE, NO = "◯ 行けます", "△ たぶん", "✕ 行けません"


async def fixed(world: World, platform: FakePlatform | None = None) -> tuple[Person, str, Person, Person]:
    """For the third of December: hana comes, ken does not."""
    sato, conference = await proposed(world, platform=platform)
    hana = await answers(world, "hana", world.telegram, conference, NO, YES, NO)
    ken = await answers(world, "ken", world.slack, conference, "yes", "no", "no")
    await decides(sato, OLD)
    return sato, conference, hana, ken


async def moves(sato: Person, times: str) -> None:
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    await sato.presses("日を変える")
    await sato.fills(times)


async def answers_the_letter(person: Person, label: str) -> None:
    """The newest, whatever is in hand from before."""
    button = next(button for button in person.letters[-1].buttons if button.label == label)
    assert await person.does(Press(button.action, button.argument))


async def coming(world: World, conference: str, *states: str) -> int:
    return len(await world.house.database.read(lambda session: participants.of(session, conference, states)))


async def test_it_moves_twice_and_everyone_says_whether_that_suits(world: World, platform: FakePlatform) -> None:
    sato, conference, hana, ken = await fixed(world, platform)
    await holds(world, hana, conference, "presenter")
    await moves(sato, "12/10 14:00")
    shown = sato.screen[-1]
    assert (shown.body, shown.quote) == (f"{OLD} → {NEW}", THEME)
    assert "2人に知らせて" in shown.note
    assert len(hana.letters) == len(ken.letters) == 1, "nobody is told yet"
    await sato.presses("この日に変える")
    for person in (hana, ken):
        assert [letter.title for letter in person.letters[1:]] == ["日が変わりました"]
        assert person.letters[-1].body == f"{OLD} → {NEW}"
    for place in (world.slack, world.telegram):
        assert card(place).body == f"{NEW} から 90分"
    assert await coming(world, conference, "maybe") == 1, "until she answers"
    await hana.presses("行けます")
    await ken.presses("行けます")
    assert await coming(world, conference, "coming") == 2
    again = hana.letters[-1].buttons[0]

    await moves(sato, "12/11 15:00-16:00")
    assert sato.screen[-1].body == f"{NEW} → {NEWER}\n90分 → 60分"
    await sato.presses("この日に変える")
    stands = await found(world, conference)
    assert (stands.sequence, stands.chosen and stands.chosen.minutes) == (2, 60)
    late = await hana.does(Press(again.action, again.argument))
    assert late and "日がまた変わりました" in late.body
    await answers_the_letter(hana, "行けません")
    assert "事例提供の方が続けられなくなり、空いています。" in sato.letters[-1].body
    await answers_the_letter(ken, "行けます")
    holders = await world.house.database.read(lambda session: conference_roles.holders(session, conference))
    assert not holders, "who cannot come does not keep a role"
    await world.later(days=20)
    reminded = [letter.body for letter in ken.letters if letter.title == "事例検討会が近づきました"]
    assert reminded == [f"{NEWER} から 60分"], "the old dates fell away"


async def test_what_cannot_be_changed_is_refused_kindly(world: World) -> None:
    sato, conference, hana, _ = await fixed(world, world.telegram)
    await world.later(days=7)
    told = len(hana.letters)
    await moves(sato, "12/3 14:00")
    assert sato.sees("いまと同じ日時です")
    await sato.fills("2026/11/3 14:00")
    assert sato.sees("もう過ぎています")
    await sato.fills("12/10 14:00")
    waits = next(button for button in sato.screen[-1].buttons if button.label == "この日に変える")
    cancel = Press("conference.cancelled", f"{conference}.0.2")
    until = datetime(2026, 12, 3, 14, 1, tzinfo=TOKYO) - world.house.clock()
    await world.later(seconds=int(until.total_seconds()))
    for press in (
        Press(waits.action, waits.argument),
        Press("conference.move", conference),
        Press("conference.cancel", conference),
        cancel,
    ):
        refused = await sato.does(press)
        assert refused and refused.body == "もう始まっているので、変えられません。"
    for occasion in ("", ".", f"{conference}.²", f"{conference}.9", "x.0"):
        assert await hana.does(Press("conference.suits", occasion))
    assert [letter.title for letter in hana.letters[told:]] == ["事例検討会が近づきました", "はじまりました"]
    stands = await found(world, conference)
    assert (stands.state, stands.sequence) == ("decided", 0)


async def test_several_times_are_asked_for_and_another_is_fixed(world: World) -> None:
    sato, conference, hana, ken = await fixed(world)
    await moves(sato, "12/10 14:00、12/11 15:00")
    assert sato.screen[-1].body.splitlines() == [f"{OLD} の予定は、なくなります。", NEW, NEWER]
    await sato.presses("この候補で聞く")
    for person in (hana, ken):
        assert (person.letters[-1].title, person.letters[-1].body) == (
            "日を決めなおします", f"{OLD} の予定は、なくなります。",
        )  # fmt: skip
    own = await hana.presses("答える")
    assert own
    assert own.title == "あなたの答え"
    await hana.presses("② ◯")
    await decides(sato, NEWER)
    stands = await found(world, conference)
    assert stands.sequence == 2, "taken back, and fixed again"
    assert hana.letters[-1].body == f"{NEWER} から 90分"
    await world.later(days=20)
    reminded = [letter.body for letter in hana.letters if letter.title == "事例検討会が近づきました"]
    assert reminded == [f"{NEWER} から 90分"]


async def test_it_is_called_off_once_and_stands_in_no_list(world: World, platform: FakePlatform) -> None:
    sato, conference, hana, ken = await fixed(world, platform)
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    asked = await further(sato, "取りやめる")
    assert asked and (asked.title, asked.body) == ("取りやめますか", OLD)
    assert "2人に知らせます" in asked.note and len(hana.letters) == 1
    press = asked.buttons[0]
    await sato.presses("取りやめる")
    again = await sato.does(Press(press.action, press.argument))
    assert again and again.body == "この集まりは、取りやめになりました。"
    for person in (hana, ken):
        assert [letter.title for letter in person.letters[1:]] == ["取りやめになりました"]
        assert person.letters[-1].body == OLD
    taken_out = await hana.presses("予定表からはずす")
    assert taken_out and "【中止】" in taken_out.body
    assert b"METHOD:CANCEL" in hana.files[-1].content
    assert card(world.slack).title == card(world.telegram).title == "取りやめになりました"
    assert not card(world.slack).buttons
    listed = await hana.commands("conference")
    assert listed and "いま予定はありません" in listed.body
    for action in ("conference.fix", "conference.choose"):
        refused = await sato.does(Press(action, f"{conference}.1"))
        assert refused and refused.body == "この集まりは、取りやめになりました。"
    await world.later(days=20)
    assert len(hana.letters) == 2, "and nobody is reminded"


async def test_while_dates_are_asked_for_it_can_be_called_off_and_the_author_hears_it_alone(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await wishes(hana)
    await proposes(sato)
    card = next(post.message for post in world.slack.posts if "日程" in post.message.title)
    conference = card.buttons[0].argument.partition(".")[0]
    await ken.does(Press("conference.vote", conference))
    await ken.fills("yes", "no")
    told = len(hana.letters)
    await sato.commands("conference")
    await sato.presses("1番をひらく")
    await further(sato, "取りやめる")
    assert "その方だけに知らせます" in sato.screen[-1].note
    await sato.presses("取りやめる")
    assert ken.letters[-1].title == "取りやめになりました"
    assert len(hana.letters) == told + 1 and not hana.letters[-1].quote
    await hana.does(Press("cases.how", worry))
    assert "取りやめになりました" in hana.screen[-1].body
    late = await ken.does(Press("conference.vote", conference))
    assert late and not ken.form
    await wishes(hana)
    listed = await sato.does(Press("cases.show"))
    assert listed and listed.buttons, "she may wish it again"


async def test_of_two_coordinators_who_change_it_at_once_one_does(world: World) -> None:
    sato, conference, hana, _ = await fixed(world)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    await moves(sato, "12/10 14:00")
    await moves(abe, "12/11 15:00")
    await abe.presses("この日に変える")
    refused = await sato.presses("この日に変える")
    assert refused and "先に変えました" in refused.body
    off = await sato.does(Press("conference.cancelled", f"{conference}.0.2"))
    assert off and "先に変えました" in off.body
    assert [letter.title for letter in hana.letters[1:]] == ["日が変わりました"]
    assert sato.letters[-1].body == f"{OLD} → {NEWER}", "who proposed it is told"


async def test_who_finds_no_seat_on_the_new_day_waits_for_one(world: World) -> None:
    sato, conference, hana, ken = await fixed(world)
    await changed(world, conference, capacity=1)
    await moves(sato, "12/10 14:00")
    await sato.presses("この日に変える")
    first = await ken.presses("行けます")
    second = await hana.presses("行けます")
    assert first and "行けます、とお預かりしました" in first.body
    assert second and "席がいっぱい" in second.body
    assert (await coming(world, conference, "coming"), await coming(world, conference, "waiting")) == (1, 1)
