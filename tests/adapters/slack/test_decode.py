"""What Slack brings and what it means: payload files in, events out, and nothing but events for any payload at all."""

import builtins
import math
import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.arrival import Arrival, Elsewhere, Revoked, Undecodable
from bot.chat.events import Submit, Text
from tests.adapters.slack.payload_files import (
    FILES,
    NOW,
    PASSING,
    arrived,
    decoder,
    described,
    paths,
    replaced,
    strings,
    without,
)

HASH = re.compile(r"[0-9a-f]{40}")
CANARY = "canary-in-the-payload"
ACTS = [name for name, file in FILES.items() if isinstance(file["expected"], dict)]
HASHED = [name for name in ACTS if FILES[name]["expected"]["id"] == "hash"]
SUBTREES = [(name, path) for name, file in FILES.items() for path in paths(file["payload"])]

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.sampled_from(
        [CANARY, "", "D0", "#", "form.later#0", "block_actions", "im", "T0TEAM", "T0OTHER", "1e400", "nan"]
    ),
)
NUMBERS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from([2**63, 10**400, 1e308, math.inf, math.nan])
)
NAMES = st.one_of(
    WORDS,
    st.sampled_from(
        ["type", "event", "user", "id", "team", "team_id", "view", "state", "values", "actions", "command"]
    ),
)
JSON = st.recursive(
    st.one_of(WORDS, NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=6)),
    max_leaves=12,
)
EXCEPTIONS = {name for name, value in vars(builtins).items() if isinstance(value, type)}


@pytest.mark.parametrize("name", FILES)
def test_what_slack_brings(name: str) -> None:
    payload, expected = FILES[name]["payload"], FILES[name]["expected"]
    got = described(decoder().decode(payload))
    if isinstance(expected, dict):
        assert isinstance(got, dict), f"{name} is taken for {got}"
        expected = {"dialogs": True, **PASSING, **expected}
        if expected["id"] == "hash":
            assert HASH.fullmatch(got["id"])
            expected = {**expected, "id": got["id"]}
    assert got == expected


def test_there_is_a_file_for_every_way_in() -> None:
    kinds = {(file["payload"].get("type"), file["payload"].get("event", {}).get("type")) for file in FILES.values()}
    inner = {"message", "app_mention", "app_home_opened", "tokens_revoked", "app_uninstalled"}
    outer = {"block_actions", "view_submission", "view_closed", "shortcut", "message_action", None}
    assert kinds >= {("event_callback", each) for each in inner} | {(each, None) for each in outer}
    ways = {FILES[name]["expected"]["way"] for name in ACTS}
    assert ways == {"chat", "aside", "dialog", "submission", "home"}


@pytest.mark.parametrize("name", ACTS)
def test_the_same_payload_again_is_the_same_event(name: str) -> None:
    payload = FILES[name]["payload"]
    again = arrived(payload, NOW + timedelta(hours=3))
    assert arrived(payload).event.id == again.event.id
    retried = {**payload, "token": "another", "event_context": "4-another"}
    assert arrived(retried).event.id == again.event.id


@pytest.mark.parametrize("name", HASHED)
def test_doing_it_once_more_is_another_event(name: str) -> None:
    payload = FILES[name]["payload"]
    assert arrived({**payload, "trigger_id": "a-later-trigger"}).event.id != arrived(payload).event.id


@pytest.mark.parametrize("name", [name for name in HASHED if FILES[name]["payload"].get("actions")])
def test_another_button_or_argument_is_another_event(name: str) -> None:
    payload = FILES[name]["payload"]
    changed = [
        replaced(payload, ("actions", 0, "action_id"), "other#1"),
        replaced(payload, ("actions", 0), {**payload["actions"][0], "value": "another-item"}),
        replaced(payload, ("actions", 0, "action_ts"), "1795741261.000000"),
        replaced(payload, ("user", "id"), "U0KEN"),
    ]
    assert len({arrived(each).event.id for each in (payload, *changed)}) == len(changed) + 1


def test_two_views_and_two_people_are_two_submissions() -> None:
    payload = FILES["submission"]["payload"]
    changed = [replaced(payload, ("view", "id"), "V0OTHER"), replaced(payload, ("user", "id"), "U0KEN")]
    assert len({arrived(each).event.id for each in (payload, *changed)}) == 3


