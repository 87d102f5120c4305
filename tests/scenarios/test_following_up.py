"""その後どうですか (story 9): asked kindly after 7 and 30 days, answered by one press, put off, or stopped for good."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store.members import Role
from bot.store.models import Occurrence
from bot.store.session import Session
from tests.scenarios.community import WORRY, refused
from tests.scenarios.ledger import counts
from tests.scenarios.lives import tokyo
from tests.world import FakePlatform, Person, World

NOTICE = "お知らせがひとつ届いています。"
QUESTION = "その後、いかがですか"
GONE = "閉じられたか、ここでは見られません"


async def shared(world: World, author: Person) -> str:
    """Tuesday 24 November, 10:00."""
    await world.group(world.slack, "広場")
    await author.commands("worry")
    await author.fills(WORRY)
    await author.presses("この内容で届ける")
    return next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument


async def answered(world: World, worry: str) -> Person:
    """By ken, so that nobody else is called."""
    ken = await world.person("ken", world.slack)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("まず、お手紙からはいかがでしょう。")
    return ken


def asks(message: Message) -> bool:
    return any(button.action == "following_up.open" for button in message.buttons)


def asked(person: Person) -> list[Message]:
    return [letter for letter in person.letters if asks(letter)]


async def go_to(world: World, moment: str) -> None:
    await world.house.advance(tokyo(moment) - world.house.clock())
    world.check_privacy()


async def opens(person: Person) -> Message:
    button = asked(person)[-1].buttons[0]
    shown = await person.does(Press(button.action, button.argument))
    assert shown
    return shown


@pytest.fixture(params=["slack", "telegram"])
def platform(request: pytest.FixtureRequest, world: World) -> FakePlatform:
    found: FakePlatform = getattr(world, request.param)
    return found


async def test_asked_after_seven_and_thirty_days_in_the_morning(world: World, platform: FakePlatform) -> None:
    """Thirty days later is Christmas Eve, a Thursday."""
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    for moment, times in (("12-01 08:29", 0), ("12-01 08:30", 1), ("12-24 08:29", 1), ("12-24 08:30", 2)):
        await go_to(world, f"2026-{moment}")
        assert len(asked(hana)) == times, moment
    assert [letter.body for letter in asked(hana)] == [NOTICE, NOTICE]
    assert QUESTION in (await opens(hana)).body
    await world.later(days=60)
    assert len(asked(hana)) == 2


async def test_never_on_a_day_of_rest(world: World) -> None:
    await go_to(world, "2026-11-28 10:00")
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-07 08:29")
    assert not asked(hana)
    await go_to(world, "2026-12-07 08:30")
    assert len(asked(hana)) == 1, "seven days later is a Saturday"
    await go_to(world, "2027-01-04 08:30")
    assert len(asked(hana)) == 2, "thirty days later is Monday 28 December, a day of work"


async def test_a_house_that_comes_back_in_the_afternoon_asks_next_morning(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    world.house.clock.advance(tokyo("2026-12-01 14:00") - world.house.clock())
    await world.later(seconds=0)
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1


async def test_never_into_an_open_dialogue(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-11-30 20:00")
    await hana.commands("worry")
    await go_to(world, "2026-12-01 20:00")
    assert not asked(hana), "a question is open since yesterday"
    await hana.presses("やめる")
    await go_to(world, "2026-12-02 08:29")
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1


async def test_never_over_an_open_dialog(world: World) -> None:
    hana = await world.person("hana", world.slack)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 08:10")
    await hana.commands("worry")
    await go_to(world, "2026-12-01 20:00")
    assert not asked(hana)
    await go_to(world, "2026-12-02 08:30")
    assert len(asked(hana)) == 1, "nothing tells that it was closed; after an hour it is taken for that"


async def test_an_open_question_is_never_broken_however_long(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-11-30 20:00")
    await hana.commands("worry")
    await go_to(world, "2026-12-07 19:59")
    assert not asked(hana)
    await go_to(world, "2026-12-08 08:30")
    assert len(asked(hana)) == 1, "the draft was forgotten after seven days"


async def test_nothing_says_afterwards_when_it_was_asked(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    worry = await shared(world, hana)
    await answered(world, worry)
    await go_to(world, "2026-12-01 12:00")

    def left(session: Session) -> list[bool]:
        rows = session.rows(select(col(Occurrence.done)).where(col(Occurrence.kind) == "following_up.ask"))
        return [row.done for row in rows]

    assert await world.house.database.read(left) == [False], "only what is still to come"


async def test_better_leads_to_closing(world: World, platform: FakePlatform) -> None:
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("よくなった")
    assert "それはよかった" in hana.hand[-1].body
    await hana.presses("解決しました")
    await hana.presses("はい、閉じます")
    assert "閉じられました" in world.slack.posts[0].message.note
    await world.later(days=60)
    assert len(asked(hana)) == 1


async def test_an_answer_is_kept_nowhere(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    before = await counts(world)
    for label in ("よくなった", "変わらない", "つらい"):
        await hana.presses(label)
    assert await counts(world) == before


async def test_an_update_is_shown_only_after_a_confirm_and_as_the_authors_own_line(
    world: World, platform: FakePlatform
) -> None:
    hana = await world.person("hana", platform)
    ken = await answered(world, await shared(world, hana))
    ken.place = "slack-group-広場"
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("変わらない")
    await hana.presses("その後を書いて届ける")
    await hana.fills("手紙を書きました。")
    assert hana.hand[-1].quote == "手紙を書きました。"
    assert not ken.sees("手紙を書きました。")
    await hana.presses("書き直す")
    await hana.fills("手紙を二通、書きました。")
    await hana.presses("これを届ける")
    line = next(post.message for post in world.slack.posts if post.message.quote == "手紙を二通、書きました。")
    assert line.title == "投稿者（2）"
    assert not ken.sees("手紙を書きました。")
    again = await hana.does(Press("following_up.post", await draft_of(hana)))
    assert again
    assert "もうありません" in again.body
    assert sum(post.message.quote == "手紙を二通、書きました。" for post in world.slack.posts) == 1


async def draft_of(person: Person) -> str:
    return next(
        button.argument
        for message in reversed(person.hand)
        for button in message.buttons
        if button.action == "following_up.post"
    )


async def test_an_update_that_was_dropped_reaches_nobody(world: World) -> None:
    hana = await world.person("hana", world.slack)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("変わらない")
    await hana.presses("その後を書いて届ける")
    await hana.fills("手紙を書きました。")
    await hana.presses("やめる")
    assert (await counts(world))["draft"] == 0
    assert not any("手紙を書きました" in post.message.quote for post in world.slack.posts)


async def test_who_finds_it_hard_is_offered_one_thing_at_a_time(world: World, platform: FakePlatform) -> None:
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("つらい")
    ways = []
    while True:
        labels = [button.label for button in hana.hand[-1].buttons]
        ways.append(labels[0])
        if "ほかには" not in labels:
            break
        assert labels[1:] == ["ほかには", "いまはここまで"]
        await hana.presses("ほかには")
    assert ways == [
        "いちばん新しい返信をひらく",
        "当番に声をかける",
        "センターのところを読む",
        "事例検討会をみる",
        "読んでみる",
    ]
    await hana.presses("読んでみる")
    assert "支援者のエンパワメント" in hana.hand[-1].title
    await hana.presses("センターのところを読む")
    assert "センター" in hana.hand[-1].title
    await hana.presses("いちばん新しい返信をひらく")
    assert "お手紙から" in hana.hand[-1].quote


async def test_without_an_answer_no_peer_is_offered_and_who_is_on_duty_is_called_once(world: World) -> None:
    hana, sato = await world.person("hana", world.telegram), await world.person("sato", world.slack, Role.COORDINATOR)
    await shared(world, hana)
    await go_to(world, "2026-12-01 19:00")
    called = len(sato.letters)
    await opens(hana)
    await hana.presses("つらい")
    assert hana.hand[-1].buttons[0].label == "当番に声をかける"
    await hana.presses("当番に声をかける")
    await hana.presses("当番に声をかける")
    assert len(sato.letters) == called, "not in the evening"
    await go_to(world, "2026-12-02 08:30")
    assert len(sato.letters) == called + 1


async def test_later_asks_once_more_and_never_asks_no_more(world: World, platform: FakePlatform) -> None:
    hana = await world.person("hana", platform)
    await answered(world, await shared(world, hana))
    await go_to(world, "2026-12-01 09:00")
    await opens(hana)
    await hana.presses("あとで")
    await go_to(world, "2026-12-04 08:29")
    assert len(asked(hana)) == 1
    await go_to(world, "2026-12-04 08:30")
    assert len(asked(hana)) == 2
    await opens(hana)
    await hana.presses("あとで")
    await opens(hana)
    await hana.presses("もう聞かないで")
    await world.later(days=60)
    assert len(asked(hana)) == 2


async def test_nobody_else_answers_for_the_author(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    worry = await shared(world, hana)
    ken = await answered(world, worry)
    ken.hand.clear()
    await go_to(world, "2026-12-01 09:00")
    await hana.does(Press("following_up.update", worry))
    await hana.fills("手紙を書きました。")
    draft = await draft_of(hana)
    for action in ("open", "better", "same", "hard", "call", "later", "never", "update"):
        await refused(ken, Press(f"following_up.{action}", worry), GONE)
    await refused(ken, Press("following_up.offer", f"{worry}.1"), GONE)
    for action in ("post", "rewrite", "drop"):
        await refused(ken, Press(f"following_up.{action}", draft), "もうありません")
    hana.place = "slack-group-広場"
    await refused(hana, Press("following_up.open", worry), GONE)


async def test_who_left_is_not_asked(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await shared(world, hana)
    await hana.does(Press("mydata.erased"))
    told = len(hana.letters)
    await world.later(days=60)
    assert len(hana.letters) == told


async def test_all_that_were_shared_on_a_day_are_asked_at_one_moment(world: World) -> None:
    """The moment of the question says nothing of the moment of the worry."""
    people = [await world.person(name, world.telegram) for name in ("hana", "mori")]
    for person in people:
        await shared(world, person)
        await world.later(hours=3)
    await go_to(world, "2026-12-01 12:00")
    moments = {post.at for post in world.telegram.posts if asks(post.message)}
    assert moments == {tokyo("2026-12-01 08:30")}
