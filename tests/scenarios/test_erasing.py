"""Leaving for good: gone at once here, and replaced piece by piece there, so that no two posts tell of one person."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Press
from bot.store import inbox, mine, occurrences, posts
from bot.store.members import Role
from bot.store.models import Outbox, Worry
from bot.store.session import Session
from tests.scenarios import ledger
from tests.scenarios.ledger import counts, rows
from tests.world import Person, World, spoken

MINE = ("夜になると不安で、電話が鳴るのがこわいです。", "訪問の間隔をどう決めればよいでしょうか。")
SAID = "うちの町では、月に一度にしています。"
THANKS = "ありがとうございます、やってみます。"
OTHERS = "記録の書き方に迷っています。"
OTHERS_REPLY = "わかります。"
CLOSED, TAKEN_BACK = "この悩みは閉じられました。", "この返信は取り下げられました。"

CLOSED_AT = [column.name for column in Worry.__table__.columns].index("closed_at")  # type: ignore[attr-defined]


async def shares(person: Person, words: str) -> str:
    await person.commands("worry")
    await person.fills(words)
    await person.presses("この内容で届ける")
    return next(post.message for post in person.world.slack.posts if post.message.quote == words).buttons[0].argument


async def replies(person: Person, worry: str, words: str) -> None:
    await person.does(Press("worry.reply", worry))
    await person.fills(words)


@pytest.fixture
async def hana(world: World) -> Person:
    """Two worries, one reply to ken's and one in her own; ken has replied to her first."""
    await world.group(world.slack, "広場")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    first, _ = await shares(hana, MINE[0]), await shares(hana, MINE[1])
    others = await shares(ken, OTHERS)
    await replies(ken, first, OTHERS_REPLY)
    await hana.presses("ひらく")
    await hana.presses("返事を書く")
    await hana.fills(THANKS)
    await replies(hana, others, SAID)
    return hana


def standing(world: World) -> dict[str, str]:
    """What each post in the group shows now, by the words it began with."""
    return {
        post.reference: spoken(post.message).strip() for post in world.slack.posts if "group" in post.address.channel
    }


async def leaves(person: Person) -> None:
    await person.commands("mydata")
    await person.presses("消して退会する")
    await person.presses("はい、消します")


async def planned(world: World) -> list[datetime]:
    until = world.house.clock() + timedelta(days=2)
    due = await world.house.database.read(lambda session: occurrences.due(session, until))
    return [each.due_at for each in due if each.kind == posts.TAKE_BACK]


async def test_the_confirming_says_honestly_what_will_happen_and_what_cannot(hana: Person) -> None:
    await hana.commands("mydata")
    asked = await hana.presses("消して退会する")
    assert asked
    for words in ("24時間のうちに", "ひとつずつ別の時に", "ひとりの方が書いたとわかってしまう"):
        assert words in asked.body
    for words in ("すでに読まれたもの", "届いたお知らせ", "チャットの会社に残る写し", "サーバーの控え"):
        assert words in asked.note


async def test_letters_of_one_person_are_let_go_at_no_common_moment(world: World, hana: Person) -> None:
    """It stands beside each letter for a month."""
    await leaves(hana)
    ends = select(col(Outbox.expires_at)).where(col(Outbox.expires_at).is_not(None))
    found = [row[0] for row in await world.house.database.read(lambda session: session.rows(ends))]
    assert len(found) > 2
    assert len({*found}) == len(found)


async def test_here_it_is_gone_at_once_and_there_nothing_changes_yet(world: World, hana: Person) -> None:
    before = standing(world)
    await leaves(hana)
    assert standing(world) == before
    address = world.event(hana, Press("x")).private
    assert await world.house.database.read(lambda session: mine.own(session, address)) == mine.Own()
    left = await counts(world)
    assert (left["itemkey"], left["member"], left["answer"]) == (1, 1, 1), (
        "ken's worry, ken, and an answer without words"
    )
    for words in (*MINE, SAID, THANKS):
        assert words.encode() not in world.files()


async def test_each_post_is_replaced_at_a_moment_of_its_own_and_all_within_a_day(world: World, hana: Person) -> None:
    await leaves(hana)
    moments = await planned(world)
    assert len(moments) == len(set(moments)) == 4
    assert all(world.house.clock() <= each <= world.house.clock() + timedelta(hours=20) for each in moments)
    shown = [standing(world)]
    for moment in sorted(moments):
        await world.house.advance(moment - world.house.clock())
        shown.append(standing(world))
    changed = [sum(after[key] != before[key] for key in after) for before, after in pairwise(shown)]
    assert changed == [1, 1, 1, 1], "never two together"
    await world.later(days=1)
    left = sorted(standing(world).values())
    assert sum(words == CLOSED for words in left) == 2
    assert sum(words == TAKEN_BACK for words in left) == 2
    assert sum(OTHERS in words or OTHERS_REPLY in words for words in left) == 2, "what others wrote stands as it did"


async def test_two_people_who_leave_draw_other_moments(world: World, hana: Person) -> None:
    await leaves(hana)
    first = await planned(world)
    ken = world.people[1]
    await leaves(ken)
    assert len(set(await planned(world)) - set(first)) == 1, "his reply to her closed with her worry"


