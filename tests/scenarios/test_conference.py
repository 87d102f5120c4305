"""A case conference: times proposed, answered ◯△✕ on both platforms, decided, told, and remembered the day before."""

from datetime import datetime

import pytest

from bot.chat.events import Press
from bot.store.members import Role
from tests.scenarios.conferences import THEME, answers, card, decides, proposed
from tests.scenarios.ledger import counts
from tests.world import TOKYO, World


async def test_the_times_stand_in_their_order_in_every_place(world: World) -> None:
    await proposed(world)
    for platform in (world.slack, world.telegram):
        posted = card(platform)
        assert posted.title == "事例検討会の日程（90分）"
        assert posted.quote == THEME
        days = [line.split("　")[0] for line in posted.body.splitlines()]
        assert days == ["① 12月1日(火) 09:30", "② 12月3日(木) 14:00", "③ 12月4日(金) 10:00"]


async def test_votes_from_both_platforms_count_on_every_card_and_name_nobody(world: World) -> None:
    _, conference = await proposed(world)
    await answers(world, "hana", world.telegram, conference, "◯ 行けます", "△ たぶん", "✕ 行けません")
    await answers(world, "ken", world.slack, conference, "yes", "no", "no")
    for platform in (world.slack, world.telegram):
        assert "12月1日(火) 09:30　◯2 △0 ✕0" in card(platform).body
        assert "12月3日(木) 14:00　◯0 △1 ✕1" in card(platform).body
        assert "2人が回答" in card(platform).note
        cards = [post for post in platform.posts if "group" in post.address.channel]
        assert len(cards) == 1, "the card is changed, not posted again"


async def test_an_answer_can_be_changed_and_counts_once(world: World) -> None:
    _, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます", "◯ 行けます")
    await hana.presses("答えを変える")
    await hana.does(Press("conference.set", f"{conference}.1.no"))
    assert "12月1日(火) 09:30　◯0 △0 ✕1" in card(world.telegram).body
    assert "1人が回答" in card(world.telegram).note
    assert (await counts(world))["vote"] == 3


async def test_changing_opens_with_my_own_answers(world: World) -> None:
    _, conference = await proposed(world)
    ken = await answers(world, "ken", world.slack, conference, "yes", "maybe", "no")
    await ken.does(Press("conference.vote", conference))
    assert ken.form
    assert [field.value for field in ken.form.fields] == ["yes", "maybe", "no"]
    await ken.presses("答えを変える")
    assert [button.label for button in ken.screen[-1].buttons if "✓" in button.label] == ["① ✓◯", "✓△", "✓✕"]


async def test_everyone_who_answered_is_told_of_the_decision(world: World) -> None:
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "✕ 行けません", "◯ 行けます", "△ たぶん")
    ken = await answers(world, "ken", world.slack, conference, "no", "no", "no")
    mori = await world.person("mori", world.telegram)
    await decides(sato, "12月3日(木) 14:00")
    for person in (hana, ken):
        assert person.letters[-1].body == "12月3日(木) 14:00 から 90分"
    assert not mori.letters
    for platform in (world.slack, world.telegram):
        assert card(platform).title == "事例検討会の日が決まりました"
        assert [button.label for button in card(platform).buttons] == ["参加する", "やっぱり行けません"]
    late = await ken.does(Press("conference.vote", conference))
    assert late
    assert late.body == "この日程は、もう決まりました。"


async def test_who_may_come_is_reminded_on_the_working_morning_before(world: World) -> None:
    """12/7 is a Monday: its reminder comes on Friday at nine."""
    sato, conference = await proposed(world, "12/7 14:00\n12/8 14:00")
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "✕ 行けません")
    ken = await answers(world, "ken", world.slack, conference, "no", "yes")
    await decides(sato, "12月7日(月) 14:00")
    told = len(hana.letters)
    until = datetime(2026, 12, 4, 8, 59, tzinfo=TOKYO) - world.house.clock()
    await world.later(seconds=int(until.total_seconds()))
    assert len(hana.letters) == told
    await world.later(minutes=1)
    assert hana.letters[-1].title == "事例検討会が近づきました"
    assert sato.letters[-1].title == "事例検討会が近づきました", "who proposed it is reminded as well"
    assert ken.letters[-1].title == "事例検討会の日が決まりました"
    await world.later(days=7)
    assert [letter.title for letter in hana.letters].count("事例検討会が近づきました") == 1


@pytest.mark.parametrize(
    ("hours", "first", "reminders"), [(0, "11/24 13:00", 0), (9, "11/25 10:00", 1), (9, "11/25 8:30", 0)]
)
async def test_decided_late_it_is_remembered_within_working_hours_or_not_at_all(
    world: World, hours: int, first: str, reminders: int
) -> None:
    await world.later(hours=hours)
    sato, conference = await proposed(world, f"{first}\n12/8 14:00")
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    await world.later(days=2)
    assert [letter.title for letter in hana.letters].count("事例検討会が近づきました") == reminders


async def test_who_left_is_not_told(world: World) -> None:
    sato, conference = await proposed(world)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます", "◯ 行けます")
    await hana.does(Press("mydata.erased"))
    sent = len(hana.letters)
    await decides(sato, "12月3日(木) 14:00")
    await world.later(days=30)
    assert len(hana.letters) == sent


async def test_the_list_shows_what_is_ahead_and_drops_what_is_over(world: World) -> None:
    sato, _ = await proposed(world)
    hana = await world.person("hana", world.telegram)
    listed = await hana.commands("conference")
    assert listed
    assert "日程調整中（0人が回答）" in listed.quote
    assert "日程を相談する" not in hana.buttons
    await hana.presses("1番をひらく")
    assert "日程を決める" not in hana.buttons
    await decides(sato, "12月3日(木) 14:00")
    listed = await hana.commands("conference")
    assert listed
    assert listed.quote == f"【これから】\n1. 12月3日(木) 14:00　{THEME}"
    await world.later(days=10)
    empty = await hana.commands("conference")
    assert empty
    assert empty.body == "いま予定はありません。"


async def test_two_coordinators_decide_at_once_and_one_date_stands(world: World) -> None:
    sato, conference = await proposed(world)
    abe = await world.person("abe", world.telegram, Role.COORDINATOR)
    hana = await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.fix", f"{conference}.1"))
    second = await abe.does(Press("conference.fix", f"{conference}.2"))
    assert second
    assert second.body == "この日程は、もう決まりました。"
    assert [letter.body for letter in hana.letters] == ["12月1日(火) 09:30 から 90分"]


@pytest.mark.parametrize("action", ["conference.new", "conference.decide", "conference.choose", "conference.fix"])
async def test_only_a_coordinator_proposes_and_decides(world: World, action: str) -> None:
    _, conference = await proposed(world)
    hana = await world.person("hana", world.telegram)
    refused = await hana.does(
        Press(action, f"{conference}.1" if action in ("conference.choose", "conference.fix") else conference)
    )
    assert refused
    assert refused.body == "これは調整役の方ができることです。"


async def test_without_a_place_a_coordinator_is_told_what_is_missing(world: World) -> None:
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    await sato.commands("conference")
    await sato.presses("日程を相談する")
    await sato.presses("事例検討会")
    assert sato.sees("/here と送ってください")
