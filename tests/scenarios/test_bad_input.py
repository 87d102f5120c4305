"""Whatever arrives gets one kind line saying what to do; nothing is stored and nothing reaches a traceback."""

from datetime import timedelta

import pytest

from bot.chat.events import Command, Press, Submit, Text
from bot.store import members
from bot.store.members import Role
from tests.scenarios.community import community, poll, refused
from tests.scenarios.ledger import no_failure
from tests.world import World

MEGABYTE = "あ" * 350_000
EMPTY = ["", "   ", "\u3000\n\t", "\u200b\u200d\ufeff\u2060", "\x00\x07\x1b\x7f", "\ud800\udfff", "\U000e0041\ufe0f"]


@pytest.mark.parametrize("words", EMPTY, ids=ascii)
async def test_an_empty_worry(world: World, words: str) -> None:
    hana, ken, _ = await community(world)
    await hana.commands("worry")
    answer = await refused(hana, Text(words), "何も書かれていないようです", "draft")
    assert "やめる" in [button.label for button in answer.buttons], "the question stays open"
    await ken.commands("worry")
    assert ken.form
    await refused(ken, Submit("worry.share", {"text": words}, ken.form.argument), "何も書かれていないようです")


async def test_a_worry_of_a_megabyte(world: World) -> None:
    hana, ken, _ = await community(world)
    await hana.commands("worry")
    await refused(hana, Text(MEGABYTE), "1,000文字までにしてください（いま350,000文字です）", "draft")
    await ken.commands("worry")
    assert ken.form
    await refused(ken, Submit("worry.share", {"text": MEGABYTE}, ken.form.argument), "1,000文字まで")
    assert len(ken.form.fields[0].value) <= 2000


async def test_what_nobody_sees_is_taken_out_of_a_worry(world: World) -> None:
    hana, ken, _ = await community(world)
    ken.place = "slack-group-広場"
    await hana.commands("worry")
    with no_failure():
        await hana.fills("手紙を\u200b\u2063一通\x00\ud800\u202e出しました。\U000e0068")
        await hana.presses("この内容で届ける")
    assert ken.screen[-1].quote == "手紙を一通出しました。"


@pytest.mark.parametrize(
    "name", ["nothing", "", "worry\x00", "\ud800", "<b>" * 99, "x" * 1_000_000], ids=lambda n: ascii(n[:9])
)
async def test_an_unknown_command(world: World, name: str) -> None:
    hana, _, _ = await community(world)
    await refused(hana, Command(name, MEGABYTE), "/help で一覧が出ます")


@pytest.mark.parametrize(
    "words", [MEGABYTE, "\ud800" * 9, "\x00" * 9, "99999999999999999999999"], ids=lambda w: ascii(w[:9])
)
async def test_an_argument_of_any_kind(world: World, words: str) -> None:
    hana, _, sato = await community(world)
    await refused(hana, Command("language", words), "日本語" if words.isascii() and words.isprintable() else "")
    await refused(hana, Command("ask", words), "", "draft")
    mori = await world.person("mori", world.telegram, role=None)
    await refused(mori, Command("join", words), "")
    sato.place = "slack-group-広場"
    if len(words) > 30:
        await refused(sato, Command("here", words), "30文字まで")


async def test_a_code_that_no_longer_lets_anyone_in(world: World) -> None:
    mori = await world.person("mori", world.telegram, role=None)
    soon = world.house.clock() + timedelta(hours=1)
    write = world.house.database.write
    expired = await write(lambda session: members.invite(session, Role.COORDINATOR, 1, soon - timedelta(hours=1)))
    exhausted = await write(lambda session: members.invite(session, Role.COORDINATOR, 0, soon))
    used = await write(lambda session: members.invite(session, Role.SUPPORTER, 1, soon))
    await (await world.person("kato", world.slack, role=None)).commands("join", used)
    for code in (expired, exhausted, used, "2222-3333-4444"):
        await refused(mori, Command("join", code), "このコードでは参加できませんでした")


OFFERED = {
    "12/8 14:00\n2025/12/3 14:00": "12/3(木) 14:00\n12/8(火) 14:00",
    "12/3 14:00\n2025/12/4 10:00": "12/3(木) 14:00\n12/4(金) 10:00",
    "2/30 10:00\n12/3 14:00": "12/3(木) 14:00\n2027/2/28(日) 10:00",
    "12/3(金) 14:00\n12/4 10:00": "12/3(木) 14:00\n12/4(金) 10:00",
}
"""What stands in the field instead, where there is a nearest reading."""


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ("12/3 14:00", "候補は2つ以上"),
        ("\n".join(f"12/{day} 14:00" for day in range(1, 22)), "候補は20個まで"),
        ("12/3 14:00\n12月3日 午後2時", "候補は2つ以上"),
        ("12/8 14:00\n2025/12/3 14:00", "12月3日(木) 14:00 のことでしょうか"),
        ("12/3 14:00\n2025/12/4 10:00", "もう過ぎています"),
        ("2/30 10:00\n12/3 14:00", "日時はありません"),
        ("12/3(金) 14:00\n12/4 10:00", "12月3日(木) 14:00 のことでしょうか"),
        ("12/3 14:00\nそのうち", "日にちか時刻が読みとれません"),
        ("12/3\n12/4", "日にちか時刻が読みとれません"),
    ],
)
async def test_times_that_cannot_stand(world: World, times: str, words: str) -> None:
    _, _, sato = await community(world)
    await sato.does(Press("conference.new"))
    assert sato.form
    answers = {"theme": "居場所", "times": times}
    await refused(sato, Submit("conference.propose", answers, sato.form.argument), words)
    stands = {field.name: field.value for field in sato.form.fields}
    assert stands == {**answers, "times": OFFERED.get(times, times)}


async def test_a_choice_that_is_none(world: World) -> None:
    _, ken, sato = await community(world)
    conference = await poll(sato)
    await ken.does(Press("conference.vote", conference))
    assert ken.form
    for vote in ("", "maybe?", "1", MEGABYTE, "\ud800"):
        answers = {"slot1": "yes", "slot2": vote}
        await refused(ken, Submit("conference.vote", answers, ken.form.argument), "下のどれかを選んでください")
    await refused(ken, Submit("conference.vote", {}, ken.form.argument), "下のどれかを選んでください")


async def test_a_vote_on_a_poll_that_closed_meanwhile(world: World) -> None:
    _, ken, sato = await community(world)
    conference = await poll(sato)
    await ken.does(Press("conference.vote", conference))
    assert ken.form
    await sato.does(Press("conference.fix", f"{conference}.1"))
    late = Submit("conference.vote", {"slot1": "yes", "slot2": "yes"}, ken.form.argument)
    await refused(ken, late, "もう決まりました", "draft")
    await refused(ken, Press("conference.vote", conference), "もう決まりました")
    await refused(sato, Press("conference.fix", f"{conference}.2"), "もう決まりました")


async def test_a_date_that_passed_cannot_be_decided(world: World) -> None:
    _, _, sato = await community(world)
    conference = await poll(sato)
    await world.later(days=9, hours=8)
    await refused(sato, Press("conference.fix", f"{conference}.1"), "もう過ぎています")