async def test_no_row_links_two_of_them_or_the_person(world: World, hana: Person) -> None:
    before = await rows(world, "outbox", "meta")
    await leaves(hana)
    after = await rows(world, "outbox", "meta")
    known = {value for each in before.values() for row in each for value in row if isinstance(value, str)}
    subjects = [str(row[2]) for row in after["occurrence"] if row[1] == posts.TAKE_BACK]
    assert len(set(subjects)) == 4
    errands = [row for row in after["draft"] if row[2] == "errand"]
    assert {row[0] for row in errands} == set(subjects)
    assert not {value for row in errands for value in row if isinstance(value, str) and len(value) > 8} & known
    assert len({row[1] for row in errands}) == 4, "nobody owns two of them"
    sealed = [value for row in errands for value in row if isinstance(value, bytes)]
    assert len({len(value) for value in sealed}) == 1, "a length would tell a worry from a reply"
    await world.later(days=1)
    left = await rows(world)
    assert not [row for row in left["occurrence"] if row[1] == posts.TAKE_BACK]
    assert not [row for row in left["draft"] if row[2] == "errand"]


async def test_her_worries_say_different_hours_at_which_they_were_closed(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    for number in range(12):
        await shares(hana, f"{number}番目です。")
    await leaves(hana)
    hours = {row[CLOSED_AT] for row in (await rows(world))["worry"]}
    assert len(hours) > 3


async def test_who_is_shown_the_reply_in_a_notice_learns_kindly_that_it_was_taken_back(
    world: World, hana: Person
) -> None:
    ken = world.people[1]
    await leaves(hana)
    await ken.presses("ひらく")
    assert ken.sees("この返信は、書いた方が取り下げました。")
    await ken.commands("mydata")
    await ken.presses("開いている悩みを見る")
    await ken.presses(next(label for label in reversed(ken.buttons) if label.endswith("をひらく")))
    assert ken.sees("まだ返信はありません。")
    mio = await world.person("mio", world.slack)
    others = next(post.message for post in world.slack.posts if post.message.quote == OTHERS).buttons[0].argument
    await replies(mio, others, "応援しています。")
    assert [post.message.title[-3:] for post in world.slack.posts if post.message.quote == "応援しています。"] == [
        "（2）"
    ]


async def test_what_was_said_between_looking_and_erasing_goes_too(world: World, hana: Person) -> None:
    """On several machines one person's other event may be handled beside this one."""
    address = world.event(hana, Press("x")).private
    early = await world.house.database.read(lambda session: mine.own(session, address, since=world.house.clock()))
    whole = await world.house.database.read(lambda session: mine.own(session, address))
    assert early == whole, "the second look finds everything of the last hour by itself"
    await world.later(days=3)
    late = await world.house.database.read(lambda session: mine.own(session, address, since=world.house.clock()))
    assert late == mine.Own()


async def test_letters_that_wait_for_her_are_not_tried_again(world: World, hana: Person) -> None:
    first = next(post.message for post in world.slack.posts if post.message.quote == MINE[0]).buttons[0].argument
    adapter = world.house.adapters.pop("telegram")
    await replies(world.people[1], first, "もうひとつだけ。")
    assert (await counts(world))["outbox"]
    await hana.does(Press("mydata.erased"))
    world.house.adapters["telegram"] = adapter
    told = len(hana.letters)
    await world.later(days=2)
    assert len(hana.letters) == told
    left = [row for row in (await rows(world))["outbox"] if row[4] is not None]
    assert left == [], "no letter is left that holds an address"


async def test_an_act_of_hers_that_was_parked_is_forgotten(world: World, hana: Person) -> None:
    def park(session: Session) -> None:
        for person in (hana, world.people[1]):
            event = world.event(person, Press("worry.mine"), f"parked {person.id}")
            inbox.receive(session, event, world.house.clock())
            for _ in range(inbox.MAX_ATTEMPTS):
                inbox.fail(session, event)

    await world.house.database.write(park)
    await hana.does(Press("mydata.erased"))
    assert [state for state, _ in await ledger.inbox(world)].count("parked") == 1


async def test_words_that_have_not_gone_out_yet_never_do(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    adapter = world.house.adapters.pop("slack")
    await hana.commands("worry")
    await hana.fills(MINE[0])
    await hana.presses("この内容で届ける")
    await hana.does(Press("mydata.erased"))
    world.house.adapters["slack"] = adapter
    await world.later(days=2)
    assert standing(world) == {}


@pytest.mark.parametrize("arrived", [True, False])
async def test_words_that_may_have_gone_out_are_looked_for_and_replaced_or_never_said(
    world: World, arrived: bool
) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    real = world.slack.send

    async def breaks(*given: object, **named: object) -> str:
        if arrived:
            await real(*given, **named)  # type: ignore[arg-type]
        raise TimeoutError

    world.slack.send = breaks  # type: ignore[method-assign]
    await hana.commands("worry")
    await hana.fills(MINE[0])
    await hana.presses("この内容で届ける")
    await hana.does(Press("mydata.erased"))
    assert MINE[0].encode() not in world.files()
    world.slack.send = real  # type: ignore[method-assign]
    await world.later(days=1)
    assert list(standing(world).values()) == [CLOSED]


async def test_who_proposed_a_conference_is_not_named_by_it_any_more(world: World) -> None:
    await world.group(world.slack, "広場")
    sato, hana = await world.person("sato", world.slack, Role.COORDINATOR), await world.person("hana", world.telegram)
    await sato.does(Press("conference.new"))
    await sato.fills("居場所づくり", "12/3 14:00\n12/4 14:00")
    conference = world.slack.posts[-1].message.buttons[0].argument.split(".")[0]
    await hana.does(Press("conference.vote", conference))
    await hana.fills("◯ 行けます", "✕ 行けません")
    (sato_id,) = {row[4] for row in (await rows(world))["conference"]}
    await sato.does(Press("mydata.erased", "anyway"))
    known = {
        value for name, table in (await rows(world, "tombstone")).items() for row in table for value in row if name
    }
    assert sato_id not in known
    assert (await counts(world))["vote"] == 2
