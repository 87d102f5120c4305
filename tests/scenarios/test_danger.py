"""Words that show danger: a card at once, three answers, and nothing that goes out without its author's yes."""

from pathlib import Path

import pytest

from bot.chat.events import Edit, Press
from bot.knowledge import hotlines
from bot.knowledge.hotlines import Hotlines
from bot.language import danger as detector
from bot.store.members import Role
from tests.scenarios.community import community
from tests.scenarios.danger import (
    CLIENT,
    MISTAKEN,
    SELF,
    VIOLENCE,
    YORISOI,
    author,
    contacts,
    held_drafts,
    is_card,
    signs,
    writes_a_worry,
)
from tests.scenarios.ledger import no_failure, rows
from tests.world import Person, World, open_world, spoken

__all__ = ["author", "signs"]
pytestmark = pytest.mark.usefixtures("signs")


async def test_a_worry_is_held_and_the_card_is_in_hand(author: Person) -> None:
    card = await writes_a_worry(author, SELF)
    assert is_card(card)
    assert YORISOI in card.body
    assert len(contacts(card)) == 2
    assert SELF not in spoken(card)
    assert author.world.slack.posts == author.world.telegram.posts == []
    assert author.buttons[-3:] == ["自分のこと", "支援している人のこと", "違います"]


async def test_every_way_of_saying_something_shows_it(author: Person) -> None:
    assert is_card(await author.says(SELF))
    assert is_card(await author.commands("ask", SELF))
    assert is_card(await author.does(Edit("", SELF)))
    assert is_card(await writes_a_worry(author, SELF))


async def test_a_reply_that_shows_danger_is_held_too(world: World) -> None:
    hana, ken, _ = await community(world)
    await writes_a_worry(ken, "本人に会えないまま一年がたちました。")
    await ken.presses("この内容で届ける")
    worry_id = world.slack.posts[0].message.buttons[0].argument
    await hana.does(Press("worry.reply", worry_id))
    assert is_card(await hana.fills(MISTAKEN))
    assert len(world.slack.posts) == 1
    await hana.presses("違います")
    assert world.slack.posts[1].message.quote == MISTAKEN


async def test_somebody_who_is_no_member_gets_the_card_and_is_promised_nobody(world: World) -> None:
    guest = await world.person("guest", world.telegram, role=None)
    assert is_card(await guest.says(SELF))
    card = await guest.presses("自分のこと")
    assert card
    assert YORISOI in card.body
    assert "当番" not in spoken(card)
    answer = await guest.does(Press("danger.tell"))
    assert answer and not await left_for_duty(world)


async def left_for_duty(world: World) -> int:
    return len((await rows(world))["worry"])


async def test_about_oneself_one_line_that_is_open_and_one_tap(author: Person) -> None:
    await writes_a_worry(author, SELF)
    card = await author.presses("自分のこと")
    assert card
    assert YORISOI in card.body
    assert len(contacts(card)) == 2
    assert [button.label for button in card.buttons] == ["当番に知らせる", "あとで"]
    assert "平日 08:30〜18:00" in card.note
    assert "書いたことばだけ" in card.note
    assert not await left_for_duty(author.world), "nobody is told before the yes"


async def test_about_a_client_the_ways_a_supporter_has(author: Person) -> None:
    await writes_a_worry(author, CLIENT)
    card = await author.presses("支援している人のこと")
    assert card
    assert len(contacts(card)) == 2
    for words in ("精神保健福祉センター", "保健所", "上司", "119"):
        assert words in card.body
    assert [button.label for button in card.buttons] == ["当番に知らせる", "続きへすすむ"]
    await author.presses("続きへすすむ")
    assert author.sees("この内容で届ける")


async def test_where_somebody_is_harmed_the_card_says_whom_the_law_asks_to_tell(author: Person) -> None:
    card = await writes_a_worry(author, VIOLENCE)
    assert len(contacts(card)) == 2
    card = await author.presses("支援している人のこと") or card
    assert len(contacts(card)) == 2
    for words in ("児童相談所（189）", "高齢の方：市町村", "障害者虐待防止センター", "守秘義務には反しません"):
        assert words in card.body


async def test_it_is_not_that_and_goes_on_without_a_word_more(author: Person) -> None:
    world = author.world
    await writes_a_worry(author, MISTAKEN)
    preview = await author.presses("違います")
    assert preview
    assert preview.quote == MISTAKEN
    assert "電話" not in spoken(preview)
    await author.presses("この内容で届ける")
    assert world.slack.posts[0].message.quote == MISTAKEN
    reviews = (await rows(world))["review"]
    assert len(reviews) == 1, "a coordinator sees that this one showed danger"
    assert author.id.encode() not in repr(reviews).encode()


