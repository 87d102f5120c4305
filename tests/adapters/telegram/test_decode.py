"""Updates as Telegram sends them, and the event each one means; whatever else comes in raises one error at most."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.adapters.telegram.arrival import Undecodable
from bot.adapters.telegram.decode import Decoder, Me
from bot.chat.events import Body, Command, Edit, News, Press, Text
from bot.store.packing import event_from_dict, event_to_dict
from tests.telegram.chats import BOT_ID, BOT_NAME

FOLDER = Path(__file__).parent / "payloads"
COMMANDS = {"menu", "worry", "ask", "conference", "here", "join", "mydata", "language", "help"}
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DECODER = Decoder(Me(BOT_ID, BOT_NAME), COMMANDS, {"悩みを打ち明ける": "worry.begin"}, lambda: NOW)

ALONE: dict[str, Body | None] = {
    "words": Text("訪問しても会えません。"),
    "words_changed": Edit("", "訪問しても、まだ会えません。"),
    "start_with_code": Command("start", "abcd-efgh-jkmn"),
    "start_from_group": Command("start"),
    "command": Command("ask", "会えないとき"),
    "command_unknown": Command("help"),
    "keyboard": Press("worry.begin"),
    "forwarded": Text("ほかの方のことば"),
    "photo": Command("file"),
    "document": Command("file"),
    "voice": Command("file"),
    "sticker": Command("file"),
    "press": Press("form.choose", "Ab-_c.0.1"),
    "press_of_a_message_out_of_reach": Press("mydata.show"),
    "blocked": None,
    "returned": News("back"),
}
IN_GROUPS: dict[str, Body | None] = {
    "group_talk": None,
    "group_command": Command("worry"),
    "group_command_for_another_bot": None,
    "group_mention": Command("ask", "会えないときは"),
    "group_answer_to_us": Command("ask", "会えないときは"),
    "group_press": Press("worry.reply", "abc"),
    "group_words_changed": None,
    "group_removed_us": News("gone"),
    "group_added_us": News("back"),
    "group_promoted_us": News("back"),
    "group_demoted_us": News("demoted"),
    "group_muted_us": News("hushed"),
    "group_moved": News("moved", "-1002000000001"),
    "group_moved_from": News("moved", "-1002000000001"),
    "topic_opened": None,
    "topic_command": Command("ask", "会えないとき"),
    "topic_talk": None,
    "anonymous_administrator": None,
    "another_bot": None,
    "channel_post": None,
    "inline_query": None,
    "business_message": None,
    "poll": None,
}


def payload(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def test_every_payload_has_its_meaning_here() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(ALONE) | set(IN_GROUPS)


@pytest.mark.parametrize("name", [*ALONE, *IN_GROUPS])
def test_the_librarys_own_models_know_the_payload(name: str) -> None:
    """What is read here is what Telegram sends, and not what we would like it to send."""
    update = Update.de_json(payload(name), None)
    assert update.update_id > 0
    assert update.api_kwargs == {}


@pytest.mark.parametrize(("name", "body"), [*ALONE.items(), *IN_GROUPS.items()])
def test_an_update_is_the_event_it_means(name: str, body: Body | None) -> None:
    update = payload(name)
    arrival = DECODER.decode(update, 3)
    if body is None:
        assert arrival is None
        return
    assert arrival is not None
    event = arrival.event
    assert event.body == body
    assert event.id == f"3:{update['update_id']}"
    assert event.direct == (name in ALONE)
    assert not event.modal and not event.dialogs
    assert (event.address.channel == event.sender) == event.direct
    assert bool(arrival.callback) == isinstance(body, Press) or name == "keyboard"
    assert event_from_dict(json.loads(json.dumps(event_to_dict(event)))) == event


def test_a_topic_is_kept_and_the_old_id_of_a_group_is_the_one_that_moved() -> None:
    topic = DECODER.decode(payload("topic_command"), 1)
    assert topic and topic.event.address.thread == str(topic.thread) != "0"
    moved = [DECODER.decode(payload(name), 1) for name in ("group_moved", "group_moved_from")]
    assert {each.event.address.channel for each in moved if each} == {"-4000001"}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("/ASK@FAKE_YORISOI_BOT 会えない", Command("ask", "会えない")),
        ("/ask\n会えない\nとき", Command("ask", "会えない\nとき")),
        ("/ask@another_bot 会えない", Text("/ask@another_bot 会えない")),
        ("/moved -100", Command("help")),
        ("/file", Command("help")),
        ("/home", Command("help")),
        ("/", Text("/")),
        ("//ask", Text("//ask")),
        ("／ask", Text("／ask")),
        ("/ask@", Text("/ask@")),
        ("悩みを打ち明ける ", Press("worry.begin")),
        ("悩みを打ち明ける。", Text("悩みを打ち明ける。")),
        ("", Text("")),
    ],
)
def test_what_is_typed_alone(text: str, body: Body) -> None:
    update = payload("words")
    update["message"]["text"] = text
    arrival = DECODER.decode(update, 1)
    assert arrival and arrival.event.body == body


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([*ALONE, *IN_GROUPS]), st.integers(0, 60), NESTED)
def test_whatever_stands_in_a_field_only_one_error_comes_of_it(name: str, number: int, value: object) -> None:
    update = payload(name)
    places = list(_places(update))
    holder, key = places[number % len(places)]
    holder[key] = value
    try:
        arrival = DECODER.decode(update, 1)
    except Undecodable as error:
        assert str(error).isidentifier()
    else:
        assert arrival is None or json.dumps(event_to_dict(arrival.event))


@pytest.mark.parametrize("update", [None, 1, "x", [], {}, {"update_id": 1}, {"update_id": -1, "message": {}}, True])
def test_what_is_no_update_is_nothing_or_that_error(update: object) -> None:
    try:
        assert DECODER.decode(update, 1) is None
    except Undecodable:
        return


def _places(node: Any) -> Any:
    """Every place in it that holds something."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield node, key
        if isinstance(value, dict | list):
            yield from _places(value)
