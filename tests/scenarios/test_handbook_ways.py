"""From an answer of the handbook on: reading, scenes like it, people, an honest gap, and whether it helped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.chat.events import Press
from bot.knowledge.index import Hit
from bot.store import gaps, opinions
from bot.store.handbook_models import Gap, Opinion
from bot.store.opinions import Counts
from bot.store.session import Session
from tests.scenarios.community import community
from tests.scenarios.danger import SELF, is_card, signs
from tests.scenarios.ledger import counts
from tests.scenarios.test_handbook import KNOWN, OUTSIDE, asked
from tests.world import World, open_world, spoken

__all__ = ["signs"]

NAMED = f"{OUTSIDE} 田中太郎さん"
TO_DUTY, GAP = "当番に聞く（名前は出ません）", "「まだ答えのないこと」に残す"


async def gaps_left(world: World) -> list[tuple[str, str]]:
    def read(session: Session) -> list[tuple[str, str]]:
        found = session.rows(select(col(Gap.id), col(Gap.month), col(Gap.body)))
        return [(row.month, session.keys.box.open(row.body, gaps.place(row.id)).decode()) for row in found]

    return await world.house.database.read(read)


async def of(world: World, entry: str) -> Counts:
    return (await world.house.database.read(opinions.counts)).get(entry, Counts())


async def test_from_an_entry_to_scenes_like_it_to_what_it_stands_under_and_back(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    answer = await hana.says("ドア越しに話すとき")
    assert answer and answer.body.startswith("1. ドア越しに話すとき")
    assert "（実践メモ（このボットの言葉・公式本文ではありません）・対象者とのコミュニケーション" in answer.body
    await hana.presses("くわしく：ドア越しに話すとき")
    entry = hana.screen[-1]
    assert "ノブに手をかける" in entry.body and "公式本文ではありません" in entry.note
    await hana.presses("似た場面")
    assert "架空の場面" in hana.screen[-1].body
    await hana.presses("戻る：ドア越しに話すとき")
    assert hana.screen[-1] == entry
    await hana.presses("この項目のもとへ")
    assert hana.screen[-1].title == "【項目】 対象者とのコミュニケーション"
    await hana.presses("戻る")
    assert hana.screen[-1] == entry
    await hana.presses("さっきの答えに戻る")
    assert hana.screen[-1] == answer
    await world.later(minutes=31)
    await hana.presses("さっきの答えに戻る")
    assert "30分たった" in hana.screen[-1].body


async def test_a_door_to_nothing(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    before = await counts(world)
    doors = ("entry", "page", "above", "similar", "useful", "answer_useful", "back", "duty", "gap")
    for door in doors:
        for wanted in ("unheard-of", "1.unheard-of", "9.value.human", "0.value.human", ""):
            reply = await hana.does(Press(f"handbook.{door}", wanted))
            assert reply and reply.body and not reply.title, (door, wanted)
    assert await counts(world) == before


@pytest.mark.parametrize("question", [OUTSIDE, NAMED])
async def test_the_worry_opens_with_the_question_in_it(world: World, question: str) -> None:
    hana, ken, _ = await community(world)
    for person in (hana, ken):
        await person.says(question) if person is hana else await person.commands("ask", question)
        await person.presses("悩みとして相談する")
        filled = person.form.fields[0].value if person.form else person.screen[-1].quote
        assert "田中" not in filled and OUTSIDE[-8:] in filled
    await hana.presses("このまま")
    preview = hana.screen[-1]
    assert OUTSIDE[-8:] in preview.quote
    await hana.presses("この内容で届ける")
    assert any(OUTSIDE[-8:] in post.message.quote for post in world.slack.posts)


async def test_what_a_whole_group_has_read_is_not_put_into_the_worry(world: World) -> None:
    hana, _, _ = await community(world)
    hana.place = await world.group(world.telegram, "詰所")
    answer = await hana.commands("ask", KNOWN)
    assert answer and "ここの皆さんに見えています" in answer.note
    hana.place = ""
    await hana.presses("悩みとして相談する")
    assert KNOWN not in spoken(hana.screen[-1])
    assert "言いかえて書くと" in hana.screen[-1].body


async def test_who_is_on_duty_is_asked_without_a_name_and_answers(world: World) -> None:
    hana, _, sato = await community(world)
    await hana.says(NAMED)
    told = await hana.presses(TO_DUTY)
    assert told and "当番に届けました" in told.body and "田中" not in told.quote and OUTSIDE in told.quote
    again = await hana.presses(TO_DUTY)
    assert again and "もう当番に届けて" in again.body
    assert all(OUTSIDE not in spoken(letter) for letter in sato.letters), "a notice has no content"
    opened = await sato.presses("ひらく")
    assert opened and opened.title == "当番への質問" and opened.quote == told.quote
    await sato.presses("返事を書く")
    await sato.fills("駅前の相談会が、きっと知っています。")
    await hana.presses("ひらく")
    assert hana.sees("駅前の相談会")


async def test_out_of_hours_it_waits_and_the_worry_is_offered(world: World) -> None:
    hana, _, sato = await community(world)
    await world.later(hours=12)
    await hana.says(OUTSIDE)
    told = await hana.presses(TO_DUTY)
    assert told and "11月25日(水) 08:30" in told.body
    assert [button.label for button in told.buttons] == ["悩みとして相談する"]
    assert not sato.letters
    await world.later(hours=11)
    assert sato.letters


async def test_where_nobody_could_be_asked_nothing_is_left(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.says(OUTSIDE)
    before = await counts(world)
    told = await hana.presses(TO_DUTY)
    assert told and "当番の方も調整役の方もいません" in told.body
    assert [button.label for button in told.buttons] == ["悩みとして相談する"]
    assert await counts(world) == before


async def test_a_gap_is_left_by_that_press_alone_once_and_without_details(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.says(NAMED)
    assert await gaps_left(world) == []
    button = next(button for button in hana.screen[-1].buttons if button.label == GAP)
    for _ in range(2):
        left = await hana.does(Press(button.action, button.argument))
        assert left and "残しました" in left.note and GAP not in [each.label for each in left.buttons]
    ((month, words),) = await gaps_left(world)
    assert month == "2026-11" and OUTSIDE in words and "田中" not in words
    ken = await world.person("ken", world.slack)
    gone = await ken.does(Press(button.action, button.argument))
    assert gone and "もう残っていません" in gone.body


async def test_reword_opens_the_question_again_where_there_are_dialogs(world: World) -> None:
    ken = await world.person("ken", world.slack)
    await ken.commands("ask", OUTSIDE)
    await ken.presses("言いかえて聞く")
    assert ken.sees("そのまま送ってください")


@pytest.mark.parametrize("under", ["an answer", "an entry"])
async def test_each_counts_once_and_may_change_their_mind(world: World, under: str) -> None:
    hana, ken, _ = await community(world)
    for person in (hana, ken):
        await person.commands("ask", "ドア越しに話すとき")
        if under == "an entry":
            await person.presses("くわしく：ドア越しに話すとき")
        shown = person.screen[-1]
        said = await person.presses("役に立った")
        assert said and said.body == shown.body and "うかがいました" in said.note
        assert not {"役に立った", "違う"} & {button.label for button in said.buttons}
    assert await of(world, "note.1.through-the-door") == Counts(2, 0)
    await hana.presses("違う")
    await hana.presses("違う")
    assert await of(world, "note.1.through-the-door") == Counts(1, 1)
    await hana.commands("mydata")
    await hana.presses("消して退会する")
    await hana.presses("はい、消します")
    assert await of(world, "note.1.through-the-door") == Counts(1, 0)


async def test_no_row_tells_whose_opinion_it_is(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.does(Press("handbook.useful", "item.1"))
    await hana.does(Press("handbook.useful", "item.2"))
    found = await world.house.database.read(lambda session: session.rows(select(col(Opinion.token))))
    assert len({row.token for row in found}) == 2, "two of one person cannot be seen as such"


@pytest.fixture
async def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("YORISOI_HANDBOOK_FEEDBACK", "off")
    async with open_world(tmp_path) as opened:
        yield opened


async def test_nobody_is_asked_where_it_is_switched_off(quiet: World) -> None:
    hana = await quiet.person("hana", quiet.telegram)
    await hana.says(KNOWN)
    await hana.presses("くわしく：人間観")
    assert hana.sees("怠け") and not {"役に立った", "違う"} & set(hana.buttons)
    await hana.does(Press("handbook.useful", "item.1"))
    assert await of(quiet, "item.1") == Counts()


async def test_a_follow_up_uses_the_question_before_and_nothing_else_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hana = await world.person("hana", world.telegram)
    real, given = world.house.handbook.nearest, []

    async def nearest(question: str, limit: int = 3, before: str = "") -> tuple[Hit, ...]:
        given.append((question, before))
        return await real(question, limit, before)

    monkeypatch.setattr(world.house.handbook, "nearest", nearest)
    await hana.says(KNOWN)
    nothing = await hana.says(OUTSIDE)
    assert nothing and "見つかりませんでした" in nothing.body
    await hana.says(KNOWN)
    more = await hana.says("もう少し具体的に")
    assert given[:4] == [(KNOWN, ""), (OUTSIDE, ""), (KNOWN, ""), ("もう少し具体的に", KNOWN)]
    assert more and more.title == "近いところ"
    assert f"{KNOWN}\nもう少し具体的に" in [each.content["text"] for each in await asked(hana)], "people get both"
    await world.later(minutes=31)
    await hana.says("もう少し具体的に")
    assert given[-1] == ("もう少し具体的に", ""), "after half an hour it begins anew"


async def test_who_leaves_takes_their_questions_along(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.says(KNOWN)
    assert await asked(hana)
    kept = await hana.commands("mydata")
    assert kept and KNOWN not in spoken(kept)
    await hana.presses("消して退会する")
    await hana.presses("はい、消します")
    assert (await counts(world))["draft"] == 0


@pytest.mark.usefixtures("signs")
async def test_danger_in_a_question_is_noticed_before_anything_else(world: World) -> None:
    hana, _, _ = await community(world)
    assert is_card(await hana.says(SELF))
    assert not await asked(hana), "it was not asked yet"
    await hana.presses("違います")
    (question,) = await asked(hana)
    assert question.content["noticed"]
    assert GAP not in hana.buttons, "a gap answers nobody"
    refused = await hana.does(Press("handbook.gap", question.id))
    assert refused and "もう使えません" in refused.body
    assert await gaps_left(world) == []


async def test_an_english_reader_is_told_what_is_there_in_japanese_only(world: World) -> None:
    ken = await world.person("ken", world.slack)
    await ken.commands("language", "en")
    entry = await ken.does(Press("handbook.entry", "note.1.through-the-door"))
    assert entry and "in Japanese only" in entry.note and "Scenes like this" in [each.label for each in entry.buttons]
    frame = await ken.does(Press("handbook.above", "note.1.through-the-door"))
    assert frame and "in Japanese only" not in frame.note and not any("\u3040" < sign < "\u30ff" for sign in frame.body)


async def test_a_coordinator_sees_a_question_as_one(world: World) -> None:
    hana, _, sato = await community(world)
    await hana.says(OUTSIDE)
    await hana.presses(TO_DUTY)
    queue = await sato.does(Press("moderation.queue"))
    assert queue and "当番への質問" in queue.body


async def test_how_it_stands_is_seen_by_who_asked(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.says(OUTSIDE)
    await hana.presses(TO_DUTY)
    await hana.does(Press("worry.mine"))
    await hana.presses(next(label for label in hana.buttons if label.endswith("をひらく")))
    assert hana.screen[-1].title == "当番への質問"
