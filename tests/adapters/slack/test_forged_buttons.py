"""Buttons in Slack are doors, not keys: a forged, foreign, stale or doubled press changes nothing and is answered."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.adapters.slack.meddling import (
    COORDINATORS,
    GONE,
    NO_DRAFT,
    NO_MEMBER,
    NO_PREVIEW,
    STALE,
    argument,
    community,
    in_front,
    menu,
    opened,
    pressed,
    previews,
    proposes,
    refused,
    shares,
    submitted,
)
from tests.scenarios.ledger import counts, rows
from tests.slack.blocks import Json
from tests.slack.server import open_slack
from tests.world import HeldClock


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack() as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened:
        slack.echoes = False
        yield opened


async def test_nobody_else_posts_edits_or_drops_my_preview(town: SlackHouse) -> None:
    hana, ken, sato, square = await community(town)
    draft = await previews(hana)
    for other in (ken, sato):
        on = await menu(other)
        await refused(town, other, pressed(town, other, on, "worry.post", draft), NO_PREVIEW)
        for action in ("worry.preview", "worry.edit", "worry.later", "form.resume", "form.cancel", "form.later"):
            await refused(town, other, pressed(town, other, on, action, draft), NO_DRAFT)
        await refused(town, other, pressed(town, other, on, "worry.drop", draft), "届けずに")
    await hana.presses("この内容で届ける")
    await hana.sees_soon("お届けしています")
    await town.settled()
    assert len(town.slack.workspace.by_bot(square)) == 1


async def test_a_worry_is_answered_read_and_closed_only_by_those_it_speaks_to(town: SlackHouse) -> None:
    hana, ken, sato, square = await community(town)
    worry = await shares(town, hana, square)
    ken.look(square)
    await ken.presses("返信する")
    await ken.sees_soon("1,000文字まで")
    await ken.fills("まずはお手紙から。")
    await ken.sees_soon("お届けしています")
    await town.settled()
    await ken.closes(everything=True)
    answer = argument(hana, "ひらく")
    for other in (ken, sato):
        on = await menu(other)
        for action, item in (
            ("worry.read", answer),
            ("worry.respond", answer),
            ("worry.thread", worry),
            ("worry.close", worry),
            ("worry.closed", worry),
        ):
            await refused(town, other, pressed(town, other, on, action, item), GONE)
    hana.look(square)
    in_public = in_front(hana, "返信する")
    await refused(town, hana, pressed(town, hana, in_public, "worry.read", answer), GONE)


ASKS_FOR_ONE = {
    "worry.post": NO_PREVIEW,
    "worry.preview": NO_DRAFT,
    "worry.edit": NO_DRAFT,
    "worry.later": NO_DRAFT,
    "worry.drop": "届けずに",
    "worry.reply": GONE,
    "worry.respond": GONE,
    "worry.read": GONE,
    "worry.thread": GONE,
    "worry.close": GONE,
    "worry.closed": GONE,
    "form.resume": NO_DRAFT,
    "form.cancel": NO_DRAFT,
    "form.later": NO_DRAFT,
    "form.choose": NO_DRAFT,
    "conference.show": "見つかりませんでした",
    "conference.vote": "見つかりませんでした",
    "handbook.entry": "いまのハンドブックにはありません",
    "handbook.share": "もう皆に見せたか",
    "language.set": "日本語（ja）か English（en）",
    "join.here": "受け付けていません",
    "no.such.action": STALE,
    "": STALE,
}


async def test_unknown_ids_and_actions_lead_nowhere(town: SlackHouse) -> None:
    hana, _, sato, square = await community(town)
    worry, conference = await shares(town, hana, square), await proposes(town, sato)
    on = await menu(hana)
    flipped = worry[:-1] + ("A" if worry[-1] != "A" else "B")
    for action, said in ASKS_FOR_ONE.items():
        for value in ("never-was", flipped, f"{conference}.99"):
            await refused(town, hana, pressed(town, hana, on, action, value), said)


@pytest.mark.parametrize(
    "value", ["a" * 65, "a" * 2000, "ひ" * 22, "x\u0000", "a\nb", "\ud800", "٣"], ids=lambda value: ascii(value[:9])
)
async def test_a_value_that_no_button_of_ours_could_carry(town: SlackHouse, value: str) -> None:
    hana, _, _, _ = await community(town)
    on = await menu(hana)
    for action in ASKS_FOR_ONE:
        await refused(town, hana, pressed(town, hana, on, action, value), STALE)


async def test_a_coordinators_button_does_nothing_for_a_supporter(town: SlackHouse) -> None:
    _, ken, sato, square = await community(town)
    conference = await proposes(town, sato)
    await sato.slash("here 広場", channel=square)
    await sato.sees_soon("お届けする場にしました")
    place = argument(sato, "参加ボタンを置く")
    on = await menu(ken)
    for action, value in (
        ("conference.new", ""),
        ("conference.decide", conference),
        ("conference.choose", f"{conference}.1"),
        ("conference.fix", f"{conference}.1"),
        ("place.open", place),
        ("place.shut", place),
    ):
        await refused(town, ken, pressed(town, ken, on, action, value), COORDINATORS)
    before = await rows(town.world, "meta")
    await ken.slash("here わたしの場", channel=square)
    await ken.sees_soon(COORDINATORS)
    assert await rows(town.world, "meta") == before


def elsewhere(payload: Json, **container: object) -> Json:
    return payload | {"container": payload["container"] | container}


async def test_the_joining_button_lets_in_only_where_it_stands_and_while_it_is_open(town: SlackHouse) -> None:
    _, _, sato, square = await community(town)
    other = await town.place("otherplace")
    mori = await town.member("mori", None, square, other)
    await sato.slash("here 広場", channel=square)
    await sato.sees_soon("参加ボタンを置く")
    place = argument(sato, "参加ボタンを置く")
    await sato.presses("参加ボタンを置く")
    await sato.sees_soon("参加ボタンを置きました")
    await town.settled()
    mori.look(square)
    on = in_front(mori, "参加する")
    honest = pressed(town, mori, on, "join.here", place)
    for copied in ({"channel_id": other}, {"channel_id": mori.im}, {"channel_id": "C0NOWHERE"}, {"is_ephemeral": True}):
        fresh = pressed(town, mori, on, "join.here", place)
        await refused(town, mori, elsewhere(fresh, **copied), "受け付けていません")
    await refused(town, mori, pressed(town, mori, on, "join.here", "another-place"), "受け付けていません")
    await sato.presses("参加の受付をやめる")
    await sato.sees_soon("参加の受付をやめました")
    await refused(town, mori, honest, "受け付けていません")
    assert (await counts(town.world))["member"] == 3
    await sato.slash("here 広場", channel=square)
    await sato.sees_soon("参加ボタンを置く")
    await sato.presses("参加ボタンを置く")
    await sato.sees_soon("参加ボタンを置きました")
    await town.settled()
    await mori.presses("参加する")
    await mori.sees_soon("ようこそ。参加できました")


async def test_a_stranger_presses_what_members_press(town: SlackHouse) -> None:
    hana, _, sato, square = await community(town)
    worry, conference = await shares(town, hana, square), await proposes(town, sato)
    mori = await town.member("mori", None, square)
    mori.look(square)
    on = in_front(mori, "返信する")
    routes = town.house.pipeline._router.routes.items()
    closed = [name for (kind, name), route in routes if kind == "press" and route.role != Role.STRANGER]
    assert len(closed) > 20
    for action in closed:
        for value in (worry, f"{conference}.1"):
            await refused(town, mori, pressed(town, mori, on, action, value), NO_MEMBER)


async def test_pressed_twice_at_once_it_happens_once(town: SlackHouse) -> None:
    hana, ken, sato, square = await community(town)
    await previews(hana)
    await asyncio.gather(hana.presses("この内容で届ける"), hana.presses("この内容で届ける"))
    await town.settled()
    assert len(town.slack.workspace.by_bot(square)) == (await counts(town.world))["worry"] == 1
    conference = await proposes(town, sato)
    on, in_dialog = await menu(ken), in_front(sato, "日程を決める")
    await town.slack.deliver("interactive", pressed(town, ken, on, "conference.vote", conference))
    await ken.sees_soon("12月14日")
    ballots = [submitted(town, opened(ken), ken) for _ in range(2)]
    await ken.fills("◯ 行けます", "◯ 行けます")
    await ken.sees_soon("お答えを預かりました")
    fixes = [pressed(town, sato, in_dialog, "conference.fix", f"{conference}.{number}") for number in (1, 2)]
    await asyncio.gather(*(town.slack.deliver("interactive", each) for each in [*fixes, *fixes, *ballots]))
    await town.settled()
    assert len([post for post in ken.letters if "日が決まりました" in post.text]) == 1
    assert (await counts(town.world))["vote"] == 2
