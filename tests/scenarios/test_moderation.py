"""Keeping it kind: 気になる, what three of them do, and what coordinators decide."""

import re
from pathlib import Path

import pytest

from bot.chat.events import Press
from bot.store import held
from bot.store.members import Role
from tests.scenarios.community import WORRY, community, refused, shared
from tests.scenarios.ledger import rows
from tests.scenarios.watching import (
    ANSWER,
    DECIDED,
    GONE,
    HARSH,
    HIDDEN,
    JA,
    answered,
    code_for,
    crowd,
    into_state,
    looks,
    opens,
    paused,
    queue,
    reports,
    stands,
    stops,
)
from tests.world import World, open_world, spoken

WAITS = "まとめて届ける（次は 12:30 ごろ）"


async def test_three_members_hide_a_worry_everywhere_and_the_same_one_counts_once(world: World) -> None:
    hana, ken, sato = await community(world)
    await world.group(world.telegram, "広間")
    await hana.commands("worry")
    await hana.fills(WORRY, JA["worry.everywhere"])
    await hana.presses("この内容で届ける")
    worry = next(post.message for post in world.slack.posts if post.message.quote == WORRY).buttons[0].argument
    assert len(stands(world, WORRY)) == 2
    abe, mori = await crowd(world, "abe", "mori")
    for _ in range(3):
        await reports(ken, worry)
    await reports(abe, worry, "details")
    assert len(stands(world, WORRY)) == 2
    told = len(hana.letters)
    await reports(mori, worry)
    assert stands(world, WORRY) == []
    hidden = [post for post in (*world.slack.posts, *world.telegram.posts) if post.message.body == HIDDEN]
    assert len(hidden) == 2
    assert [JA["moderation.notice"] in spoken(letter) for letter in sato.letters] == [True]
    assert len(hana.letters) == told + 1 and WORRY not in spoken(hana.letters[-1])
    seen = await opens(hana)
    assert JA["report.told.looked_at"] in seen.body and seen.quote == WORRY
    await refused(abe, Press("worry.reply", worry), GONE)


