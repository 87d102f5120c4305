"""HTTP mode: forged, replayed and malformed requests meet one closed door, without a traceback or a word in any log."""

import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import structlog

from tests.adapters.slack.forging import FORM, JSON, broken_http, forgeries, misdirected, packed, signed
from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.adapters.slack.knocking import Answer, knock, knock_raw
from tests.adapters.slack.nonsense import senseless, shapeless
from tests.adapters.slack.overhearing import wordless
from tests.scenarios.ledger import inbox, rows
from tests.slack.people import SlackPerson
from tests.slack.server import FakeSlack, open_slack

BIRD, SECRET = "kanaria7f3a", "ひみつの小鳥"
"""Stand in bodies, headers, paths, names and ids, and may stand in no log."""

QUESTION = f"親ばっかり喋って本人一言も {BIRD} {SECRET}"
NEAR = "近いところ"


@pytest.fixture
async def slack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeSlack]:
    monkeypatch.setattr("bot.app.web.READ_SECONDS", 0.2)
    async with open_slack("http") as opened:
        yield opened


@pytest.fixture
async def town(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack_house(tmp_path, slack) as opened:
        await opened.house.handbook.warm()
        yield opened


def said(town: SlackHouse, person: SlackPerson, text: str = QUESTION) -> bytes:
    """The body of a genuine event, as Slack would send it."""
    post = town.slack.workspace.post(person.im, text, user=person.id)
    return json.dumps(town.slack.payloads.message(post), indent=1).encode()


def genuine(town: SlackHouse, body: bytes) -> list[tuple[str, str]]:
    return [JSON, *signed(town.slack.http, body)]


async def knocks(town: SlackHouse, body: bytes, headers: list[tuple[str, str]]) -> int:
    return (await knock(town.slack.http.request_url, headers, body)).status


async def answers(town: SlackHouse, requests: dict[str, bytes]) -> dict[str, Answer]:
    url = town.slack.http.request_url
    return {name: await knock_raw(url, sent) for name, sent in requests.items()}


async def closed_door(town: SlackHouse) -> Answer:
    return await knock(town.slack.http.request_url, [], b"", path="/nothing/here")


async def still_answers(town: SlackHouse, person: SlackPerson) -> None:
    """A genuine question right after is answered."""
    before = len(person.letters)
    await person.says(QUESTION)
    await town.slack.workspace.until(lambda: len(person.letters) == before + 1, hope="an answer")
    assert person.sees(NEAR)
    await town.settled()


@pytest.mark.parametrize("said", [BIRD.upper(), SECRET, json.dumps(SECRET), quote(SECRET), repr(SECRET.encode())])
def test_the_ear_hears_a_word_however_it_is_written(capfd: pytest.CaptureFixture[str], said: str) -> None:
    def says_to_a_library() -> None:
        logging.getLogger("slack_bolt").debug("body: %s", said)

    def raises_with_it() -> None:
        try:
            raise ValueError(said)
        except ValueError:
            logging.getLogger("aiohttp.server").exception("broken")

    for slip in (
        says_to_a_library,
        raises_with_it,
        lambda: structlog.get_logger().info("heard", text=said),
        lambda: sys.stdout.write(said),
        lambda: os.write(2, said.encode()),
    ):
        with pytest.raises(AssertionError), wordless(capfd, BIRD, SECRET):
            slip()


async def test_whoever_has_no_key_meets_the_same_closed_door(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    hana = await town.member(BIRD)
    body = said(town, hana)
    before = await rows(town.world, "meta")
    url, door = town.slack.http.request_url, await closed_door(town)
    assert (door.status, door.body, door.closed) == (401, b"", True)
    with wordless(capfd, BIRD, SECRET):
        for name, headers in forgeries(town.slack.http, body, BIRD).items():
            told = [JSON, ("X-Canary", f"{BIRD} {SECRET}"), ("User-Agent", BIRD), *headers]
            assert (name, await knock(url, told, body)) == (name, door)
        await town.settled()
        assert await rows(town.world, "meta") == before
        assert not hana.letters
        await still_answers(town, hana)


async def test_nothing_is_read_that_is_too_large_too_slow_packed_or_elsewhere(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    hana = await town.member(BIRD)
    http, body = town.slack.http, said(town, hana)
    before, door = await rows(town.world, "meta"), await closed_door(town)
    with wordless(capfd, BIRD, SECRET):
        refused = await answers(town, packed(http, body) | misdirected(http, body, BIRD))
        assert refused == dict.fromkeys(refused, door)
        await town.settled()
        assert await rows(town.world, "meta") == before
        assert not hana.letters
        await still_answers(town, hana)


async def test_what_is_no_http_leaves_no_traceback(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana = await town.member(BIRD)
    with wordless(capfd, BIRD, SECRET):
        refused = await answers(town, broken_http(BIRD))
        assert {answer.status for answer in refused.values()} <= {400, 401}
        await still_answers(town, hana)


async def test_what_slack_signed_and_nobody_can_read_is_let_go(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    hana = await town.member(BIRD)
    before = await rows(town.world, "meta")
    payloads = senseless(f"{BIRD} {SECRET}", hana.id, hana.im)
    bodies = {f"as JSON: {name}": (JSON, json.dumps(each).encode()) for name, each in payloads.items()}
    bodies |= {
        f"in a form: {name}": (FORM, urlencode({"payload": json.dumps(each)}).encode())
        for name, each in payloads.items()
    }
    with wordless(capfd, BIRD, SECRET):
        for name, body in shapeless(BIRD).items():
            assert (name, await knocks(town, body, genuine(town, body))) == (name, 400)
        wrong = {
            name: status
            for name, (kind, body) in bodies.items()
            if (status := await knocks(town, body, [kind, *signed(town.slack.http, body)])) not in (200, 400)
        }
        assert wrong == {}
        await town.settled()
        assert await rows(town.world, "meta") == before
        assert all(not kept for _, kept in await inbox(town.world))
        assert not hana.letters
        assert hana.modal is hana.home is None
        await still_answers(town, hana)


async def test_of_two_keys_with_one_name_the_last_one_counts(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    hana, ken = await town.member(BIRD), await town.member("ken")
    body = said(town, hana)
    event = json.dumps({"type": "message", "user": ken.id, "text": SECRET}).encode()
    twice = body.replace(
        b"{", b'{"type":"url_verification","challenge":"' + BIRD.encode() + b'","event":' + event + b",", 1
    )
    with wordless(capfd, BIRD, SECRET):
        answer = await knock(town.slack.http.request_url, genuine(town, twice), twice)
        assert (answer.status, answer.body) == (200, b"")
        await hana.sees_soon(NEAR)
        await town.settled()
    assert not ken.letters


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", BIRD])
@pytest.mark.parametrize("written", [str.lower, str.upper], ids=["lower", "upper"])
async def test_a_genuine_request_is_taken_however_its_headers_are_written(
    town: SlackHouse, capfd: pytest.CaptureFixture[str], kind: str, written: Callable[[str], str]
) -> None:
    hana = await town.member(BIRD)
    body = said(town, hana)
    headers = [(written(name), value) for name, value in signed(town.slack.http, body)]
    with wordless(capfd, BIRD, SECRET):
        assert await knocks(town, body, [(written("Content-Type"), kind), *headers]) == 200
        await hana.sees_soon(NEAR)


async def test_slacks_own_questions_are_answered_when_slack_asks(
    town: SlackHouse, capfd: pytest.CaptureFixture[str]
) -> None:
    with wordless(capfd, BIRD, SECRET):
        assert await town.slack.http.verify_url()
        challenge = json.dumps({"type": "url_verification", "challenge": SECRET, "token": BIRD}).encode()
        answer = await knock(town.slack.http.request_url, genuine(town, challenge), challenge)
        assert (answer.status, json.loads(answer.body)) == (200, {"challenge": SECRET})
        check = urlencode({"ssl_check": "1", "token": BIRD}).encode()
        assert await knocks(town, check, [FORM, *signed(town.slack.http, check)]) == 200
