"""Making a poll: said in plain words, its times written or chosen, set by buttons, asked of everybody or by a code."""

import pytest

from bot.chat.events import Press
from bot.store import asked, conferences, participants
from bot.store.members import Role
from bot.store.session import Session
from tests.scenarios.conferences import THEME, TIMES, answers, proposed
from tests.scenarios.ledger import counts
from tests.world import FakePlatform, Person, World, spoken


class Counted:
    """A coordinator whose every event is counted."""

    def __init__(self, person: Person) -> None:
        self.person, self.events = person, 0

    async def says(self, words: str) -> None:
        self.events += 1
        await self.person.says(words)

    async def presses(self, label: str) -> None:
        self.events += 1
        await self.person.presses(label)

    async def fills(self, *answers: str) -> None:
        self.events += 1 if self.person.form else len(answers)
        await self.person.fills(*answers)


async def in_the_list(person: Person) -> bool:
    listed = await person.commands("conference")
    assert listed is not None
    return bool(listed.quote)


async def only(world: World) -> conferences.PublicConference:
    (found,) = await world.house.database.read(lambda session: conferences.coming(session, world.house.clock()))
    return found


def last(person: Person) -> str:
    return spoken(person.hand[-1])


@pytest.mark.parametrize(("name", "most"), [("slack", 5), ("telegram", 6)])
async def test_from_the_first_words_to_a_fixed_date(world: World, name: str, most: int) -> None:
    """Six interactions of the coordinator, and five where there are dialogs."""
    platform: FakePlatform = getattr(world, name)
    await world.group(platform, "広場")
    sato = Counted(await world.person("sato", platform, Role.COORDINATOR))
    await sato.says("事例検討会をやりたい")
    assert "どの集まりの日程ですか" in last(sato.person)
    await sato.presses("事例検討会")
    await sato.fills(THEME, "12/3 14時、来週火曜 9時半、12/4 10:00-11:00")
    found = await only(world)
    assert [slot.minutes for slot in found.slots] == [90, 90, 60], "a length that was written is kept"
    await answers(world, "hana", world.telegram, found.id, "△ たぶん", "✕ 行けません", "◯ 行けます")
    await sato.presses("日程を決める")
    await sato.presses("この日に決める")
    assert (await only(world)).decided == 3, "the one that suits"
    assert sato.events == most


async def test_other_words_for_it_reach_the_same_card(world: World) -> None:
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    for words in ("支援会議をやりたい", "検討会の日程を決めたい", "事例検討会", "case conference"):
        await sato.says(words)
        assert "どの集まりの日程ですか" in last(sato), words
        sato.hand.clear()


async def test_a_supporter_hears_how_to_ask_and_danger_comes_first(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    await hana.says("事例検討会をやりたい")
    assert "調整役の方がします" in last(hana)
    await hana.presses("自分の悩みを見る")
    await hana.says("事例検討会をやりたい。でも、もう死にたい")
    assert "どの集まり" not in last(hana)
    assert "調整役の方がします" not in last(hana)


async def test_usual_times_open_the_form_filled_in(world: World) -> None:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.says("事例検討会をやりたい")
    await sato.presses("よくある時間から選ぶ")
    assert "火・木の14時：12/1、12/3、12/8、12/10" in last(sato)
    await sato.presses("火・木の14時")
    assert sato.form
    assert sato.form.fields[1].value.splitlines()[0] == "12/1(火) 14:00"
    await sato.fills(THEME, sato.form.fields[1].value)
    assert len((await only(world)).slots) == 4
    refused = await sato.does(Press("conference.pattern", "midnight"))
    assert refused
    assert not refused.buttons


@pytest.mark.parametrize("name", ["slack", "telegram"])
async def test_a_question_back_has_the_nearest_reading_in_the_field(world: World, name: str) -> None:
    platform: FakePlatform = getattr(world, name)
    await world.group(platform, "広場")
    sato = await world.person("sato", platform, Role.COORDINATOR)
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, "12/3(月) 10:00-11:30\n12/4 15時")
    assert sato.sees("12月3日(木) 10:00 のことでしょうか")
    if sato.form:
        assert sato.form.fields[1].value == "12/3(木) 10:00-11:30\n12/4(金) 15:00"
        await sato.fills(*(field.value for field in sato.form.fields))
    else:
        await sato.presses("このまま")
    assert [slot.minutes for slot in (await only(world)).slots] == [90, 90]


