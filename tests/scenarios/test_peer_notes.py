"""仲間のメモ: added to an entry, read by a coordinator, shown to everybody, and led back to by a receipt alone."""

from datetime import timedelta

import pytest

from bot.chat.events import Address, Press
from bot.store import editions, occurrences, pauses, peer_notes
from bot.store.peer_notes import ARRIVES, ARRIVES_WITHIN, Said
from bot.store.session import Session
from tests.scenarios.community import community
from tests.scenarios.ledger import counts, rows
from tests.store.test_editions import FIRST, added
from tests.world import Person, World, open_world

ENTRY = "item.1"
HELPED = "返事を待たずに、季節の写真だけの葉書を置いて帰るようにしました。"
TRIED = "また来ますね、返事はいりません"


async def adds(person: Person, helped: str = HELPED, tried: str = TRIED, name: str = "") -> None:
    await person.does(Press("handbook.entry", ENTRY))
    await person.presses("メモを足す")
    if person.form:
        await person.fills(helped, tried, name)
        return
    await person.says(helped)
    for answer in (tried, name):
        await (person.says(answer) if answer else person.presses("とばす"))


async def leaves(person: Person, helped: str = HELPED, name: str = "") -> None:
    await adds(person, helped, name=name)
    await person.presses("預ける")


async def release(world: World, *helped: str) -> list[str]:
    """Left by nobody, and shown to everybody. Returns the ids."""

    def write(session: Session) -> list[str]:
        now, rules = world.house.clock(), world.house.rules
        for each in helped:
            peer_notes.leave(session, ENTRY, Said(each), now, rules)
        for rests in occurrences.due(session, now + ARRIVES_WITHIN):
            if rests.kind == ARRIVES:
                peer_notes.arrive(session, rests.subject)
        waiting = peer_notes.waiting(session)
        for note in waiting:
            peer_notes.release(session, note.id)
        return [note.id for note in waiting]

    return await world.house.database.write(write)


async def entry_of(person: Person) -> str:
    card = await person.does(Press("handbook.entry", ENTRY))
    assert card
    return card.quote


async def test_a_note_waits_for_a_coordinator_and_then_stands_under_its_entry(world: World) -> None:
    hana, ken, sato = await community(world)
    await leaves(hana, name="阿部")
    told = len(sato.letters)
    await world.later(days=4)
    assert len(sato.letters) == told, "a letter would say when it came"
    assert HELPED not in await entry_of(ken)
    await sato.commands("mydata")
    await sato.presses("調整役の仕事")
    shown = await sato.presses("仲間のメモの確認")
    assert shown and shown.quote == f"{HELPED}\nかけてみたことば：{TRIED}\n― 阿部（2026-11）"
    await sato.presses("みなさんに見せる")
    card = await ken.does(Press("handbook.entry", ENTRY))
    assert card and HELPED in card.quote and HELPED not in card.body
    assert "公式本文ではありません" in card.note
    again = await sato.does(Press("peers.check"))
    assert again and "ありません" in again.body


async def test_what_names_somebody_is_softened_before_anyone_keeps_it(world: World) -> None:
    _, ken, _ = await community(world)
    await adds(ken, "090-1234-5678 に電話してから行きました。")
    assert (await counts(world))["peernote"] == 0, "a preview comes first"
    assert b"090-1234-5678" not in world.files()
    assert "090-1234-5678" not in ken.hand[-1].quote


async def test_the_receipt_alone_takes_it_back_at_any_time(world: World) -> None:
    hana, ken, _ = await community(world)
    await leaves(hana)
    [receipt] = [each for each in hana.letters if each.title == "控え"]
    assert HELPED not in str(receipt)
    await release(world)
    assert HELPED in await entry_of(ken)
    refused = await ken.does(Press("peers.withdraw", "guessed"))
    assert refused and "もうありません" in refused.body
    assert HELPED in await entry_of(ken)
    await hana.does(Press("mydata.erased"))
    await hana.presses("メモを取り消す")
    assert HELPED not in await entry_of(ken)
    assert (await counts(world))["peernote"] == 0
    again = await hana.presses("メモを取り消す")
    assert again and "もうありません" in again.body


async def test_pressing_twice_leaves_one(world: World) -> None:
    hana, _, _ = await community(world)
    await leaves(hana)
    again = await hana.presses("預ける")
    assert again and "もう預かった" in again.body
    assert (await counts(world))["peernote"] == 1
    assert sum(each.title == "控え" for each in hana.letters) == 1


async def test_a_preview_can_be_changed_or_dropped(world: World) -> None:
    _, ken, _ = await community(world)
    await adds(ken, "はじめの言葉")
    await ken.presses("書き直す")
    assert ken.form and [field.value for field in ken.form.fields] == ["はじめの言葉", TRIED, ""]
    await ken.fills(HELPED, "", "")
    assert HELPED in ken.hand[-1].quote and TRIED not in ken.hand[-1].quote
    await ken.presses("やめる")
    assert not [row for row in (await rows(world))["draft"] if row[2] == "peer"]
    assert (await counts(world))["peernote"] == 0


async def test_no_row_leads_from_a_note_to_its_writer_or_the_moment(world: World) -> None:
    hana, _, _ = await community(world)
    before = await rows(world)
    await leaves(hana)
    kept = await rows(world)
    (row,) = kept["peernote"]
    assert row[1:4] == (ENTRY, "2026-11", "resting")
    rest = [before, {**kept, "peernote": [], "occurrence": []}]
    known = {each for tables in rest for found in tables.values() for values in found for each in values
             if isinstance(each, str | bytes) and len(each) > 8}  # fmt: skip
    assert not {row[0], row[4], row[5]} & known
    [receipt] = [each for each in hana.letters if each.title == "控え"]
    assert receipt.buttons[0].argument.encode() not in world.files(), "only a digest of the secret is kept"
    await world.later(days=4)
    left = await rows(world)
    assert not [each for each in left["occurrence"] if each[1] == ARRIVES], "nothing says when it came"
    assert left["peernote"][0][3] == "waiting"


