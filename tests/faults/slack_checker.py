"""Decides from the workspace's ledger and the database alone: nothing lost, doubled, too early, or with a name."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from bot.adapters.slack.posting import LETTER
from tests.faults.slack_child import PEOPLE, SQUARE
from tests.faults.slack_scene import FIXED, MENU, NAMES, REPLY, THEME, WORRY
from tests.slack.blocks import Json
from tests.slack.screen import message_words
from tests.slack.server import FakeSlack
from tests.slack.workspace import Ephemeral, Post

_HANA, _KEN, _SATO = (f"D0{person.removeprefix('U0')}" for person in PEOPLE)
"""Their direct chats with the bot."""

_ADDRESSING = {"channel", "user", "user_id", "users", "trigger_id", "view_id", "ts", "thread_ts"}
"""What only tells Slack where something belongs."""

_TRACES = [trace for name, real in NAMES.items() for trace in (name, real)]

_PLANNED = {
    "poll.closes": 1,
    "conference.reminder": 1,
    "conference.volunteers": 1,
    "conference.seated": 1,
    "conference.begins": 1,
    "meeting.start": 1,
    "meeting.minutes": 1,
    "conference.after": 2,
    "following_up.ask": 2,
    "unanswered.day": 1,
    "unanswered.two_days": 1,
}
"""By a poll, by its date that stands, by its meeting, and by the worry. How often a poll reminds depends on the
weekday, and is not counted."""

_ROWS: dict[str, tuple[str, dict[str, int]]] = {
    "worries": ("SELECT state, count(*) FROM worry GROUP BY 1", {"open": 1}),
    "replies": ("SELECT seq, count(*) FROM answer GROUP BY 1", {"1": 1}),
    "conferences": ("SELECT state || decided, count(*) FROM conference GROUP BY 1", {"decided1": 1}),
    "votes": ("SELECT number || value, count(*) FROM vote GROUP BY 1", {"1yes": 1}),
    "planned": ("SELECT kind, count(*) FROM occurrence WHERE kind != 'poll.reminds' GROUP BY 1", _PLANNED),
    "left in the inbox": ("SELECT state, count(*) FROM inbox WHERE state != 'done' GROUP BY 1", {}),
    "left in the outbox": ("SELECT state, count(*) FROM outbox WHERE state != 'delivered' GROUP BY 1", {}),
}


@dataclass(frozen=True, slots=True)
class Found:
    """calls: every call of the Web API, in order. acks: what was sent back for what people did. rows: counted.
    promised: the keys of all letters of the database. shared_at: when the author first said so, as Slack writes it.
    kills: how often the bot was killed on the way."""

    posts: Sequence[Post]
    whispers: Sequence[Ephemeral]
    calls: Sequence[tuple[str, Json]]
    acks: Sequence[object]
    rows: dict[str, dict[str, int]]
    promised: Sequence[str]
    shared_at: str
    kills: int


def found_in(slack: FakeSlack, database: Path, kills: int) -> Found:
    with closing(sqlite3.connect(database)) as connection:
        rows = {name: _counted(connection, query) for name, (query, _) in _ROWS.items()}
        promised = [str(row[0]) for row in connection.execute("SELECT token FROM outbox")]
    acks = [*(each.ack for each in slack.socket.delivered), *(each.text for each in slack.http.sent)]
    posts = [post for post in slack.workspace.posts if not post.deleted]
    calls, whispers = list(slack.workspace.calls), list(slack.workspace.ephemerals)
    return Found(posts, whispers, calls, acks, rows, promised, _shared_at(slack), kills)


def _shared_at(slack: FakeSlack) -> str:
    """By the first press that was brought to the bot; it sorts after everything where there was none."""
    over_http = (parse_qs(each.body.decode()).get("payload") for each in slack.http.sent if each.kind == "interactive")
    brought = [
        *(each.payload for each in slack.socket.delivered if each.kind == "interactive"),
        *(json.loads(each[0]) for each in over_http if each),
    ]
    presses = (payload["actions"][0] for payload in brought if payload["type"] == "block_actions")
    return min((str(each["action_ts"]) for each in presses if each["action_id"].startswith("worry.post")), default="~")


def complaints(found: Found) -> list[str]:
    """Everything that is wrong, in words."""
    return [
        *_rows(found),
        *_keys(found),
        *_letters(found),
        *_answers(found),
        *_too_early(found),
        *_names(found),
        *_linked(found),
    ]


def _counted(connection: sqlite3.Connection, query: str) -> dict[str, int]:
    return {str(name): int(number) for name, number in connection.execute(query)}


def _rows(found: Found) -> Iterator[str]:
    for name, (_, wanted) in _ROWS.items():
        if found.rows[name] != wanted:
            yield f"{name}: {found.rows[name]} instead of {wanted}"


def _payload(post: Post) -> Json:
    metadata = post.metadata or {}
    payload: Json = metadata.get("event_payload", {}) if metadata.get("event_type") == LETTER else {}
    return payload


def _keys(found: Found) -> Iterator[str]:
    """Every letter of the database stands there once; changes of a post that stands carry no key."""
    keys = Counter(str(payload["key"]) for post in found.posts if (payload := _payload(post)))
    for number in (number for number in keys.values() if number > 1):
        yield f"twins: one key {number} times"
    if unknown := set(keys) - set(found.promised):
        yield f"{len(unknown)} letters nobody promised"
    changes = sum(method == "chat.update" for method, _ in found.calls)
    missing = len(set(found.promised) - set(keys))
    if missing > changes:
        yield f"lost: {missing - changes} letters of the database did not arrive"


def _read(post: Post | Ephemeral) -> str:
    return "\n".join(message_words(post))


_Is = Callable[[Post, str], bool]
_WANTED: dict[str, _Is] = {
    "the worry": lambda post, words: post.channel == SQUARE and not post.thread_ts and WORRY in words,
    "the reply": lambda post, words: post.channel == SQUARE and bool(post.thread_ts) and REPLY in words,
    "the notice": lambda post, words: post.channel == _HANA and "お知らせがひとつ" in words,
    "the poll": lambda post, words: post.channel == SQUARE and THEME in words,
    "the decision on the poll": lambda post, words: post.channel == SQUARE and FIXED in words,
    "the decision": lambda post, words: post.channel == _KEN and FIXED in words,
}
"""Each of these once, and in no other place."""


def _letters(found: Found) -> Iterator[str]:
    letters = [(post, _read(post)) for post in found.posts if _payload(post)]
    for name, is_it in _WANTED.items():
        number = sum(is_it(post, words) for post, words in letters)
        if number != 1:
            yield f"{'twins' if number else 'lost'}: {name} {number} times"
    worry = next((post for post, words in letters if _WANTED["the worry"](post, words)), None)
    reply = next((post for post, words in letters if _WANTED["the reply"](post, words)), None)
    if worry and reply and reply.thread_ts != worry.ts:
        yield "the reply stands under something else"


def _answers(found: Found) -> Iterator[str]:
    """What was answered after a restart came as a letter: to one person, and only where somebody was killed."""
    others = [post for post in found.posts if _payload(post) and not _wanted(post)]
    yield from ("an unknown letter in the square" for post in others if post.channel == SQUARE)
    if len(others) > 2 * found.kills:
        yield f"{len(others)} answers came as letters after {found.kills} kills"
    bare = [post for post in found.posts if post.bot and not _payload(post)]
    yield from ("a post without a key in the square" for post in bare if post.channel == SQUARE)
    asked = sum(post.channel == SQUARE and not post.bot for post in found.posts)
    answers: list[Post | Ephemeral] = [*found.posts, *found.whispers]
    answered = sum(MENU in _read(each) for each in answers)
    if answered > asked:
        yield f"twins: {asked} mentions were answered {answered} times"


def _wanted(post: Post) -> bool:
    return any(is_it(post, _read(post)) for is_it in _WANTED.values())


def _too_early(found: Found) -> Iterator[str]:
    """A worry is in no message before it was shared, and then in the square alone; so is a reply."""
    for name, words in (("worry", WORRY), ("reply", REPLY)):
        calls = [call for call in found.calls if _is_message(call[0]) and words in json.dumps(call, ensure_ascii=False)]
        if any(method not in ("chat.postMessage", "chat.update") or _place(each) != SQUARE for method, each in calls):
            yield f"words of a {name} in a message to somebody"
        posts = [post for post in found.posts if words in _read(post)]
        if any(post.channel != SQUARE or post.ts < found.shared_at for post in posts):
            yield f"words of a {name} in the wrong place or before the worry was shared"


def _linked(found: Found) -> Iterator[str]:
    """An export of the direct chats beside the channels must not tell which worry is whose."""
    elsewhere = json.dumps([post.blocks for post in found.posts if post.channel != SQUARE], ensure_ascii=False)
    for post in found.posts:
        if post.channel == SQUARE and WORRY in _read(post):
            named = [post.blocks[0]["text"]["text"].removeprefix("悩み：")]
            named += [each["value"] for block in post.blocks for each in block.get("elements", ()) if "value" in each]
            if any(name in elsewhere for name in named):
                yield "a direct chat names a worry"


def _is_message(method: str) -> bool:
    return method.startswith("chat.") or method == "response_url"


def _place(arguments: Json) -> str:
    return str(arguments.get("channel", ""))


def _names(found: Found) -> Iterator[str]:
    """No id, name or handle of anyone in anything that people are shown."""
    shown = [(method, each) for method, each in found.calls if _is_message(method) or method.startswith("views.")]
    payloads: Iterable[tuple[str, object]] = [*shown, *(("an acknowledgement", each) for each in found.acks)]
    for method, payload in payloads:
        content = payload
        if isinstance(payload, dict):
            content = {name: value for name, value in payload.items() if name not in _ADDRESSING}
        written = json.dumps(content, ensure_ascii=False).lower()
        if any(trace in written for trace in _TRACES):
            yield f"a name in {method}"
