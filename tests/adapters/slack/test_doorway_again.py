"""HTTP mode: what comes a second time, by a burglar who recorded it, and by Slack because the first time failed."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from bot.adapters.slack import Tokens
from bot.adapters.slack import open_slack as open_adapter
from bot.app.memory import HouseMemory
from bot.app.platforms import commands
from bot.app.web import open_doors
from tests.adapters.slack.forging import JSON, signed
from tests.adapters.slack.house import SlackHouse, free_port, open_slack_house
from tests.adapters.slack.knocking import Answer, knock
from tests.adapters.slack.overhearing import wordless
from tests.scenarios.ledger import inbox, rows
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack

BIRD = "kanaria7f3a"
QUESTION = f"親ばっかり喋って本人一言も {BIRD}"
NEAR = "近いところ"
CLOSED = (401, b"", True)

Recorded = tuple[list[tuple[str, str]], bytes]
"""A genuine request as it went over the line: headers and body."""


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with open_slack("http") as opened:
        opened.echoes = False
        yield opened


@pytest.fixture
async def town(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack_house(tmp_path, slack) as opened:
        await opened.house.handbook.warm()
        yield opened


def recorded(town: SlackHouse, person: SlackPerson) -> Recorded:
    post = town.slack.workspace.post(person.im, QUESTION, user=person.id)
    body = json.dumps(town.slack.payloads.message(post)).encode()
    return [JSON, *signed(town.slack.http, body)], body


async def brings(town: SlackHouse, request: Recorded, url: str = "") -> tuple[int, bytes, bool]:
    answer: Answer = await knock(url or town.slack.http.request_url, *request)
    await town.settled()
    return answer.status, answer.body, answer.closed


def answers(person: SlackPerson) -> int:
    return sum(NEAR in json.dumps(post.blocks, ensure_ascii=False) for post in person.letters)


async def test_a_recorded_request_has_its_effect_once(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana = await town.member(BIRD)
    request = recorded(town, hana)
    with wordless(capfd, BIRD):
        assert (await brings(town, request))[0] == 200
        before, received = await rows(town.world, "meta"), await inbox(town.world)
        assert await brings(town, request) == CLOSED
        headers, body = request
        assert await brings(town, ([*headers, ("X-Slack-Retry-Num", "1")], body)) == CLOSED
        assert (answers(hana), await rows(town.world, "meta"), await inbox(town.world)) == (1, before, received)


async def test_what_slack_brings_again_signed_anew_is_taken_and_known(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    """Our answer was lost on its way: Slack must hear that all is well, and the person must not hear it twice."""
    hana = await town.member(BIRD)
    headers, body = recorded(town, hana)
    later = str(int(town.slack.http.clock()) + 60)
    with wordless(capfd, BIRD):
        assert (await brings(town, (headers, body)))[0] == 200
        again = [JSON, ("X-Slack-Retry-Num", "1"), *signed(town.slack.http, body, stamp=later)]
        assert (await brings(town, (again, body)))[0] == 200
        assert answers(hana) == 1


async def test_ten_copies_at_one_moment_have_one_effect(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana = await town.member(BIRD)
    request = recorded(town, hana)
    with wordless(capfd, BIRD):
        statuses = {status for status, _, _ in await asyncio.gather(*(brings(town, request) for _ in range(10)))}
        assert 200 in statuses <= {200, 401}
        assert await brings(town, request) == CLOSED
        assert answers(hana) == 1


async def test_a_recorded_request_is_too_old_after_five_minutes(
    town: SlackHouse, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hana, ken = await town.member(BIRD), await town.member("ken")
    used, kept = recorded(town, hana), recorded(town, ken)
    with wordless(capfd, BIRD) as overheard:
        assert (await brings(town, used))[0] == 200
        monkeypatch.setattr(town.adapter._doorway, "_now", lambda: town.slack.http.clock() + 301)
        assert await brings(town, used) == await brings(town, kept) == CLOSED
    assert (answers(hana), answers(ken)) == (1, 0)
    assert any("is the clock right?" in line for line in overheard.lines), "an operator with a wrong clock is told"


@asynccontextmanager
async def a_second_entrance(town: SlackHouse) -> AsyncIterator[str]:
    """Another adapter on the same rows, as beside a load balancer."""
    memory = HouseMemory(town.house.database, "slack", town.house.clock)
    tokens = Tokens(town.slack.bot_token, "", town.slack.signing_secret, town.slack.api_url)
    port = free_port()
    async with (
        open_adapter(tokens, memory, town.house.text.speaking, commands()) as adapter,
        open_doors(adapter.doors, "127.0.0.1", port),
    ):
        running = asyncio.create_task(adapter.run(town.house.pipeline.dispatch))
        try:
            await asyncio.wait_for(adapter.ready.wait(), 5)
            yield f"http://127.0.0.1:{port}/slack/events"
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_what_one_entrance_took_the_other_refuses(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana, ken = await town.member(BIRD), await town.member("ken")
    here, there = recorded(town, hana), recorded(town, ken)
    async with a_second_entrance(town) as elsewhere:
        with wordless(capfd, BIRD):
            assert (await brings(town, here))[0] == (await brings(town, there, elsewhere))[0] == 200
            await ken.sees_soon(NEAR)
            assert await brings(town, here, elsewhere) == await brings(town, there) == CLOSED
    assert (answers(hana), answers(ken)) == (1, 1)


async def test_a_recorded_request_is_refused_after_a_restart(
    slack: FakeSlack, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_slack_house(tmp_path, slack) as town:
        hana = await town.member(BIRD)
        request = recorded(town, hana)
        assert (await brings(town, request))[0] == 200
    async with open_slack_house(tmp_path, slack) as town:
        with wordless(capfd, BIRD):
            assert await brings(town, request) == CLOSED
        assert answers(hana) == 1


def beside_the_house(folder: Path) -> closing[sqlite3.Connection]:
    """Another hand on the same file."""
    [file] = folder.glob("*.db")
    return closing(sqlite3.connect(file))


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Nothing that comes in can be stored meanwhile."""
    with beside_the_house(folder) as beside:
        beside.execute("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'full'); END")
        yield
        beside.execute("DROP TRIGGER full")


async def test_slack_brings_again_what_could_not_be_stored(
    town: SlackHouse, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Perhaps within the same second, with the same signature: that is no replay."""
    hana = await town.member(BIRD)
    request = recorded(town, hana)
    with wordless(capfd, BIRD):
        with full_disk(tmp_path):
            assert [(await brings(town, request))[0] for _ in range(2)] == [503, 503]
        assert answers(hana) == 0
        assert (await brings(town, request))[0] == 200
        await hana.sees_soon(NEAR)
        assert await brings(town, request) == CLOSED
        assert answers(hana) == 1


async def test_what_was_stored_after_slack_gave_up_waiting_is_answered_once(
    town: SlackHouse, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is busy for longer than Slack waits: Slack comes again, and the person is not left without a word."""
    monkeypatch.setattr("bot.adapters.slack.wire.STORED_WITHIN", 0.1)
    hana = await town.member(BIRD)
    request = recorded(town, hana)
    with wordless(capfd, BIRD):
        with beside_the_house(tmp_path) as beside:
            beside.execute("BEGIN IMMEDIATE")
            status = (await knock(town.slack.http.request_url, *request)).status
            beside.execute("ROLLBACK")
        assert status == 503
        assert (await brings(town, request))[0] == 200
        await hana.sees_soon(NEAR)
        await town.settled()
        assert answers(hana) == 1
