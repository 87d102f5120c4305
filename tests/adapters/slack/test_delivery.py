"""Letters in Slack through every trouble Slack can make: none lost, none twice, nobody else made to wait."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.chat.events import Address
from bot.chat.messages import Button, Message
from bot.store import outbox
from bot.store.outbox import Letter
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.scenarios.ledger import letters
from tests.slack.faults import Fault
from tests.slack.server import FakeSlack
from tests.slack.workspace import BOT, TEAM, Post
from tests.world import HeldClock

POST = "chat.postMessage"


async def put(town: SlackHouse, channel: str, words: str, **options: Any) -> None:
    """A letter for a channel or a person, put as every handler puts one."""
    letter = Letter(f"key:{channel}:{words}", Address("slack", TEAM, channel), Message(body=words), town.house.clock())
    await town.house.database.write(lambda session: outbox.put(session, replace(letter, **options)))


async def arrives(town: SlackHouse, channel: str, words: str, timeout: float = 8.0) -> Post:  # noqa: ASYNC109
    def found() -> list[Post]:
        return [post for post in town.slack.workspace.by_bot(channel) if words in str(post.blocks)]

    await town.slack.workspace.until(found, timeout, f"{words!r} in {channel}")
    assert len(found()) == 1
    return found()[0]


async def test_a_person_is_met_in_the_direct_chat(town: SlackHouse) -> None:
    hana = await town.member("hana")
    await put(town, hana.id, "お知らせです")
    post = await arrives(town, hana.im, "お知らせです")
    assert post.asked["unfurl_links"] is False and post.asked["unfurl_media"] is False
    assert post.asked["link_names"] is False


async def test_a_post_that_was_taken_before_the_connection_broke_is_found_and_not_repeated(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    town.slack.faults.next(POST, Fault(reset_after=True))
    await put(town, square, "一度だけ")
    await town.slack.workspace.until(lambda: town.slack.workspace.called("conversations.history"), 8, "a look")
    await arrives(town, square, "一度だけ")
    await all_settled(town)
    assert len(town.slack.workspace.called(POST)) == 1
    assert (await letters(town.world)) == {"delivered": 1}


async def test_an_outage_of_hours_gives_no_letter_up(tmp_path: Path, slack: FakeSlack) -> None:
    """Nobody can look meanwhile, and not to be able to look is no new doubt."""
    async with open_slack_house(tmp_path, slack, HeldClock()) as town:
        square = town.slack.channel("hiroba")
        town.slack.faults.next(POST, Fault(reset_before=True))
        town.slack.faults.next("conversations.history", Fault(reset_before=True), times=1000)
        await put(town, square, "大事なお便り")
        for _ in range(70):
            await town.world.later(minutes=6)
        assert (await letters(town.world)) == {"doubtful": 1}
        town.slack.faults.clear()
        await town.world.later(minutes=6)
        await arrives(town, square, "大事なお便り")


async def test_a_post_in_a_thread_is_looked_for_in_the_thread(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    await put(town, square, "もと", lasting=True)
    first = await arrives(town, square, "もと")
    town.slack.faults.next(POST, Fault(reset_after=True))
    await put(town, square, "続き", under=f"key:{square}:もと")
    reply = await arrives(town, square, "続き")
    await all_settled(town)
    assert reply.thread_ts == first.ts
    assert town.slack.workspace.called("conversations.replies")
    assert len(town.slack.workspace.called(POST)) == 2


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(error="internal_error"), Fault(reset_before=True)])
async def test_a_post_of_which_nobody_knows_is_looked_for_and_then_sent_again(town: SlackHouse, fault: Fault) -> None:
    square = town.slack.channel("hiroba")
    town.slack.faults.next(POST, fault)
    await put(town, square, "いつか届く")
    await arrives(town, square, "いつか届く")
    await all_settled(town)
    assert "※再送" not in str(town.slack.workspace.by_bot(square)[0].blocks), "where we can look, nothing is marked"


async def test_no_send_earlier_than_told_and_nobody_else_waits(town: SlackHouse) -> None:
    square, hall = town.slack.channel("hiroba"), town.slack.channel("hiroma")
    town.slack.faults.next(POST, Fault(status=429, retry_after=4), channel=square)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await put(town, square, "待つもの", alone=True)
    await put(town, square, "同じ場のもの", alone=True)
    await put(town, hall, "待たないもの")
    await arrives(town, hall, "待たないもの", 3.5)
    assert loop.time() - begun < 3.5
    await arrives(town, square, "待つもの")
    await arrives(town, square, "同じ場のもの")
    assert loop.time() - begun >= 4
    refused = [args for method, args in town.slack.workspace.calls if method == POST and args["channel"] == square]
    assert len(refused) == 3, "one refusal, and not one try before its time"


@pytest.mark.parametrize("header", [None, "0", "soon"])
async def test_an_odd_retry_after_is_met_with_our_own_patience(town: SlackHouse, header: str | None) -> None:
    square = town.slack.channel("hiroba")
    town.slack.faults.next(POST, Fault(status=429, retry_after=header))
    await put(town, square, "やがて届く")
    await arrives(town, square, "やがて届く")


@pytest.mark.parametrize("code", ["token_revoked", "invalid_auth", "missing_scope", "account_inactive"])
async def test_what_an_operator_must_mend_loses_no_letter(town: SlackHouse, code: str) -> None:
    square = town.slack.channel("hiroba")
    town.slack.faults.next(POST, Fault(error=code))
    with capture_logs() as logs:
        await put(town, square, "ひみつのことば")
        await town.slack.workspace.until(lambda: town.slack.workspace.called(POST), hope="a try")
        await all_settled(town, wanted={"ready"})
    assert {"event": "slack does not let us", "platform": "slack", "error": code, "log_level": "warning"} in logs
    assert "ひみつ" not in repr(logs)


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel", "invalid_blocks"])
async def test_what_slack_will_never_take_is_dead_and_said_wordlessly(town: SlackHouse, code: str) -> None:
    square = town.slack.channel("hiroba")
    town.slack.faults.next(POST, Fault(error=code))
    with capture_logs() as logs:
        await put(town, square, "ひみつのことば")
        await all_settled(town, wanted={"dead"})
        await put(town, square, "次のもの")
        await arrives(town, square, "次のもの")
    assert {"event": "slack refused a letter", "platform": "slack", "error": code, "log_level": "warning"} in logs
    assert "ひみつ" not in repr(logs)


async def test_people_who_left_and_channels_that_closed(town: SlackHouse) -> None:
    hana, ken = await town.member("hana"), await town.member("ken")
    square, hall = town.slack.channel("hiroba"), town.slack.channel("hiroma")
    town.slack.workspace.users[hana.id].deleted = True
    town.slack.workspace.channels[square].archived = True
    town.slack.workspace.channels[hall].members.discard(BOT)
    for address in (hana.id, square, hall, "C0NOWHERE"):
        await put(town, address, "届かないもの")
    await put(town, ken.id, "届くもの")
    await arrives(town, ken.im, "届くもの")
    await all_settled(town, wanted={"dead", "delivered"})
    assert (await letters(town.world)) == {"dead": 4, "delivered": 1}


async def test_a_letter_for_another_workspace_is_never_sent(town: SlackHouse) -> None:
    await put(town, "C0ANY", "よその場", address=Address("slack", "T9OTHER", "C0ANY"))
    await all_settled(town, wanted={"dead"})
    assert not town.slack.workspace.called(POST)


async def test_a_long_text_comes_in_parts_and_no_part_twice(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    long = "\n".join(f"{number:04}行目のことば" for number in range(2600))
    town.slack.faults.next(POST, Fault())
    town.slack.faults.next(POST, Fault(reset_after=True))
    await put(town, square, long)
    await all_settled(town, wanted={"delivered"}, timeout=15)
    posts = town.slack.workspace.by_bot(square)
    shown = "".join(block["text"]["text"] for post in posts for block in post.blocks if block["type"] == "section")
    assert len(posts) > 2
    assert shown == long, "every line once, in order"


async def test_a_changed_card_takes_the_place_of_the_old_one(town: SlackHouse) -> None:
    square = town.slack.channel("hiroba")
    await put(town, square, "はじめ", lasting=True)
    first = await arrives(town, square, "はじめ")
    await put(
        town,
        square,
        "いま",
        replacing=f"key:{square}:はじめ",
        message=Message("いま", buttons=(Button("答える", "a"),)),
    )
    await town.slack.workspace.until(lambda: "いま" in str(first.blocks), hope="the change")
    assert len(town.slack.workspace.by_bot(square)) == 1
    assert first.metadata, "it can still be found by its key"


async def all_settled(town: SlackHouse, wanted: set[str] | None = None, timeout: float = 8.0) -> None:  # noqa: ASYNC109
    """Every letter stands in one of these states; the outbox says so at each of its commits."""
    wanted, changed = wanted or {"delivered"}, asyncio.Event()
    town.house.database.listen(outbox.SETTLED, changed.set)
    town.house.database.listen(outbox.TOPIC, changed.set)
    async with asyncio.timeout(timeout):
        while not set(await letters(town.world)) <= wanted:
            await changed.wait()
            changed.clear()
