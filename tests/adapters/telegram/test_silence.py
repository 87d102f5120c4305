"""Neither the token nor anybody's words nor ids are in any log, at any level, whatever goes wrong."""

import json
import logging
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.store.members import Role
from tests.adapters.telegram.house import open_telegram_house
from tests.telegram.faults import Fault, bad_gateway, server_error, too_many
from tests.telegram.server import Mode, open_telegram
from tests.world import HeldClock

CANARY = "カナリアのことば"


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_nothing_is_said_at_any_level(
    tmp_path: Path, mode: Mode, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger().setLevel(1)
    caplog.set_level(1)
    clock = HeldClock()
    with capture_logs() as lines:
        async with open_telegram(mode, clock) as telegram, open_telegram_house(tmp_path, telegram, clock) as town:
            square = await town.place(bot_admin=True)
            hana = await town.member("hanacanary", Role.COORDINATOR)
            guest = telegram.person("guestcanary")
            await guest.says(CANARY)
            await hana.commands("worry", CANARY)
            await hana.sees_soon("（1/1）")
            said = await hana.says(CANARY)
            await hana.sees_soon("この内容で届ける")
            for fault in (bad_gateway(), server_error(), too_many(0), Fault(reset_after=True), Fault(400, CANARY)):
                telegram.faults.next("sendMessage", fault)
                await hana.commands("ask", CANARY)
                await town.settled()
            await hana.edits(said, CANARY + "です")
            await hana.mentions(square, CANARY)
            telegram.faults.next("answerCallbackQuery", Fault(400, f"Bad Request: {CANARY}"))
            telegram.faults.next("getUpdates", Fault(200, html=CANARY))
            hana.sends_press(hana.letters[-1], CANARY[:12])
            telegram.updates.raw({"message": {"text": CANARY, "from": CANARY}})
            await town.settled()
            secret = telegram.webhook.secret
            people = (str(hana.id), str(guest.id), str(square.id))
    ours = [record for record in caplog.records if record.name != "aiohttp.access"]  # that one is our Telegram's
    said_by_libraries = "\n".join(logging.Formatter().format(record) for record in ours)
    everything = said_by_libraries + json.dumps(lines, ensure_ascii=False) + "".join(capfd.readouterr())
    assert lines  # something went wrong, and something was said about it
    for never in (CANARY, telegram.token, telegram.token.partition(":")[2], *people, "hanacanary", "guestcanary"):
        assert never not in everything
    assert not secret or secret not in everything


def test_the_librarys_loggers_stay_silent_by_construction() -> None:
    """Whatever an operator configures: these print parameters, texts and raw updates."""
    import telegram as library  # noqa: F401

    from bot.adapters.telegram.api import hush

    hush()
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "telegram"]
    assert {"telegram.Bot", "telegram.request.BaseRequest"} <= set(names)
    assert all(logging.getLogger(name).disabled for name in names)