async def test_it_is_not_in_the_copy_and_stays_when_one_leaves(world: World) -> None:
    hana, _, _ = await community(world)
    await leaves(hana)
    copied = await hana.does(Press("mydata.export"))
    assert copied and HELPED not in copied.quote
    await hana.does(Press("mydata.erased"))
    assert (await counts(world))["peernote"] == 1


async def test_two_stand_on_the_card_and_more_behind_a_button(world: World) -> None:
    _, ken, sato = await community(world)
    every = [f"{number}番目の工夫です。" for number in range(6)]
    await release(world, *every)
    shown = await entry_of(ken)
    assert sum(each in shown for each in every) == 2
    await ken.presses("仲間のメモをぜんぶ見る（6件）")
    first = ken.hand[-1].quote
    assert not [label for label in ken.buttons if "番を消す" in label], "nobody else erases anything"
    await ken.presses("つづき")
    assert all(each in first + ken.hand[-1].quote for each in every)
    await sato.does(Press("peers.show", f"{ENTRY}:0"))
    await sato.presses("1番を消す")
    assert (await counts(world))["peernote"] == 5


async def test_what_a_coordinator_puts_aside_leaves_no_word(world: World) -> None:
    hana, _, sato = await community(world)
    await leaves(hana)
    await world.later(days=4)
    await sato.does(Press("peers.check"))
    await sato.presses("見送る（消す）")
    assert (await counts(world))["peernote"] == 0
    assert HELPED.encode() not in world.files()


async def test_it_is_found_by_its_words_once_released_and_no_more_once_gone(world: World) -> None:
    _, ken, _ = await community(world)
    (note,) = await release(world, HELPED)
    await world.house.peers.look()
    entry = await world.house.handbook.entry(f"peer.{note}", "ja")
    assert entry and entry.frame == (ENTRY,) and HELPED in entry.body and HELPED not in entry.summary
    found = await ken.does(Press("handbook.entry", f"peer.{note}"))
    assert found and HELPED in found.quote
    await world.house.database.write(lambda session: peer_notes.hide(session, note))
    stale = await ken.does(Press("handbook.entry", f"peer.{note}"))
    assert stale and "もうありません" in stale.body and not stale.quote
    await world.house.peers.look()
    assert await world.house.handbook.entry(f"peer.{note}", "ja") is None


async def test_under_a_passage_it_outlives_the_edition_that_answers(world: World) -> None:
    _, ken, sato = await community(world)
    database = world.house.database
    first = await database.write(lambda session: added(session, FIRST, "前の版"))
    passage = f"passage.{first}.1"
    assert await world.house.handbook.entry(passage, "ja") is None, "another one answers, or none yet"
    await ken.does(Press("handbook.entry", passage))
    await ken.presses("メモを足す")
    await ken.fills(HELPED, "", "")
    await ken.presses("預ける")
    await world.later(days=4)
    shown = await sato.does(Press("peers.check"))
    assert shown and "「ポイント1　電話をする」" in shown.body
    await database.write(lambda session: peer_notes.release(session, peer_notes.waiting(session)[0].id))
    await world.house.peers.look()
    (note,) = await database.read(peer_notes.released)
    assert await world.house.handbook.entry(f"peer.{note.id}", "ja")
    found = await ken.does(Press("handbook.entry", f"peer.{note.id}"))
    assert found and HELPED in found.quote
    await database.write(lambda session: editions.remove(session, first, for_good=True))
    gone = await ken.does(Press("handbook.entry", f"peer.{note.id}"))
    assert gone and "いまのハンドブックにはありません" in gone.body


async def test_another_process_learns_of_it(world: World) -> None:
    async with open_world(world.folder) as other:
        (note,) = await release(world, HELPED)
        await other.house.peers.look()
        assert await other.house.handbook.entry(f"peer.{note}", "ja")


async def test_no_note_stands_under_a_note_or_under_nothing(world: World) -> None:
    _, ken, _ = await community(world)
    (note,) = await release(world, HELPED)
    await world.house.peers.look()
    for about in (f"peer.{note}", "item.99"):
        said = await ken.does(Press("peers.begin", about))
        assert said and "いまのハンドブックにはありません" in said.body


@pytest.mark.parametrize("action", ["check", "release", "hide"])
async def test_supporters_decide_nothing_and_groups_read_nothing(world: World, action: str) -> None:
    _, ken, sato = await community(world)
    said = await ken.does(Press(f"peers.{action}", "anything"))
    assert said and "調整役の方ができること" in said.body
    sato.place = "slack-group-広場"
    event = world.event(sato, Press(f"peers.{action}", "anything"))
    reply = await world.house.pipeline.dispatch(event)
    assert reply and reply.message and "ふたりだけの場所で" in reply.message.body


async def test_whoever_rests_leaves_nothing_and_loses_nothing(world: World) -> None:
    _, ken, _ = await community(world)
    await adds(ken)
    private = Address("slack", "team", ken.id)
    since = world.house.clock() - timedelta(days=4)
    await world.house.database.write(lambda session: pauses.start(session, [private], 30, since, world.house.rules))
    said = await ken.presses("預ける")
    assert said and "お休みの時間" in said.body
    assert (await counts(world))["peernote"] == 0
    assert [row for row in (await rows(world))["draft"] if row[2] == "peer"], "the preview is still there"
