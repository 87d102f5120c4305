"""Keeping it kind: 気になる, what three of them do, what coordinators decide, and a rest that tells nobody anything."""

import re
from datetime import timedelta

import pytest

from bot.chat.events import Press
from bot.chat.messages import Message
from bot.store.members import Role
from bot.views.text import words
from tests.scenarios.community import WORRY, community, refused, shared
from tests.scenarios.ledger import rows
from tests.world import Person, World, spoken

JA = words("ja")
HIDDEN, THANKS, GONE = JA["report.out_of_sight"], JA["report.thanks"], JA["worry.gone"]
HARSH, ANSWER = JA["report.reason.harsh"], "まずはお手紙から始めてみませんか。"
DECIDED = {each: JA[f"moderation.decided.{each}"] for each in ("stopped", "restored", "left")}


async def crowd(world: World, *names: str) -> list[Person]:
    """As many on one platform as on the other."""
    platforms = (world.slack, world.telegram)
    return [await world.person(name, platforms[number % 2]) for number, name in enumerate(names)]


async def reports(person: Person, subject: str, reason: str = "harsh") -> Message:
    asked = await person.does(Press("report.begin", subject))
    assert asked and JA["report.why"] in asked.body
    thanked = await person.does(Press("report.send", f"{subject}.{reason}"))
    assert thanked and thanked.body == THANKS
    return thanked


async def answered(world: World, person: Person, worry: str) -> str:
    """The id of the answer, as it stands on its button."""
    await person.does(Press("worry.reply", worry))
    await person.fills(ANSWER)
    post = next(post for post in world.slack.posts if post.message.quote == ANSWER)
    return next(button.argument for button in post.message.buttons if button.action == "report.begin")


def stands(world: World, wanted: str) -> list[str]:
    """What can be read in the groups."""
    return [
        post.message.quote
        for platform in (world.slack, world.telegram)
        for post in platform.posts
        if "-group-" in post.address.channel and wanted in post.message.quote
    ]


async def queue(sato: Person) -> Message:
    shown = await sato.does(Press("moderation.queue"))
    assert shown
    return shown


async def looks(sato: Person, subject: str) -> Message:
    shown = await sato.does(Press("moderation.look", subject))
    assert shown
    return shown


async def stops(sato: Person, subject: str, reason: str = HARSH, line: str = "") -> Message | None:
    await sato.does(Press("moderation.stop", subject))
    if sato.form:
        return await sato.fills("harsh" if reason == HARSH else reason, line)
    await sato.presses(reason)
    return await (sato.says(line) if line else sato.presses(JA["forms.skip"]))


async def opens(person: Person) -> Message:
    told = await person.presses(JA["worry.open"])
    assert told
    return told


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
    await _state(world, worry, "waiting")
    for action in ("moderation.look", "moderation.stop", "moderation.restore", "moderation.leave", "report.begin"):
        await refused(sato, Press(action, worry), GONE)
    for wanted in (f"{worry}.writer", f"{worry}.writer.7"):
        action = "moderation.paused" if wanted.endswith("7") else "moderation.pause"
        await refused(sato, Press(action, wanted), GONE)


async def _state(world: World, worry: str, state: str) -> None:
    from sqlalchemy import update
    from sqlmodel import col

    from bot.store.models import Worry

    changed = update(Worry).where(col(Worry.id) == worry).values(state=state)
    await world.house.database.write(lambda session: session.run(changed))


async def paused(sato: Person, subject: str, days: int = 7, whom: str = "writer") -> Message:
    await sato.does(Press("moderation.pause", f"{subject}.{whom}"))
    said = await sato.presses(JA["moderation.days"].format(days=days))
    assert said
    return said


