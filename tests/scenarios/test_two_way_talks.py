"""Two people alone: only where both wish it, told to nobody else, and names only where both give one."""

import pytest

from bot.chat.events import Press
from tests.scenarios.ledger import counts, rows
from tests.scenarios.threads import WORRY, shares, standing
from tests.world import Person, World, spoken

SAID = "まず手紙を一通、置いてみませんか。"
WISH, ASKED = "ふたりで続ける", "ふたりで話したいという方がいます。"
ALONE = "ここだけの話ですが、わたしも通えなくなった時期があります。"


class Two:
    """hana wrote the worry on Telegram; ken answered it on Slack; mio looks on."""

    def __init__(self, hana: Person, ken: Person, mio: Person, worry: str) -> None:
        self.hana, self.ken, self.mio, self.worry = hana, ken, mio, worry


@pytest.fixture
async def two(world: World) -> Two:
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "広間")
    hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
    mio = await world.person("mio", world.slack)
    worry = await shares(hana)
    await ken.does(Press("worry.reply", worry))
    await ken.fills(SAID)
    await hana.presses("ひらく")
    return Two(hana, ken, mio, worry)


async def asks(two: Two, *, author: bool) -> tuple[Person, Person]:
    """Who wishes it, and who is asked."""
    if author:
        await two.hana.presses("ほかにできること")
        await two.hana.presses(WISH)
        return two.hana, two.ken
    await two.ken.presses(WISH)
    return two.ken, two.hana


async def agreed(two: Two) -> None:
    _, asked = await asks(two, author=True)
    await asked.presses("はい")


@pytest.mark.parametrize("author", [True, False])
async def test_either_may_wish_it_and_only_both_together_make_it_so(world: World, two: Two, author: bool) -> None:
    asking, asked = await asks(two, author=author)
    told = len(asking.letters)
    notice = asked.letters[-1]
    assert notice.body == ASKED and not (notice.title or notice.quote or notice.note), "it may light up on a phone"
    which = await asked.presses("どの悩みのことか見る")
    assert which and "さんの悩みについて" in which.note
    yes = await asked.presses("はい")
    assert yes and "おふたりにだけ届きます" in yes.body
    assert len(asking.letters) == told + 1 and asking.letters[-1].body == "お知らせがひとつ届いています。"
    opened = await asking.presses("ひらく")
    assert opened and opened.body == yes.body

    before = [spoken(each) for each in standing(world, "")]
    await asking.presses("ふたりだけに書く")
    await asking.fills(ALONE)
    assert [spoken(each) for each in standing(world, "")] == before, "it stands in no place"
    read = await asked.presses("ひらく")
    assert read and read.quote == ALONE and "あなただけに" in read.title
    await asked.presses("返事を書く")
    await asked.fills("話してくださって、うれしいです。")
    back = await asking.presses("ひらく")
    assert back and back.quote.startswith("話してくださって")
    assert [spoken(each) for each in standing(world, "")] == before
    assert not any(ALONE in spoken(each) for each in two.mio.screen)


async def test_no_changes_no_row_and_nobody_can_tell_it_from_silence(world: World, two: Two) -> None:
    asking, asked = await asks(two, author=True)
    before, told = await rows(world), len(asking.letters)
    said = await asked.presses("いまはしない")
    assert said and "何も伝わりません" in said.body
    await world.later(days=3)
    assert len(asking.letters) == told
    assert (await rows(world))["talk"] == before["talk"]
    seen = await asking.presses("ほかにできること")
    assert seen
    again = await asking.presses(WISH)
    assert again and "お気持ちを受けとりました" in again.body, "the same as the first time"
    assert [each.body for each in asked.letters].count(ASKED) == 1, "nobody is asked again and again"
    yes = await asked.presses("はい")
    assert yes and "おふたりにだけ届きます" in yes.body, "not now was not never"


async def test_a_wish_taken_back_is_gone_and_a_late_yes_asks_nobody(world: World, two: Two) -> None:
    asking, asked = await asks(two, author=False)
    await asking.presses("やっぱりやめておく")
    assert (await counts(world))["talk"] == 0
    told = len(asking.letters)
    late = await asked.presses("はい")
    assert late and "いまは、ふたりだけのやりとりはありません" in late.body
    assert len(asking.letters) == told and (await counts(world))["talk"] == 0


async def test_wishing_on_both_sides_is_a_yes(world: World, two: Two) -> None:
    await asks(two, author=True)
    both = await two.ken.presses(WISH)
    assert both and "おふたりにだけ届きます" in both.body
    assert world.slack and (await counts(world))["talk"] == 1


async def test_the_places_count_on_as_if_nothing_were_said_between(world: World, two: Two) -> None:
    await agreed(two)
    for _ in range(3):
        await two.ken.presses("ふたりだけに書く")
        await two.ken.fills(ALONE)
    await two.mio.does(Press("worry.reply", two.worry))
    await two.mio.fills("わたしからも。")
    assert standing(world, "わたしからも。")[0].title.endswith("（2）")