@pytest.mark.parametrize("name", ACTS)
def test_an_id_says_nothing_of_the_person_or_of_what_they_wrote(name: str) -> None:
    event = arrived(FILES[name]["payload"]).event
    assert event.sender not in event.id
    said = event.body.answers.values() if isinstance(event.body, Submit) else [getattr(event.body, "text", "")]
    assert not any(each and each in event.id for each in said)


@pytest.mark.parametrize("name", ACTS)
def test_neither_names_nor_handles_come_in(name: str) -> None:
    """The person's own words may say canary; nothing else that Slack tells about people does."""
    shown = described(arrived(FILES[name]["payload"]))
    assert isinstance(shown, dict)
    assert not [each for each in strings({**shown, "body": ""}) if "canary" in each]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a &lt; b &gt; c &amp; d", "a < b > c & d"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("&lt;@U0KEN&gt;", "<@U0KEN>"),
        ("<@U0KEN|ken.canary>さん", "さん"),
        ("<#C0HIROBA> <#C0HIROBA|> <#C0HIROBA|hiroba>", "#hiroba"),
        ("<https://a.example/?q=1&amp;r=2|ここ>", "ここ"),
        ("<!date^1^{date}^https://a.example|きょう>", "きょう"),
        ("<!everyone><!here|here>", "here"),
        ("x < y", "x < y"),
        ("\x00\u202e語", "\x00\u202e語"),
    ],
)
def test_marks_are_read_as_the_person_saw_them(typed: str, read: str) -> None:
    payload = replaced(FILES["message_im"]["payload"], ("event", "text"), typed)
    assert arrived(payload).event.body == Text(read)


@pytest.mark.parametrize(
    "payload",
    [
        None, [], "text", 7, {"type": "event_callback"}, {"type": "event_callback", "event": []},
        {"type": "event_callback", "event": {}}, {"type": "block_actions", "actions": []},
        {"type": "block_actions", "user": "U0HANA", "actions": [{"action_id": "x"}]}, {"command": "/yorisoi"},
        {"type": "view_submission"}, {"type": "shortcut"}, {"type": "message_action", "message": None},
        {"team": "T0TEAM", "type": "shortcut"},
    ],
)  # fmt: skip
def test_what_has_no_shape_of_slacks_is_said_to_have_none(payload: object) -> None:
    with pytest.raises(Undecodable):
        decoder().decode(payload)


def outcome(payload: object) -> Arrival | Revoked | Elsewhere | Undecodable | None:
    """Anything else that is raised is the test's failure."""
    try:
        return decoder().decode(payload)
    except Undecodable as error:
        return error


def check(payload: object) -> None:
    got = outcome(payload)
    if isinstance(got, Undecodable):
        assert str(got) in EXCEPTIONS, "only the kind of error may be named"
        assert got.__cause__ is None
        assert got.__suppress_context__
    elif isinstance(got, Arrival):
        again = outcome(payload)
        assert isinstance(again, Arrival)
        assert again.event.id == got.event.id
        assert got.event.sender
        assert got.event.at.tzinfo is not None
        assert all(isinstance(each, str) for each in (got.event.id, got.trigger, got.view, got.thread, got.channel))


@settings(deadline=None, max_examples=500)
@given(JSON)
def test_any_value_at_all(payload: object) -> None:
    check(payload)


@settings(deadline=None, max_examples=1_000)
@given(st.sampled_from(SUBTREES), JSON)
def test_any_payload_with_junk_anywhere(place: tuple[str, tuple[str | int, ...]], junk: object) -> None:
    name, path = place
    check(replaced(FILES[name]["payload"], path, junk))


def test_any_payload_with_anything_missing_or_of_another_kind() -> None:
    kinds: list[Any] = [
        None,
        True,
        0,
        -1,
        10**18,
        1e300,
        10**30,
        math.nan,
        "",
        CANARY,
        [],
        [CANARY],
        {},
        {CANARY: CANARY},
    ]
    for name, path in SUBTREES:
        check(without(FILES[name]["payload"], path))
        for kind in kinds:
            check(replaced(FILES[name]["payload"], path, kind))


def test_the_deepest_payload_is_no_danger() -> None:
    deep: Any = CANARY
    for _ in range(5_000):
        deep = [deep]
    for name, path in SUBTREES:
        got = outcome(replaced(FILES[name]["payload"], path, deep))
        assert not isinstance(got, Undecodable) or str(got) in EXCEPTIONS
