"""Socket Mode: an envelope or payload without sense neither ends the connection nor gets a word into a log."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.slack.house import SlackHouse, open_slack_house
from tests.adapters.slack.nonsense import senseless
from tests.adapters.slack.overhearing import wordless
from tests.scenarios.ledger import inbox, rows
from tests.slack.people import SlackPerson
from tests.slack.server import open_slack
from tests.slack.socket_mode import Kind

BIRD, SECRET = "kanaria7f3a", "ひみつの小鳥"
QUESTION = f"親ばっかり喋って本人一言も {BIRD} {SECRET}"
NEAR = "近いところ"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[SlackHouse]:
    async with open_slack("socket") as slack, open_slack_house(tmp_path, slack) as opened:
        slack.socket.ack_seconds, slack.socket.retry_delays = 1.0, ()
        await opened.house.handbook.warm()
        yield opened


def envelopes(canary: str) -> dict[str, str | bytes]:
    """What Slack's side writes into the socket, as it stands there."""

    def envelope(**parts: Any) -> str:
        return json.dumps({"envelope_id": "e", "type": "events_api", "payload": {}, "text": canary} | parts)

    event = {"type": "event_callback", "event": {"type": canary}}
    return {
        "words": canary,
        "nothing": "",
        "not JSON": "{" + canary,
        "null": "null",
        "a list": json.dumps([canary]),
        "a list of envelopes": f"[{envelope()}]",
        "depth 100,000": f'{{"text":"{canary}","a":' + "[" * 100_000 + "]" * 100_000 + "}",
        "bytes": canary.encode() + b"\xff\xfe",
        "nothing in it": "{}",
        "an unknown type": envelope(type=canary, payload=event),
        "a type that is a list": envelope(type=[canary], payload=event),
        "no type": json.dumps({"envelope_id": canary, "payload": event}),
        "no envelope id": json.dumps({"type": "events_api", "payload": event, "text": canary}),
        "envelope id null": envelope(envelope_id=None, payload=event),
        "no payload": json.dumps({"envelope_id": "e", "type": "events_api", "text": canary}),
        "payload null": envelope(payload=None),
        "payload a list": envelope(payload=[canary]),
        "payload a string": envelope(payload=canary),
        "payload a number": envelope(payload=5),
        "a retry of words": envelope(payload=event, retry_attempt=canary, retry_reason=[canary]),
        "a second hello": json.dumps({"type": "hello", "num_connections": canary}),
    }


async def still_answers(town: SlackHouse, person: SlackPerson) -> None:
    before = len(person.letters)
    await person.says(QUESTION)
    await town.slack.workspace.until(lambda: len(person.letters) == before + 1, hope="an answer")
    assert person.sees(NEAR)
    await town.settled()


async def test_an_envelope_without_sense_ends_nothing(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana = await town.member(BIRD)
    before, [link] = await rows(town.world, "meta", "draft"), town.slack.socket.connected
    with wordless(capfd, BIRD, SECRET):
        for written in envelopes(f"{BIRD} {SECRET}").values():
            if isinstance(written, bytes):
                await link.socket.send_bytes(written)
            else:
                await link.socket.send_str(written)
        await still_answers(town, hana)
    assert await rows(town.world, "meta", "draft") == before
    assert town.slack.socket.connected == [link]
    assert len(town.slack.workspace.called("apps.connections.open")) == 2, (
        "once to see whether it works, once to connect"
    )


async def test_a_payload_without_sense_is_let_go(town: SlackHouse, capfd: pytest.CaptureFixture[str]) -> None:
    hana = await town.member(BIRD)
    before, links = await rows(town.world, "meta", "draft"), list(town.slack.socket.connected)
    payloads = senseless(f"{BIRD} {SECRET}", hana.id, hana.im)
    kinds: dict[str, Kind] = {"event_callback": "events_api", "command": "slash_commands"}
    with wordless(capfd, BIRD, SECRET):
        acks = {
            name: await town.slack.deliver(kinds.get(str(each.get("type")), "interactive"), each)
            for name, each in payloads.items()
        }
        await still_answers(town, hana)
    assert [name for name, ack in acks.items() if ack != {}] == [], "taken: it would be the same at every try"
    assert await rows(town.world, "meta", "draft") == before
    assert all(not kept for _, kept in await inbox(town.world))
    assert hana.modal is hana.home is None
    assert town.slack.socket.connected == links
