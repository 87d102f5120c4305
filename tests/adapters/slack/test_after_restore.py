"""Slack keeps what was said to us; after a restore it is looked through again from where the restored rows stand."""

from pathlib import Path

import pytest

from bot.app.backup import backup
from bot.app.restore import restore
from bot.settings import Settings
from tests.adapters.slack.house import open_slack_house
from tests.adapters.slack.test_connection import QUESTION, answered
from tests.slack.server import FakeSlack


@pytest.mark.parametrize(("lost", "answers"), [(False, 3), (True, 4)], ids=["put aside", "lost"])
async def test_what_was_said_since_the_backup(tmp_path: Path, slack: FakeSlack, lost: bool, answers: int) -> None:
    """Where the database that goes is still there, it hands over what it heard. Where it is lost nobody knows what was
    answered since the backup: a second answer is better than none."""
    data, file = tmp_path / "data", tmp_path / "backup.db"
    data.mkdir()
    settings = Settings(data_dir=data)
    settings.key.write_text((b"k" * 32).hex())
    settings.key.chmod(0o600)
    async with open_slack_house(data, slack) as town:
        hana = await town.member("hana")
        await hana.says(QUESTION)
        await answered(hana, 1)
        await backup(settings, file, force=False)
        await hana.says(f"{QUESTION}（控えのあと）")
        await answered(hana, 2)
        await town.settled()
    slack.workspace.post(hana.im, f"{QUESTION}（止まっていたとき）", user=hana.id)
    if lost:
        settings.data_dir.joinpath("yorisoi.db").unlink()
    await restore(settings, file, [], without=True)
    async with open_slack_house(data, slack) as town:
        await answered(hana, answers)
        await town.settled()
    assert len(hana.letters) == answers
