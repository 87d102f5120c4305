"""よくなった, 変わらない, つらい: what follows each, an update for the others after a confirm, and nothing kept."""

from bot.chat.events import Press
from bot.store.members import Role
from tests.scenarios.community import refused
from tests.scenarios.following import answered, asked, go_to, opens, shared
from tests.scenarios.ledger import counts
from tests.world import FakePlatform, Person, World

GONE = "閉じられたか、ここでは見られません"


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
        "ふたりのやりとりをみる",
        "当番に声をかける",
        "センターのところを読む",
        "事例検討会をみる",
        "読んでみる",
    ]
    await hana.presses("読んでみる")
    assert "支援者のエンパワメント" in hana.hand[-1].title
    await hana.presses("センターのところを読む")
    assert "センター" in hana.hand[-1].title
    await hana.presses("ふたりのやりとりをみる")
    await hana.presses("ふたりで続ける")
    assert "お気持ちを受けとりました" in hana.hand[-1].body


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