async def test_it_goes_with_the_others_and_never_at_once(tmp_path: Path) -> None:
    async with open_world(tmp_path, publish_times="12:30,16:00") as world:
        hana, _, _ = await community(world)
        await writes_a_worry(hana, MISTAKEN)
        preview = await hana.presses("違います")
        assert preview
        ways = [button for button in preview.buttons if button.action.startswith(("worry.post", "worry.now"))]
        assert [button.action for button in ways] == ["worry.post"]
        await hana.does(Press("worry.post_now", ways[0].argument))
        assert not any(MISTAKEN in post.message.quote for post in world.slack.posts), "whatever button is pressed"
        assert len((await rows(world))["review"]) == 1
        await world.later(hours=27)
        assert any(MISTAKEN in post.message.quote for post in world.slack.posts)


async def test_a_question_goes_on_to_the_handbook(author: Person) -> None:
    assert is_card(await author.says(MISTAKEN))
    answer = await author.presses("違います")
    assert answer
    assert not is_card(answer)
    assert "forms.gone" not in spoken(answer)
    assert not await held_drafts(author)


async def test_the_second_press_and_a_strangers_press_find_nothing(world: World) -> None:
    hana, ken, _ = await community(world)
    card = await writes_a_worry(hana, MISTAKEN)
    held = card.buttons[2].argument
    with no_failure():
        answer = await ken.does(Press("danger.neither", held))
        assert answer and "取っておけません" in answer.body
        await hana.presses("違います")
        again = await hana.does(Press("danger.neither", held))
    assert again and MISTAKEN not in spoken(again)


@pytest.mark.parametrize("argument", ["", "x" * 22, "\x00", "a" * 100])
async def test_old_and_forged_buttons_end_kindly(world: World, argument: str) -> None:
    hana, _, sato = await community(world)
    for person in (hana, sato):
        for action in ("self", "client", "neither", "go_on", "later", "again", "open", "answer", "publish"):
            with no_failure():
                assert await person.does(Press(f"danger.{action}", argument))
    assert not await left_for_duty(world)


async def test_at_three_in_the_morning_the_card_names_who_answers_then(world: World) -> None:
    hana, _, _ = await community(world)
    await world.later(hours=17)
    card = await writes_a_worry(hana, SELF)
    assert YORISOI in card.body
    card = await hana.presses("自分のこと") or card
    assert "外です" in card.note
    assert "11月25日(水) 08:30 から" in card.note
    told = await hana.presses("当番に知らせる")
    assert told
    assert "それまで人の返事はありません" in told.body
    assert YORISOI in told.body
    assert len(contacts(told)) == 2


async def test_a_detector_that_fails_shows_the_card(author: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise MemoryError

    monkeypatch.setattr(detector, "level", broken)
    assert is_card(await writes_a_worry(author, "こんにちは。"))


async def test_without_the_file_of_numbers_the_card_still_names_119_and_110(
    author: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotlines, "bundled", lambda: hotlines.load(tmp_path / "torn.toml"))
    card = await writes_a_worry(author, SELF)
    assert is_card(card)
    assert "119（救急）か 110（警察）" in card.body


@pytest.mark.parametrize(("hours", "shown"), [(0, False), (7, True)])
async def test_only_a_line_that_is_answered_at_this_hour_is_named(
    author: Person, monkeypatch: pytest.MonkeyPatch, hours: int, shown: bool
) -> None:
    """At 10:00 it is closed, at 17:00 it is open until nine."""
    evening = [line for line in hotlines.bundled().lines if line.id == "inochi"]
    monkeypatch.setattr(hotlines, "bundled", lambda: Hotlines(tuple(evening)))
    await author.world.later(hours=hours)
    card = await writes_a_worry(author, SELF)
    assert ("自殺予防いのちの電話 0120-783-556（11月24日(火) 21:00 まで）" in card.body) is shown
    assert "119（救急）" in card.body


async def test_words_too_long_for_any_form_are_looked_at_to_their_end(author: Person) -> None:
    assert is_card(await author.says("あ" * 300_000 + SELF))


async def test_what_was_asked_question_by_question_keeps_its_mark(world: World) -> None:
    """The words went on, then the audience was asked for: still somebody looks at it."""
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "集い")
    hana = await world.person("hana", world.telegram)
    await hana.commands("worry")
    assert is_card(await hana.says(MISTAKEN)), "at once, before anything else is asked"
    await hana.presses("違います")
    await hana.presses("集い")
    await hana.presses("この内容で届ける")
    assert len((await rows(world))["review"]) == 1


async def test_the_audience_that_was_chosen_is_still_chosen_afterwards(world: World) -> None:
    await world.group(world.slack, "広場")
    await world.group(world.telegram, "集い")
    ken = await world.person("ken", world.slack, Role.SUPPORTER)
    await ken.commands("worry")
    assert ken.form
    wanted = next(choice.value for choice in ken.form.fields[1].choices if choice.label == "集い")
    assert is_card(await ken.fills(MISTAKEN, wanted))
    preview = await ken.presses("違います")
    assert preview
    assert "集い" in preview.body
    assert "広場" not in preview.body