async def test_twins_are_one_overlaps_stay_and_a_thousand_are_too_many(world: World) -> None:
    await world.group(world.slack, "広場")
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, "12/3 14時\n12/3 14:00-15:00\n１２月３日 14:30\n12月3日 14時")
    slots = (await only(world)).slots
    assert [slot.minutes for slot in slots] == [60, 90]
    many = "\n".join(f"12/{1 + each % 25} {9 + each // 25 % 10}:{each % 60:02}" for each in range(1000))
    await sato.does(Press("conference.new"))
    await sato.fills(THEME, many[:990])
    assert sato.sees("候補は20個までにしてください")
    await sato.fills(THEME, many)
    assert sato.sees("1,000文字まで")
    assert sato.form, "it comes back once more"
    assert (await counts(world))["conference"] == 1


async def test_everybody_is_asked_and_may_say_not_this_time(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    ken = await world.person("ken", world.slack)
    sato, conference = await proposed(world)
    late = await world.person("late", world.slack)

    def states(session: Session) -> list[int]:
        return [len(participants.of(session, conference, (state,))) for state in ("asked", "declined")]

    assert await world.house.database.read(states) == [2, 0], "not who proposed it, nor who came later"
    await hana.does(Press("conference.show", conference))
    await hana.presses("今回は聞かないで")
    assert "もうお聞きしません" in last(hana)
    assert await world.house.database.read(states) == [1, 1]
    assert not any("締め切り" in letter.title for letter in sato.letters)
    await ken.does(Press("conference.vote", conference))
    await ken.fills("yes", "yes", "yes")
    assert [letter.title for letter in sato.letters] == ["日程の回答を締め切りました"], "everybody has answered"
    assert "1人が答えてくれました" in sato.letters[-1].body
    refused = await late.does(Press("conference.vote", conference))
    assert refused
    assert "締め切りました" in refused.body
    refused = await ken.does(Press("conference.decline", conference))
    assert refused
    assert "締め切りました" in refused.body


async def test_it_is_set_by_buttons_until_the_date_is_fixed(world: World) -> None:
    sato, conference = await proposed(world)
    await sato.presses("設定を変える")
    assert "名前：出さない\n最少人数：決めない\n必ずいてほしい役：司会、事例提供\nオンライン：いいえ" in last(sato)
    assert "回答は 11月30日(月) 18:00 まで" in last(sato)
    await sato.presses("オンラインにする")
    await sato.presses("最少人数を決める")
    await sato.presses("5人")
    await sato.presses("必ずいてほしい役")
    await sato.presses("記録")
    await sato.presses("✓ 事例提供")
    await sato.presses("もどる")
    await sato.presses("名前を出す")
    await sato.presses("締切を変える")
    await sato.presses("3日後")
    assert last(sato).startswith(
        "日程の設定\n名前：本人がつけた呼び名を出す\n最少人数：5人\n必ずいてほしい役：司会、記録、裏方\nオンライン：はい\n"
        "回答は 11月27日(金) 18:00 まで"
    )
    found = await only(world)
    assert (found.required, found.minimum, found.online, found.hidden) == (
        ("chair", "recorder", "host"), 5, True, False,
    )  # fmt: skip
    await sato.presses("名前を出さない")
    await answers(world, "hana", world.telegram, conference, "◯ 行けます", "◯ 行けます", "◯ 行けます")
    await sato.does(Press("conference.option", f"{conference}.names.show"))
    assert "もう答えた方がいる" in last(sato)
    await sato.does(Press("conference.option", f"{conference}.fewest.0"))
    await sato.does(Press("conference.fix", f"{conference}.1"))
    for argument in (f"{conference}.fewest.3", f"{conference}.until.1"):
        await sato.does(Press("conference.option", argument))
        assert "もう決まりました" in last(sato)


FORGED = (
    "", ".", "..", "ID.fewest.4", "ID.fewest.²", "ID.roles.king", "ID.until.99999", "ID.names.maybe", "gone.close",
)  # fmt: skip


async def test_a_forged_setting_is_refused_and_nothing_changes(world: World) -> None:
    sato, conference = await proposed(world)
    before = await only(world)
    forged = [argument.replace("ID", conference) for argument in FORGED]
    doors = [("conference.options", each) for each in forged] + [("conference.option", each) for each in forged]
    for door in (*doors, ("conference.option", conference), ("conference.option", f"{conference}.fewest")):
        shown = await sato.does(Press(*door))
        assert shown, door
        assert not shown.title, door
    assert await only(world) == before


async def test_who_knows_the_code_is_asked_and_nobody_else_finds_it(world: World) -> None:
    await world.group(world.slack, "広場")
    hana = await world.person("hana", world.telegram)
    abe = await world.person("abe", world.slack, Role.COORDINATOR)
    sato = await world.person("sato", world.slack, Role.COORDINATOR)
    await sato.does(Press("conference.new_support"))
    await sato.fills(TIMES)
    assert "第106条の6" in last(sato)
    assert len(code_of(sato)) == 9
    code, conference = code_of(sato), (await only(world)).id
    assert not [post for post in world.slack.posts if "group" in post.address.channel], "it stands in no place"
    assert await in_the_list(sato)
    for other in (hana, abe):
        assert not await in_the_list(other)
        for action in ("conference.show", "conference.vote", "conference.decline"):
            gone = await other.does(Press(action, conference))
            assert gone
            assert gone.body == "この集まりは見つかりませんでした。"
    await abe.does(Press("conference.option", f"{conference}.close"))
    assert (await only(world)).open
    wrong = await hana.commands("conference", "abcd-efgh")
    assert wrong
    assert wrong.body == "この集まりは見つかりませんでした。"
    typed = code.upper().replace("-", " － ").translate({ord(a): ord(a) + 0xFEE0 for a in "ABCDEFGH2345"})
    card = await hana.commands("conference", typed)
    assert card
    assert card.quote == "支援会議"
    assert await in_the_list(hana)
    await hana.does(Press("conference.vote", conference))
    await hana.fills("◯ 行けます", "◯ 行けます", "△ たぶん")
    assert (await only(world)).answered == 1
    assert (await only(world)).open, "nobody knows who else was given the code"
    assert code.encode() not in world.files()


async def test_a_new_code_shuts_the_old_one_out(world: World) -> None:
    hana = await world.person("hana", world.telegram)
    sato = await world.person("sato", world.telegram, Role.COORDINATOR)
    await sato.says("事例検討会をやりたい")
    await sato.presses("事例検討会（合言葉の人だけ）")
    await sato.fills(THEME, TIMES)
    old = code_of(sato)
    await sato.presses("設定を変える")
    await sato.presses("合言葉を作り直す")
    new = code_of(sato)
    assert old != new
    assert not (await hana.commands("conference", old)).buttons  # type: ignore[union-attr]
    assert (await hana.commands("conference", new)).quote == THEME  # type: ignore[union-attr]
    await sato.does(Press("mydata.erased", "anyway"))
    abe = await world.person("abe", world.slack, Role.COORDINATOR)
    assert await in_the_list(abe), "whoever looks after it now sees it"


def code_of(person: Person) -> str:
    note = person.hand[-1].note
    assert note.startswith("合言葉：")
    return note.partition("合言葉：")[2].splitlines()[0]


def test_a_code_is_read_however_it_is_typed() -> None:
    assert asked.plain("ＡＢＣＤー２３４５") == asked.plain("abcd-2345") == asked.plain(" ab cd 23 45 ") == "abcd2345"