async def test_either_ends_it_and_words_begun_before_never_reach_a_place(world: World, two: Two) -> None:
    await agreed(two)
    await two.ken.presses("ふたりだけに書く")
    form = two.ken.form
    await two.hana.presses("ひらく")
    await two.hana.presses("ふたりだけを終える")
    ended = await two.hana.presses("はい、終えます")
    assert ended and "いまは、ふたりだけのやりとりはありません" in ended.body
    before = [spoken(each) for each in standing(world, "")]
    two.ken.form = form
    late = await two.ken.fills(ALONE)
    assert late and "どこにも届けていません" in late.body
    assert two.ken.form and two.ken.form.fields[0].value == ALONE, "what was written is not lost"
    assert [spoken(each) for each in standing(world, "")] == before
    told = await two.ken.presses("ひらく")
    assert told and "いまは、ふたりだけのやりとりはありません" in told.body
    await two.ken.does(Press("worry.reply", two.worry))
    await two.ken.fills("場では、これまでどおり。")
    assert standing(world, "場では、これまでどおり。"), "the thread goes on"


async def test_names_are_seen_only_once_both_have_given_them(world: World, two: Two) -> None:
    await agreed(two)
    await two.hana.presses("ひらく")
    await two.hana.presses("名前を伝え合う")
    await two.hana.fills("花岡")
    looked = await two.ken.does(Press("talk.look", two.ken.hand[-1].buttons[0].argument))
    assert looked and "花岡" not in spoken(looked), "nothing is told before"
    assert "花岡".encode() not in world.files()
    await two.hana.presses("名前を取り下げる")
    await two.ken.presses("名前を伝え合う")
    shown = await two.ken.fills("健太")
    assert shown and "花岡" not in spoken(shown), "it was taken back in time"
    told = len(two.ken.letters)
    await two.hana.presses("名前を伝え合う")
    both = await two.hana.fills("花子")
    assert both and both.quote == "あなた：花子\nお相手：健太"
    assert len(two.ken.letters) == told + 1
    opened = await two.ken.presses("ひらく")
    assert opened and opened.quote == "あなた：健太\nお相手：花子"
    late = await two.hana.does(Press("talk.unname", two.hana.hand[-1].buttons[0].argument))
    assert late and "お相手：健太" in late.quote, "what was read cannot be unread"
    for post in (*world.slack.posts, *world.telegram.posts):
        assert "花子" not in spoken(post.message) and "健太" not in spoken(post.message), "no letter carries a name"


async def test_ending_destroys_the_names(world: World, two: Two) -> None:
    await agreed(two)
    for person, name in ((two.hana, "花子"), (two.ken, "健太")):
        if person is two.hana:
            await person.presses("ひらく")
        await person.presses("名前を伝え合う")
        await person.fills(name)
    await two.ken.presses("ふたりだけを終える")
    await two.ken.presses("はい、終えます")
    assert (await counts(world))["talk"] == 0
    asking, asked = await asks(two, author=True)
    await world.later(days=8)
    again = await asked.does(Press("talk.wish", asking.hand[-1].buttons[0].argument))
    assert again and not again.quote


async def test_nobody_else_comes_in(world: World, two: Two) -> None:
    await agreed(two)
    talk = two.ken.hand[-1].buttons[0].argument
    before = await rows(world)
    for action in ("wish", "look", "yes", "write", "end", "ended", "name", "unname"):
        said = await two.mio.does(Press(f"talk.{action}", talk))
        assert said and "始められません" in said.body
    assert await rows(world) == before


@pytest.mark.parametrize("leaves", ["hana", "ken"])
async def test_it_ends_with_whoever_leaves_and_their_words_and_names_go(world: World, two: Two, leaves: str) -> None:
    await agreed(two)
    for person in (two.hana, two.ken):
        if person is two.hana:
            await person.presses("ひらく")
        await person.presses("ふたりだけに書く")
        await person.fills(ALONE)
        await person.does(Press("talk.name", _talk(person)))
        await person.fills("山田花子")
    gone, stays = (two.hana, two.ken) if leaves == "hana" else (two.ken, two.hana)
    talk = _talk(stays)
    await gone.does(Press("mydata.erased"))
    assert (await counts(world))["talk"] == 0
    said = await stays.does(Press("talk.write", talk))
    assert said and ("始められません" in said.body or "閉じられたか" in said.body)


def _talk(person: Person) -> str:
    return next(
        button.argument
        for message in reversed(person.screen)
        for button in message.buttons
        if button.action in ("talk.write", "talk.end", "talk.look")
    )


async def test_what_one_said_alone_and_the_names_come_along_in_the_copy(two: Two) -> None:
    await agreed(two)
    await two.ken.presses("ふたりだけに書く")
    await two.ken.fills(ALONE)
    await two.ken.does(Press("talk.name", _talk(two.ken)))
    await two.ken.fills("健太")
    copied = await two.ken.does(Press("mydata.export"))
    assert copied
    for words in (SAID, ALONE, "ふたりだけ", "健太"):
        assert words in copied.quote
    assert WORRY not in copied.quote


PHONE = "090-1234-5678"


async def test_what_identifies_somebody_reaches_neither_the_other_nor_a_row(world: World, two: Two) -> None:
    await agreed(two)
    await two.ken.presses("ふたりだけに書く")
    told = await two.ken.fills(f"電話は{PHONE}です。夜でもどうぞ。")
    assert told and PHONE in spoken(told), "its writer is told what was changed"
    read = await two.hana.presses("ひらく")
    assert read and "夜でもどうぞ" in read.quote and PHONE not in read.quote
    assert PHONE.encode() not in world.files()
