"""The card of danger through Slack's wire, also where nothing can be stored: it is shown, and nothing acknowledged."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import inbox
from bot.store.members import Role
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.scenarios.danger import SELF, signs
from tests.slack.server import Mode, open_slack
from tests.world import HeldClock

__all__ = ["signs"]
pytestmark = pytest.mark.usefixtures("signs")


@pytest.fixture(params=["socket", "http"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SlackHouse]:
    mode: Mode = request.param
    async with open_slack(mode) as slack, open_slack_house(tmp_path, slack, HeldClock()) as opened:
        yield opened


def full(*_: object) -> bool:
    raise OSError("disk full")


async def test_a_worry_is_held_and_who_is_on_duty_is_told(town: SlackHouse) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    sato = await town.member("sato", Role.COORDINATOR, square)
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    await hana.fills(SELF)
    await hana.sees_soon("0120-279-338")
    await hana.presses("自分のこと")
    await hana.sees_soon("当番に知らせる")
    await hana.presses("当番に知らせる")
    await hana.sees_soon("名前を出さずに、当番に知らせました")
    await town.settled()
    sato.look()
    assert sato.sees("当番のあなたを待っている")
    assert not sato.sees(SELF)
    assert not any(SELF in str(post.blocks) + post.text for post in town.slack.workspace.posts)
    await sato.presses("ひらく")
    await sato.sees_soon(SELF)


def impatient(town: SlackHouse) -> None:
    """Slack would come again after a minute, and waits three seconds for an acknowledgement."""
    town.slack.http.retry_delays = town.slack.socket.retry_delays = ()
    town.slack.socket.ack_seconds = 0.5


async def test_a_dialog_keeps_what_was_written_while_the_card_is_shown_beside_it(
    town: SlackHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    square = await town.place("hiroba")
    hana = await town.member("hana", Role.SUPPORTER, square)
    await hana.slash("worry")
    await hana.sees_soon("どんなことで困っていますか")
    impatient(town)
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "receive", full)
        await hana.fills(SELF)
        await hana.sees_soon("0120-279-338")
    assert hana.modal, "what was written is still there"
    await hana.submits()
    await hana.sees_soon("大切に受けとりました")
    await town.settled()
    assert len(await town.rows_of("draft")) == 2, "the dialog, and the words that are held"


async def test_the_card_is_shown_though_the_disk_is_full(town: SlackHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    hana = await town.member("hana")
    impatient(town)
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "receive", full)
        await hana.says(SELF)
        await hana.sees_soon("0120-279-338")
        await hana.presses("自分のこと")
        await hana.sees_soon("話してくださって")
    await town.settled()
