"""When a worry is seen: together with others in mixed order, at a moment nobody chose, or at once after a warning."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store import publishing
from bot.store.rules import Rules
from bot.store.session import Session
from tests.scenarios.danger import MISTAKEN, signs
from tests.world import START, FakePlatform, Person, World, open_world

__all__ = ["signs"]

TIMES = "09:00,12:30,16:00,19:30"
"""START is 10:00."""

FIRST = "まとめて届ける（次は 12:30 ごろ）"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, publish_times=TIMES) as opened:
        yield opened


async def town(world: World) -> tuple[list[Person], str]:
    """Three people on two platforms, and a square."""
    square = await world.group(world.slack, "広場")
    people = [
        await world.person("hana", world.telegram),
        await world.person("ken", world.slack),
        await world.person("emi", world.telegram),
    ]
    return people, square


async def writes(person: Person, words: str, *buttons: str) -> Message | None:
    await person.commands("worry")
    await person.fills(words)
    last = None
    for button in buttons or (FIRST,):
        last = await person.presses(button)
    return last


def posted(platform: FakePlatform) -> list[str]:
    return [post.message.quote for post in platform.posts if post.message.title.startswith("悩み")]


async def test_three_people_are_published_together_at_the_told_time(world: World) -> None:
    people, _ = await town(world)
    for person, words in zip(people, ("ひとつめ", "ふたつめ", "みっつめ"), strict=True):
        said = await writes(person, words)
        assert said
        assert "まだ、だれにも見えていません" in said.body
        assert "12:30 ごろ" in said.note
        assert "おそくとも あす 09:00" in said.note
    assert posted(world.slack) == []
    await world.later(hours=2, minutes=29)
    assert posted(world.slack) == []
    await world.later(minutes=1)
    assert sorted(posted(world.slack)) == ["ひとつめ", "ふたつめ", "みっつめ"]


async def test_one_person_with_three_worries_is_one_author_and_waits_for_others_but_not_for_ever(world: World) -> None:
    (hana, ken, _), _ = await town(world)
    for number in range(3):
        await writes(hana, f"悩み{number}")
    await writes(ken, "もうひとつ")
    await world.later(hours=22, minutes=59)
    assert posted(world.slack) == [], "two authors are too few"
    await world.later(minutes=1)
    assert len(posted(world.slack)) == 4, "nobody waits for more than a day"


async def test_the_latest_time_that_was_told_is_kept(world: World) -> None:
    (hana, *_), _ = await town(world)
    said = await writes(hana, "ひとりだけ")
    assert said
    assert "おそくとも あす 09:00" in said.note, "the last time within a day of ten o'clock"
    await world.later(hours=22, minutes=59)
    assert posted(world.slack) == []
    await world.later(minutes=1)
    assert posted(world.slack) == ["ひとりだけ"]


async def test_it_stands_among_the_own_ones_and_can_be_taken_back_unseen(world: World) -> None:
    (hana, *_), _ = await town(world)
    await writes(hana, "やっぱりやめます")
    await hana.commands("mydata")
    listed = await hana.presses("開いている悩みを見る")
    assert listed
    assert "まだ届いていません" in listed.body
    await hana.presses(listed.buttons[0].label)
    assert hana.sees("12:30 ごろ")
    await hana.presses("取り下げる")
    await hana.presses("はい、取り下げます")
    await world.later(days=2)
    assert world.slack.posts == [], "not even that it was taken back"


async def test_within_two_hours_it_goes_alone_at_a_minute_nobody_chose_and_a_restart_changes_nothing(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path, publish_times=TIMES) as world:
        (hana, *_), _ = await town(world)
        said = await writes(hana, "急ぎです", "2時間以内に届ける")
        assert said
        assert "おそくとも" in said.note
        assert posted(world.slack) == []
        clock = world.house.clock
    async with open_world(tmp_path, publish_times=TIMES, clock=clock) as world:
        await world.later(hours=2)
        assert posted(world.slack) == ["急ぎです"]
        await world.later(days=1)
        assert len(posted(world.slack)) == 1


def test_the_minute_is_any_of_the_two_hours() -> None:
    rules = Rules(publish_times=(time(12, 30),))
    drawn = [publishing.soon(START + timedelta(hours=1, seconds=30), rules) for _ in range(3_000)]
    minutes = {(each - START - timedelta(hours=1)) // timedelta(minutes=1) for each in drawn}
    assert minutes == set(range(1, 120)) - {90}, "no other goes at the minute of a batch"


async def test_three_people_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    async with open_world(tmp_path, url=postgres_url, publish_times=TIMES) as world:
        people, _ = await town(world)
        for number, person in enumerate(people):
            await writes(person, f"悩み{number}")
        await world.later(hours=2)
        assert posted(world.slack) == []
        await world.later(hours=1)
        assert sorted(posted(world.slack)) == ["悩み0", "悩み1", "悩み2"]


@pytest.mark.usefixtures("signs")
async def test_words_that_showed_danger_and_were_meant_otherwise_wait_like_all_others(world: World) -> None:
    """The row that asks coordinators to look stays with them; its worry goes with the batch."""
    (hana, *_), _ = await town(world)
    await hana.commands("worry")
    await hana.fills(MISTAKEN)
    await hana.presses("違います")
    await hana.presses(FIRST)
    assert posted(world.slack) == []
    await world.later(days=1)
    assert len(posted(world.slack)) == 1


async def test_who_leaves_takes_what_waits_along(world: World) -> None:
    (hana, *_), _ = await town(world)
    await writes(hana, "まだ出ていません")
    await hana.commands("mydata")
    await hana.presses("消して退会する")
    await hana.presses("はい、消します")
    await world.later(days=2)
    assert world.slack.posts == []


async def test_at_once_only_after_a_warning(world: World) -> None:
    (_, ken, _), _ = await town(world)
    warned = await writes(ken, "いま聞いてほしい", "いますぐ届ける")
    assert warned
    assert "見当がつく" in warned.body
    assert posted(world.slack) == []
    await ken.presses("はい、いますぐ")
    assert posted(world.slack) == ["いま聞いてほしい"]


async def test_a_restart_before_the_time_and_one_after_it_change_nothing(tmp_path: Path) -> None:
    async with open_world(tmp_path, publish_times=TIMES) as world:
        people, _ = await town(world)
        for number, person in enumerate(people):
            await writes(person, f"悩み{number}")
        clock = world.house.clock
    async with open_world(tmp_path, publish_times=TIMES, clock=clock) as world:
        await world.later(hours=2)
        assert posted(world.slack) == []
        clock.advance(timedelta(hours=3))  # the time passes while nobody is there
    async with open_world(tmp_path, publish_times=TIMES, clock=clock) as world:
        await world.later(minutes=1)
        assert sorted(posted(world.slack)) == ["悩み0", "悩み1", "悩み2"]
        await world.later(days=1)
        assert len(posted(world.slack)) == 3


async def test_everybody_gets_the_same_and_the_author_is_among_them(world: World) -> None:
    """One post in the place, and no letter to anybody: neither one less nor one more for who wrote it."""
    people, square = await town(world)
    for number, person in enumerate(people):
        await writes(person, f"悩み{number}")
    before = {person.id: len(person.letters) for person in people}
    await world.later(hours=3)
    assert {person.id: len(person.letters) for person in people} == before
    new = [post for platform in (world.slack, world.telegram) for post in platform.posts if post.message.quote]
    assert {post.address.channel for post in new} == {square}


async def test_the_order_of_posts_says_nothing_of_the_order_of_writing(world: World) -> None:
    """Of three that wait every order is about equally likely; and the rows lie in the order of their random names."""
    people, _ = await town(world)
    for number, person in enumerate(people):
        await writes(person, str(number))
    batch = partial(publishing.batch, now=START + timedelta(hours=3), rules=world.house.rules)
    orders = await world.house.database.read(lambda session: Counter(tuple(batch(session)) for _ in range(600)))
    assert len(orders) == 6
    assert max(orders.values()) < 145, "expected 100 each; so far off once in a hundred thousand runs"
    assert min(orders.values()) > 55
    await world.later(hours=3)
    assert sorted(posted(world.slack)) == ["0", "1", "2"]
    for table in ("worry", "itemkey"):
        names = await world.house.database.read(partial(names_as_they_lie, table=table))
        assert names == sorted(names)


def names_as_they_lie(session: Session, table: str) -> list[str]:
    name = "id" if table == "worry" else "item"
    return [row[0] for row in session.rows(text(f"SELECT {name} FROM {table} ORDER BY rowid"))]


async def test_few_live_here_and_a_wider_place_is_one_press_away(world: World) -> None:
    (hana, *_), _ = await town(world)
    await world.group(world.telegram, "小さな場")
    await hana.commands("worry")
    shown = await hana.fills("ここでは言いにくい", "小さな場")
    assert shown
    assert "まだ10人いらっしゃいません" in shown.note
    wider = await hana.presses("つながっているすべての場に届ける")
    assert wider
    assert "広場" in wider.body
    await hana.presses(FIRST)
    await world.later(days=1)
    assert len(posted(world.slack)) == len(posted(world.telegram)) == 1


async def test_what_is_wished_for_stands_beside_it(world: World) -> None:
    (hana, *_), _ = await town(world)
    await writes(hana, "聞いてください", "返信への希望を添える", "聞いてほしい", FIRST)
    await world.later(days=1)
    assert "希望：聞いてほしい" in world.slack.posts[0].message.body


async def test_other_words_are_a_new_version_and_nobody_else_can_change_them(world: World) -> None:
    (hana, ken, _), square = await town(world)
    await writes(hana, "さいしょのことば", "いますぐ届ける", "はい、いますぐ")
    worry_id = world.slack.posts[0].message.buttons[0].argument
    refused = await ken.does(Press("worry.revise", worry_id))
    assert refused
    assert "ここでは見られません" in refused.body
    await hana.does(Press("worry.thread", worry_id))
    await hana.presses("直す")
    shown = await hana.fills("なおしたことば")
    assert shown
    assert shown.quote == "なおしたことば"
    assert posted(world.slack) == ["さいしょのことば"]
    await hana.presses("この内容に直す")
    post = world.slack.posts[0]
    assert post.address.channel == square
    assert post.message.quote == "なおしたことば"
    assert "第2版" in post.message.body
    assert "さいしょのことば".encode() not in world.files()


async def test_taken_back_it_is_replaced_and_who_answered_is_told_once_without_a_word_of_it(world: World) -> None:
    (hana, ken, emi), square = await town(world)
    await writes(hana, "取り下げる悩み", "いますぐ届ける", "はい、いますぐ")
    worry_id = world.slack.posts[0].message.buttons[0].argument
    for words in ("ひとつ", "ふたつ"):
        await ken.does(Press("worry.reply", worry_id))
        await ken.fills(words)
    refused = await emi.does(Press("worry.withdrawn", worry_id))
    assert refused
    before = len(emi.letters), len(hana.letters)
    await hana.does(Press("worry.thread", worry_id))
    await hana.presses("取り下げる")
    await hana.presses("はい、取り下げます")
    assert world.slack.posts[0].address.channel == square
    assert world.slack.posts[0].message.body == "この悩みは取り下げられました。"
    assert world.slack.posts[0].message.quote == ""
    told = [letter for letter in ken.letters if "取り下げられました" in letter.body]
    assert len(told) == 1
    assert (len(emi.letters), len(hana.letters)) == before
    gone = await ken.does(Press("worry.reply", worry_id))
    assert gone
    assert "ここでは見られません" in gone.body