async def test_a_rest_begins_the_next_working_morning_and_ends_by_itself(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    said = await paused(sato, worry, 1)
    assert "11月25日(水) 9:00" in said.body or "11月25日(水) 09:00" in said.body
    await hana.commands("worry")
    await hana.fills("もうひとつ、聞いてください。")
    await hana.presses("この内容で届ける")
    assert stands(world, "もうひとつ"), "it has not begun"
    await world.later(days=1)
    await hana.commands("worry")
    await hana.fills("みっつめです。")
    told = await hana.presses("この内容で届ける")
    assert told and "お休み" in told.body and "11月26日(木)" in told.body
    assert not stands(world, "みっつめ")
    await ken.commands("worry")
    await ken.fills("わたしからも。")
    await ken.presses("この内容で届ける")
    assert stands(world, "わたしからも")
    await world.later(days=1)
    await hana.presses("この内容で届ける")
    assert stands(world, "みっつめ"), "the preview was kept, and the rest is over"


async def test_whoever_rests_writes_and_reports_nothing_but_reads_closes_and_asks(world: World) -> None:
    hana, ken, sato = await community(world)
    worry, other = await shared(world, ken), ""
    await hana.commands("worry")
    await hana.fills("ほかの人の悩みです。")
    await hana.presses("この内容で届ける")
    other = next(p.message for p in world.slack.posts if p.message.quote == "ほかの人の悩みです。").buttons[0].argument
    await hana.does(Press("worry.reply", worry))
    await hana.fills(ANSWER)
    await paused(sato, worry, 30)
    await world.later(days=2)
    await ken.does(Press("worry.reply", other))
    kept = await ken.fills("そばにいます。")
    assert kept and "お休み" in kept.body
    said = await ken.does(Press("report.send", f"{other}.harsh"))
    assert said and "お休み" in said.body
    shown = await looks(sato, other)
    assert "1人" not in shown.body
    menu = await ken.commands("menu")
    assert menu and JA["forms.resume"] in [button.label for button in menu.buttons], "what was written rests"
    read = await ken.presses(JA["worry.open"])
    assert read and read.quote == ANSWER
    asked = await ken.commands("ask", "居場所")
    assert asked and "お休み" not in asked.body
    closed = await ken.does(Press("worry.closed", worry))
    assert closed and JA["worry.closed"] in closed.body


async def test_leaving_and_coming_again_lifts_no_rest(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    await paused(sato, worry, 30)
    before = (await rows(world))["pause"]
    await world.later(days=2)
    await hana.does(Press("mydata.erased"))
    assert (await rows(world))["pause"] == before
    code = await world.house.database.write(lambda session: _code(world, session))
    await hana.commands("join", code)
    await hana.commands("worry")
    await hana.fills(WORRY)
    told = await hana.presses("この内容で届ける")
    assert told and "お休み" in told.body
    await world.later(days=31)
    assert (await rows(world))["pause"] == []


def _code(world: World, session: object) -> str:
    from bot.store import members

    return members.invite(session, Role.SUPPORTER, 1, world.house.clock() + timedelta(days=1))  # type: ignore[arg-type]


async def test_those_who_report_in_bad_faith_may_be_asked_to_rest_too(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    gang = [ken, *await crowd(world, "abe", "mori")]
    for person in gang:
        await reports(person, worry)
    await paused(sato, worry, 7, "reporters")
    await world.later(days=2)
    for person in gang:
        said = await person.does(Press("report.send", f"{worry}.harsh"))
        assert said and "お休み" in said.body
    await hana.commands("worry")
    await hana.fills("わたしは書けます。")
    await hana.presses("この内容で届ける")
    assert stands(world, "わたしは書けます")


async def test_a_longer_rest_stays_and_a_shorter_one_does_not_shorten_it(world: World) -> None:
    hana, _, sato = await community(world)
    worry = await shared(world, hana)
    said = [await paused(sato, worry, days) for days in (7, 30, 1)]
    assert len({spoken(each) for each in said}) == 1, "nobody sees by the answer who rests already"
    ((_, begins, ends),) = (await rows(world))["pause"]
    assert ends - begins == timedelta(days=30)  # type: ignore[operator]


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
    code = await world.house.database.write(lambda session: _code(world, session))
    welcome = await mori.commands("join", code)
    promises = await mori.commands("promises")
    kindness = JA["welcome.kindness"]
    assert len(kindness.strip().splitlines()) <= 5
    assert welcome and kindness in welcome.body
    assert promises and kindness in promises.body
    menu = await mori.commands("menu")
    assert menu and kindness not in spoken(menu)
