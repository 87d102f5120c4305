"""A button is a door, not a key: whoever else presses it finds it closed, and nothing changes."""

import pytest

from bot.chat.events import Press, Submit, Text
from bot.store.members import Role
from tests.scenarios.community import WORRY, community, poll, refused, shared
from tests.scenarios.ledger import rows
from tests.world import Person, World

GONE = "閉じられたか、ここでは見られません"
NO_DRAFT = "この書きかけは、もう残っていません"
NO_PREVIEW = "この下書きは、もうありません"


def argument(person: Person, label: str) -> str:
    return next(
        button.argument for message in reversed(person.screen) for button in message.buttons if button.label == label
    )


async def test_nobody_else_posts_edits_or_drops_my_preview(world: World) -> None:
    hana, ken, sato = await community(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    draft = argument(hana, "この内容で届ける")
    for other in (ken, sato):
        await refused(other, Press("worry.post", draft), NO_PREVIEW)
        for action in ("worry.preview", "worry.edit", "worry.later"):
            await refused(other, Press(action, draft), NO_DRAFT)
        await refused(other, Press("worry.drop", draft), "届けずに")
    await hana.presses("この内容で届ける")
    ken.place = "slack-group-広場"
    assert ken.sees(WORRY)


async def test_a_worry_is_posted_once_however_often_it_is_pressed(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    draft = argument(hana, "この内容で届ける")
    await hana.presses("この内容で届ける")
    await refused(hana, Press("worry.post", draft), NO_PREVIEW)
    assert [post.message.quote for post in world.slack.posts] == [WORRY]


async def test_an_answer_is_read_only_by_the_one_it_speaks_to(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    await ken.does(Press("worry.reply", worry))
    await ken.fills("まずはお手紙から。")
    answer = argument(hana, "ひらく")
    for other in (ken, sato):
        await refused(other, Press("worry.read", answer), GONE)
        await refused(other, Press("worry.respond", answer), GONE)
    hana.place = "slack-group-広場"
    await refused(hana, Press("worry.read", answer), GONE)


async def test_only_who_opened_a_worry_closes_it(world: World) -> None:
    hana, ken, sato = await community(world)
    worry = await shared(world, hana)
    for other in (ken, sato):
        for action in ("worry.thread", "worry.close", "worry.closed"):
            await refused(other, Press(action, worry), GONE)
    await hana.does(Press("worry.closed", worry))
    for action in ("worry.reply", "worry.thread", "worry.close", "worry.closed"):
        await refused(hana, Press(action, worry), GONE)


@pytest.mark.parametrize(
    "action", ["form.choose", "form.skip", "form.back", "form.later", "form.cancel", "form.resume"]
)
async def test_nobody_else_fills_my_form(world: World, action: str) -> None:
    _, ken, sato = await community(world)
    hana = await world.person("other", world.telegram)
    conference = await poll(sato)
    await hana.does(Press("conference.vote", conference))
    draft = argument(hana, "あとで")
    step = {"form.choose": ".0.0", "form.skip": ".0", "form.back": ".1"}.get(action, "")
    for other in (ken, sato):
        await refused(other, Press(action, draft + step), NO_DRAFT)
    await refused(ken, Submit("conference.vote", {"slot1": "yes", "slot2": "yes"}, draft), NO_DRAFT)
    await refused(hana, Submit("conference.vote", {"slot1": "yes", "slot2": "yes"}, draft), NO_DRAFT)


async def test_nobody_else_submits_my_dialog(world: World) -> None:
    hana, ken, sato = await community(world)
    await ken.commands("worry")
    assert ken.form
    for other in (hana, sato):
        await refused(other, Submit("worry.share", {"text": WORRY}, ken.form.argument), NO_DRAFT)
    await refused(ken, Submit("worry.answer", {"text": WORRY}, ken.form.argument), NO_DRAFT)
    await refused(ken, Press("form.choose", f"{ken.form.argument}.0.0"), NO_DRAFT)
    await refused(ken, Press("worry.post", ken.form.argument), NO_PREVIEW)


async def test_a_preview_is_no_dialog(world: World) -> None:
    hana, _, _ = await community(world)
    await hana.commands("worry")
    await hana.fills(WORRY)
    draft = argument(hana, "この内容で届ける")
    await refused(hana, Submit("worry.share", {"text": "x"}, draft), NO_DRAFT)
    await refused(hana, Press("form.cancel", draft), NO_DRAFT)


@pytest.mark.parametrize("numbers", ["", ".", ".0", ".0.9", ".9.0", ".-1.0", f".{'9' * 40}", ".1.1.1", ".x.y"])
async def test_a_number_that_no_button_ever_carried(world: World, numbers: str) -> None:
    hana, _, sato = await community(world)
    conference = await poll(sato)
    await hana.does(Press("conference.vote", conference))
    draft = argument(hana, "あとで")
    await refused(hana, Press("form.choose", draft + numbers), "")
    if numbers != ".0":
        await refused(hana, Press("form.back", draft + numbers), "")
        await refused(hana, Press("form.skip", draft + numbers), "")
    await refused(sato, Press("conference.choose", conference + numbers), "もう一度ひらいてください")
    await refused(sato, Press("conference.fix", conference + numbers), "もう一度ひらいてください")


@pytest.mark.parametrize(
    "wanted", ["x.²", "\ud800", "\x00", "a" * 65, "a" * 1_000_000, "ひ"], ids=lambda w: ascii(w[:9])
)
@pytest.mark.parametrize("action", ["form.choose", "worry.post", "worry.reply", "conference.show", "handbook.entry"])
async def test_an_argument_that_no_button_could_carry(world: World, action: str, wanted: str) -> None:
    hana, _, _ = await community(world)
    await refused(hana, Press(action, wanted), "このボタンはもう使えません")
    await refused(hana, Submit("worry.share", {"text": "x"}, wanted), "このボタンはもう使えません")


async def test_coordinators_doors_stay_closed_to_others_even_behind_an_old_dialog(world: World) -> None:
    hana, ken, sato = await community(world)
    conference = await poll(sato)
    mori = await world.person("mori", world.telegram, role=None)
    for action, wanted in (
        ("conference.new", ""),
        ("conference.decide", conference),
        ("conference.choose", f"{conference}.1"),
        ("conference.fix", f"{conference}.1"),
    ):
        for supporter in (hana, ken):
            await refused(supporter, Press(action, wanted), "調整役の方ができること")
        await refused(mori, Press(action, wanted), "招待コード")
    await sato.does(Press("conference.new"))
    assert sato.form
    await sato.does(Press("mydata.erased", "anyway"))
    answers = {"theme": "居場所", "times": "12/3 14:00\n12/4 14:00"}
    await refused(sato, Submit("conference.propose", answers, sato.form.argument), "招待コード")


async def test_a_stranger_presses_every_button_there_is(world: World) -> None:
    hana, _, sato = await community(world)
    worry, conference = await shared(world, hana), await poll(sato)
    mori = await world.person("mori", world.slack, role=None)
    before = await rows(world)
    routes = world.house.pipeline._router.routes.items()
    closed = [name for (kind, name), route in routes if kind == "press" and route.role != Role.STRANGER]
    assert len(closed) > 20
    for action in closed:
        for wanted in ("", worry, conference, f"{conference}.1", "ja"):
            await refused(mori, Press(action, wanted), "招待コード")
    await refused(mori, Text(WORRY), "招待コード")
    assert await rows(world) == before
