"""Dialogs in Slack: what was changed on its way from the screen to us fills nobody else's form and no other form."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.adapters.slack.meddling import (
    NO_DRAFT,
    STALE,
    WORRY,
    asks_for_the_dialog,
    community,
    in_front,
    menu,
    opened,
    pressed,
    previews,
    proposes,
    refused,
    submitted,
)
from tests.scenarios.ledger import Rows, counts, rows
from tests.slack.blocks import Json, words
from tests.slack.forms import fill
from tests.slack.people import SlackPerson
from tests.slack.server import open_slack
from tests.world import HeldClock


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack() as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened_house:
        slack.echoes = False
        yield opened_house


async def begins(person: SlackPerson, text: str = WORRY) -> str:
    """Opens the dialog for a worry and types; returns what it carries."""
    await asks_for_the_dialog(person)
    assert fill(opened(person), [text]) == {}
    return str(opened(person).view["private_metadata"])


async def votes(town: SlackHouse, person: SlackPerson, conference: str) -> None:
    """Opens the dialog for the dates, and ticks."""
    await town.slack.deliver("interactive", pressed(town, person, await menu(person), "conference.vote", conference))
    await person.sees_soon("12月14日")
    assert fill(opened(person), ["◯ 行けます", "✕ 行けません"]) == {}


def values(person: SlackPerson) -> Json:
    return {block: dict(state) for block, state in opened(person).state.items()}


def holding(person: SlackPerson, **blocks: object) -> Json:
    """The state of the open dialog, with more in it than the screen has."""
    return {"values": values(person) | blocks}


async def test_nobody_fills_another_persons_dialog(town: SlackHouse) -> None:
    hana, ken, _, _ = await community(town)
    hers, his = await begins(hana), await begins(ken)
    assert hers != his
    await refused(town, ken, submitted(town, opened(ken), ken, private_metadata=hers), NO_DRAFT)
    await refused(town, ken, submitted(town, opened(hana), ken), NO_DRAFT)
    await refused(town, ken, submitted(town, opened(hana), ken, id=opened(ken).id), NO_DRAFT)
    await hana.submits()
    await hana.sees_soon("この内容で届ける")
    assert hana.sees(WORRY)


async def test_later_sets_nobody_elses_dialog_aside(town: SlackHouse) -> None:
    hana, ken, _, _ = await community(town)
    hers = await begins(hana)
    await begins(ken)
    later = in_front(ken, "あとで")
    await refused(town, ken, pressed(town, ken, later, "form.later", hers), NO_DRAFT)
    await refused(town, ken, pressed(town, ken, later, "form.later", ""), NO_DRAFT)
    await refused(town, ken, pressed(town, ken, later, "form.later", "never-was"), NO_DRAFT)
    await begins(ken, "続きはあとで。")
    await ken.presses("あとで")
    await ken.sees_soon("7日間取っておきます")
    await hana.submits()
    await hana.sees_soon("この内容で届ける")


@pytest.mark.parametrize(
    "form",
    ["", "message", "worry.answer", "conference.propose", "join.code", "form.later", "no.such", "ひ", "x" * 255],
    ids=lambda form: ascii(form[:20]),
)
async def test_a_dialog_cannot_become_another_form(town: SlackHouse, form: str) -> None:
    _, ken, _, _ = await community(town)
    await begins(ken)
    if form == "form.later":  # the one name that is ours: it sets aside one's own, as its button does
        await town.slack.deliver("interactive", submitted(town, opened(ken), ken, callback_id=form))
        await ken.slash("")
        await ken.sees_soon("書きかけの続き")
    else:
        await refused(town, ken, submitted(town, opened(ken), ken, callback_id=form), NO_DRAFT)


@pytest.mark.parametrize(
    "carried", ["", "never-was", "a" * 65, "a" * 3000, "ひみつ", "\x00", "\ud800"], ids=lambda value: ascii(value[:9])
)
async def test_a_dialog_carries_nothing_but_its_own_draft(town: SlackHouse, carried: str) -> None:
    _, ken, _, _ = await community(town)
    his = await begins(ken)
    said = NO_DRAFT if carried in ("", "never-was") else STALE
    await refused(town, ken, submitted(town, opened(ken), ken, private_metadata=carried), said)
    flipped = his[:-1] + ("A" if his[-1] != "A" else "B")
    await refused(town, ken, submitted(town, opened(ken), ken, private_metadata=flipped), NO_DRAFT)


async def test_a_preview_is_no_dialog(town: SlackHouse) -> None:
    hana, _, _, _ = await community(town)
    await begins(hana)
    form = submitted(town, opened(hana), hana)
    draft = await previews(hana)
    form["view"]["private_metadata"] = draft
    await refused(town, hana, form, NO_DRAFT)


async def test_a_dialog_is_submitted_once_however_often_it_comes(town: SlackHouse) -> None:
    hana, _, _, _ = await community(town)
    await begins(hana)
    seen = opened(hana)
    copies = [submitted(town, seen, hana) for _ in range(4)]
    await asyncio.gather(*(town.slack.deliver("interactive", each) for each in [*copies, *copies]))
    await town.settled()
    assert (await counts(town.world))["draft"] == 1, "the preview, once"
    await refused(town, hana, submitted(town, seen, hana), NO_DRAFT)


async def test_a_supporter_proposes_no_dates_in_a_dialog_of_a_coordinator(town: SlackHouse) -> None:
    _, ken, sato, _ = await community(town)
    await sato.slash("conference")
    await sato.sees_soon("日程を相談する")
    await sato.presses("日程を相談する")
    await sato.sees_soon("支援会議")
    await sato.presses("事例検討会")
    await sato.sees_soon("テーマ")
    assert fill(opened(sato), ["居場所", "12/14 14:00\n12/15 10:00"]) == {}
    await refused(town, ken, submitted(town, opened(sato), ken), NO_DRAFT)
    await begins(ken)
    theirs = opened(sato).state
    forged = submitted(town, opened(ken), ken, callback_id="conference.propose", state={"values": theirs})
    await refused(town, ken, forged, NO_DRAFT)


async def test_a_choice_that_the_dialog_does_not_offer(town: SlackHouse) -> None:
    _, ken, sato, _ = await community(town)
    await votes(town, ken, await proposes(town, sato))
    for value in ("definitely", "", "◯", "yes ", "YES", "x" * 3000, "\x00"):
        chosen = {"answer": {"type": "radio_buttons", "selected_option": {"value": value}}}
        await refused(town, ken, submitted(town, opened(ken), ken, state=holding(ken, slot1=chosen)), "選んでください")
    for missing in ({}, {"slot1": values(ken)["slot1"]}):
        await refused(town, ken, submitted(town, opened(ken), ken, state={"values": missing}), "選んでください")


def unlike(before: Rows, after: Rows, *tables: str) -> list[str]:
    """The tables in which something changed, beside these."""
    return [name for name in before if name not in tables and before[name] != after[name]]


async def test_blocks_that_were_never_asked_for_are_left_out(town: SlackHouse) -> None:
    """What a dialog does not ask is not answered, whatever name stands over it."""
    _, ken, sato, _ = await community(town)
    await votes(town, ken, await proposes(town, sato))
    yes = {"answer": {"type": "radio_buttons", "selected_option": {"value": "yes"}}}
    injected = dict.fromkeys(("slot0", "slot3", "slot-1", "slot", "slotx", "member", "__class__", "", "argument"), yes)
    before = await rows(town.world, "meta")
    ack = await town.slack.deliver("interactive", submitted(town, opened(ken), ken, state=holding(ken, **injected)))
    await town.settled()
    assert ack
    assert any("お答えを預かりました" in each for each in words(ack["view"]))
    after = await rows(town.world, "meta")
    assert [row[2:] for row in after["vote"]] == [(1, "yes"), (2, "no")]
    assert unlike(before, after, "vote", "draft", "conference", "outbox") == []


async def test_an_audience_that_was_never_offered(town: SlackHouse) -> None:
    hana, _, _, _ = await community(town)
    where = {"answer": {"type": "radio_buttons", "selected_option": {"value": "never-was"}}}
    await begins(hana)
    ack = await town.slack.deliver(
        "interactive", submitted(town, opened(hana), hana, state=holding(hana, audience=where))
    )
    assert ack
    assert any("届く先：広場" in each for each in words(ack["view"])), "where there is one place, nobody is asked"
    await town.place("second")
    await begins(hana)
    await refused(
        town, hana, submitted(town, opened(hana), hana, state=holding(hana, audience=where)), "選んでください"
    )


@pytest.mark.parametrize(
    "block",
    [{}, {"answer": {}}, {"other": {"value": ""}}, {"answer": {"value": None}}, {"answer": {"selected_option": None}}],
    ids=str,
)
async def test_a_field_without_an_answer(town: SlackHouse, block: Json) -> None:
    hana, _, _, _ = await community(town)
    await begins(hana)
    await refused(
        town, hana, submitted(town, opened(hana), hana, state=holding(hana, text=block)), "何も書かれていない"
    )


async def test_more_words_than_the_dialog_takes(town: SlackHouse) -> None:
    hana, _, _, _ = await community(town)
    await begins(hana)
    for length in (1001, 100_000):
        long = {"answer": {"type": "plain_text_input", "value": "長" * length}}
        await refused(town, hana, submitted(town, opened(hana), hana, state=holding(hana, text=long)), "1,000文字まで")


async def test_a_dialog_that_was_used_or_belongs_to_a_closed_thing(town: SlackHouse) -> None:
    _, ken, sato, _ = await community(town)
    conference = await proposes(town, sato)
    await votes(town, ken, conference)
    await town.slack.deliver(
        "interactive", pressed(town, sato, in_front(sato, "日程を決める"), "conference.fix", f"{conference}.1")
    )
    await sato.sees_soon("決まりました")
    await town.settled()
    before = await rows(town.world, "draft", "meta")
    await ken.submits()
    await ken.sees_soon("この日程は、もう決まりました")
    await town.settled()
    assert await rows(town.world, "draft", "meta") == before
