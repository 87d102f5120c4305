"""`yorisoi serve` as an operator runs it: a real process in front of a Slack, told to stop, told what is wrong."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from tests.adapters.slack.house import free_port
from tests.command_line.machine import ILL, REFUSED, WELL, Machine
from tests.slack.server import FakeSlack, Mode, open_slack

QUESTION = "親ばっかり喋って本人一言も"


def settings_for(slack: FakeSlack, port: int) -> dict[str, str]:
    chosen = {"SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token}
    chosen |= {"LOG_LEVEL": "DEBUG", "MODE": "development"}
    if slack.mode == "socket":
        return {**chosen, "SLACK_APP_TOKEN": slack.app_token}
    return {**chosen, "SLACK_SIGNING_SECRET": slack.signing_secret, "HTTP_PORT": str(port)}


@asynccontextmanager
async def serving(machine: Machine, settings: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    chosen = {f"YORISOI_{name}": value for name, value in {"DATA_DIR": str(machine.data), **settings}.items()}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "serve",
        env={**inherited, **chosen},
        cwd=machine.data.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def in_a_thread(machine: Machine, *words: str, settings: Mapping[str, str]) -> tuple[int, str]:
    """The fake lives in this process's loop, which must go on while the command runs."""
    done = await asyncio.to_thread(machine.yorisoi, *words, settings=settings)
    return done.code, done.said


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_it_serves_slack_and_ends_in_order_when_told(machine: Machine, mode: Mode) -> None:
    async with open_slack(mode) as slack:
        port = free_port()
        settings = settings_for(slack, port)
        slack.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        _, said = await in_a_thread(machine, "invite", "--role", "supporter", settings=settings)
        code = said.split()[1]
        async with serving(machine, settings) as process:
            await slack.workspace.until(lambda: slack.workspace.called("auth.test"), 20, "the bot")
            if mode == "socket":
                await slack.workspace.until(lambda: slack.socket.links, 20, "a connection")
            hana = slack.person("hana")
            await hana.slash(f"join {code}")
            await hana.sees_soon("参加できました", 10)
            await hana.says(QUESTION)
            await hana.sees_soon("近いところ", 20)
            process.send_signal(signal.SIGTERM)
            out, err = await asyncio.wait_for(process.communicate(), 10)
        assert process.returncode == WELL
        told = (out + err).decode()
        assert "slack につなぎました" in told
        for secret in (slack.bot_token, slack.app_token, slack.signing_secret, QUESTION, code, hana.id, "hana"):
            assert secret not in told, "no token, no word and no id in any log at DEBUG"


async def test_a_refused_token_names_the_setting_and_the_fix(machine: Machine) -> None:
    async with open_slack("socket") as slack:
        settings = {**settings_for(slack, 0), "SLACK_BOT_TOKEN": "xoxb-not-this-one"}
        code, said = await in_a_thread(machine, "serve", settings=settings)
        assert code == REFUSED
        assert "YORISOI_SLACK_BOT_TOKEN" in said and "invalid_auth" in said and "fix:" in said
        assert "not-this-one" not in said
        settings = {**settings_for(slack, 0), "SLACK_APP_TOKEN": slack.bot_token}
        code, said = await in_a_thread(machine, "serve", settings=settings)
        assert code == REFUSED
        assert "YORISOI_SLACK_APP_TOKEN" in said


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"SLACK_APP_TOKEN": "xapp-fake"}, "YORISOI_SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-fake"}, "YORISOI_SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-fa ke", "SLACK_APP_TOKEN": "x"}, "YORISOI_SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "x", "SLACK_APP_TOKEN": "y", "SLACK_API_URL": "slack"}, "YORISOI_SLACK_API_URL"),
    ],
)
def test_half_a_configuration_is_refused(machine: Machine, settings: dict[str, str], named: str) -> None:
    done = machine.yorisoi("serve", settings=settings)
    assert done.code == REFUSED
    assert named in done.err
    assert "fa ke" not in done.err


async def test_the_doctor_asks_slack(machine: Machine) -> None:
    async with open_slack("socket") as slack:
        settings = settings_for(slack, 0)
        code, said = await in_a_thread(machine, "doctor", settings=settings)
        assert code == WELL
        assert "T0TEAM (Socket Mode)" in said
        slack.scopes.discard("im:write")
        code, said = await in_a_thread(machine, "doctor", settings=settings)
        assert code == ILL
        assert "im:write" in said and "manifest.yaml" in said
        slack.tokens.revoked = True
        code, said = await in_a_thread(machine, "doctor", settings=settings)
        assert code == ILL
        assert "YORISOI_SLACK_BOT_TOKEN" in said
    code, said = await in_a_thread(machine, "doctor", settings=settings)
    assert code == ILL
    assert "YORISOI_SLACK_API_URL" in said


async def test_a_port_that_is_taken_is_named(machine: Machine) -> None:
    async with open_slack("http") as slack:
        taken = int(slack.url.rpartition(":")[2])
        code, said = await in_a_thread(machine, "serve", settings=settings_for(slack, taken))
        assert code == REFUSED
        assert "YORISOI_HTTP_PORT" in said