async def test_what_the_author_thinks_of_it_does_not_count_and_is_answered_alike(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    abe, _ = await crowd(world, "abe", "mori")
    thanks = [await reports(person, worry) for person in (ken, abe, hana, hana)]
    assert len(set(thanks)) == 1
    assert stands(world, WORRY)
    assert "2人" in (await looks(sato, worry)).body


async def test_an_answer_is_hidden_and_comes_back_and_the_worry_stays(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    answer = await answered(world, ken, worry)
    for person in (hana, *await crowd(world, "abe", "mori")):
        await reports(person, answer)
    assert stands(world, ANSWER) == [] and stands(world, WORRY)
    looked_at = await hana.presses(JA["worry.open"])
    assert looked_at and looked_at.body == JA["report.looked_at"]
    seen = await opens(ken)
    assert seen.quote == ANSWER and JA["report.told.looked_at"] in seen.body
    shown = await looks(sato, answer)
    assert shown.quote == ANSWER and "3人" in shown.body
    done = await sato.presses(JA["moderation.restore"])
    assert done and done.body == DECIDED["restored"]
    assert stands(world, ANSWER)
    seen = await opens(ken)
    assert seen.body == JA["report.told.open"]


async def test_once_a_coordinator_has_looked_more_reports_only_call_again(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    people = [ken, *await crowd(world, "abe", "mori", "ueda")]
    for person in people[:3]:
        await reports(person, worry)
    await looks(sato, worry)
    await sato.presses(JA["moderation.restore"])
    assert stands(world, WORRY)
    assert JA["moderation.nothing"] in (await queue(sato)).body
    called = len(sato.letters)
    await reports(people[3], worry)
    assert stands(world, WORRY)
    assert len(sato.letters) == called + 1
    assert JA["moderation.called.reports"] in (await queue(sato)).body
    await looks(sato, worry)
    left = await sato.presses(JA["moderation.leave"])
    assert left and left.body == DECIDED["left"]
    assert JA["moderation.nothing"] in (await queue(sato)).body


async def test_a_gang_hides_something_once_however_many_of_them_come_later(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    people = [ken, *await crowd(world, "abe", "mori", "ueda", "oda")]
    await reports(people[0], worry)
    await looks(sato, worry)
    await sato.presses(JA["moderation.leave"])
    called = len(sato.letters)
    for person in people[1:]:
        await reports(person, worry)
    assert stands(world, WORRY)
    assert len(sato.letters) == called + 1


@pytest.mark.parametrize("platform", ["slack", "telegram"])
async def test_a_coordinator_hides_with_a_reason_and_the_author_mends_it(world: World, platform: str) -> None:
    hana, ken, _ = await community(world)
    sato = await world.person("ono", getattr(world, platform), Role.COORDINATOR)
    author = hana if platform == "slack" else ken
    worry = await shared(world, author)
    asked = await sato.does(Press("report.begin", worry))
    assert asked and JA["moderation.look_closer"] in [button.label for button in asked.buttons]
    await sato.presses(JA["moderation.look_closer"])
    done = await stops(sato, worry, line="終わりの一文だけ、やわらかくできますか。")
    assert done and done.body == DECIDED["stopped"]
    assert stands(world, WORRY) == []
    seen = await opens(author)
    assert HARSH in seen.body and "やわらかくできますか" in seen.body and seen.quote == WORRY
    await author.presses(JA["report.mend"])
    if author.form:
        assert author.form.fields[0].value == WORRY
    await author.fills("本人に会えないまま一年。どう声をかけたらよいでしょう。")
    await author.presses("この内容で届ける")
    assert stands(world, "どう声をかけたら")
    assert stands(world, WORRY) == []
    closed = await author.does(Press("worry.closed", worry))
    assert closed and JA["worry.closed"] in closed.body
    assert stands(world, WORRY) == [], "closing brings back what was hidden"


async def test_an_answer_under_a_name_is_mended_under_it(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await ken.does(Press("worry.reply_named", worry))
    await ken.fills(ANSWER, "けん")
    post = next(post for post in world.slack.posts if ANSWER in post.message.quote)
    await stops(sato, next(each.argument for each in post.message.buttons if each.action == "report.begin"))
    await opens(ken)
    await ken.presses(JA["report.mend"])
    assert ken.form
    assert [field.value for field in ken.form.fields] == [ANSWER, "けん"]


async def test_nobody_else_reads_what_became_of_it(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await stops(sato, worry)
    errand = next(b.argument for letter in reversed(hana.letters) for b in letter.buttons if b.action == "report.told")
    for person in (ken, sato):
        await refused(person, Press("report.told", errand), GONE)
        await refused(person, Press("report.mend", worry), GONE)
    hana.place = "slack-group-広場"
    await refused(hana, Press("report.told", errand), GONE)


async def test_what_nobody_called_for_and_nobody_has_seen_is_shown_to_no_coordinator(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await into_state(world, worry, "waiting")
    for action in ("moderation.look", "moderation.stop", "moderation.restore", "moderation.leave", "report.begin"):
        await refused(sato, Press(action, worry), GONE)
    for wanted in (f"{worry}.writer", f"{worry}.writer.7"):
        action = "moderation.paused" if wanted.endswith("7") else "moderation.pause"
        await refused(sato, Press(action, wanted), GONE)


async def test_coordinators_see_what_was_done_and_no_word_and_nobody_of_it(world: World) -> None:
    hana, ken, sato = await community(world)
    mori = await world.person("mori", world.telegram, Role.COORDINATOR)
    worry = await shared(world, hana)
    await reports(ken, worry)
    await stops(sato, worry, line="短くお願いします。")
    await looks(sato, worry)
    await sato.presses(JA["moderation.restore"])
    await paused(mori, worry, 30)
    seen = await mori.does(Press("moderation.acts"))
    assert seen
    lines = seen.body.splitlines()
    assert sorted(re.sub(r".*調整役(\w{4})　", "", line) for line in lines) == sorted(
        [
            f"見えないようにした　{worry[:8]}（{HARSH}）",
            f"もとに戻した　{worry[:8]}",
            f"書いた人に休んでもらった　{worry[:8]}（30日）",
        ]
    )
    assert len({line.split("調整役")[1][:4] for line in lines}) == 2
    assert "短く" not in seen.body and WORRY not in seen.body
    await world.later(days=401)
    assert (await rows(world))["act"] == []


async def test_whoever_leaves_takes_their_reports_along(world: World) -> None:
    hana, ken, _ = await community(world)
    worry = await shared(world, hana)
    await reports(ken, worry)
    assert len((await rows(world))["report"]) == 1
    await ken.does(Press("mydata.erased"))
    assert (await rows(world))["report"] == []


async def test_how_we_speak_with_one_another_is_told_once_at_the_beginning_and_whenever_asked(world: World) -> None:
    mori = await world.person("mori", world.telegram, role=None)
    code = await code_for(world)
    welcome = await mori.commands("join", code)
    promises = await mori.commands("promises")
    kindness = JA["welcome.kindness"]
    assert len(kindness.strip().splitlines()) <= 5
    assert welcome and kindness in welcome.body
    assert promises and kindness in promises.note
    menu = await mori.commands("menu")
    assert menu and kindness not in spoken(menu)


async def test_what_is_held_before_anyone_saw_it_goes_with_the_others_once_it_is_let_go(tmp_path: Path) -> None:
    async with open_world(tmp_path, publish_times="12:30,19:30") as world:
        hana, _, sato = await community(world)
        await hana.commands("worry")
        await hana.fills(WORRY)
        await hana.presses(WAITS)
        (row,) = (await rows(world))["worry"]
        worry = str(row[0])
        await world.house.database.write(lambda session: held.review(session, worry, world.house.clock()))
        assert JA["moderation.state.waiting"] in (await queue(sato)).body
        seen = await looks(sato, worry)
        assert seen.quote == WORRY
        await stops(sato, worry)
        told = await opens(hana)
        assert HARSH in told.body and told.quote == WORRY
        await world.later(days=2)
        assert not stands(world, WORRY)
        await looks(sato, worry)
        await sato.presses(JA["moderation.restore"])
        assert not stands(world, WORRY), "not at a moment that somebody chose"
        await world.later(days=2)
        assert stands(world, WORRY)


async def test_what_its_author_has_mended_in_place_is_looked_at_again(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await stops(sato, worry)
    assert JA["moderation.line_looked_at"].format(line="") in (await queue(sato)).body
    called = len(sato.letters)
    await hana.does(Press("worry.revise", worry))
    await hana.fills("やわらかく言いなおしました。")
    await hana.presses(JA["worry.confirm_revised"])
    assert not stands(world, "やわらかく")
    assert len(sato.letters) == called + 1
    seen = await looks(sato, worry)
    assert "やわらかく" in seen.quote
    await sato.presses(JA["moderation.restore"])
    assert stands(world, "やわらかく")
