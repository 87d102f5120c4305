"""What three ledgers and a database say of a town, read once: so the checker can be asked, and tested, about it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.faults.canaries import answers_in, worries_in
from tests.faults.town import LOAD, SLACK, TELEGRAM
from tests.platforms.ledger import Line, read

MARK = "※再送"
CLOSED = "この悩みは閉じられました"
_VIEWS = ("views.open", "views.update", "views.publish", "chat.postEphemeral", "response_url")

_ROWS = {
    "inbox": "SELECT state, count(*) FROM inbox GROUP BY state",
    "outbox": "SELECT state, count(*) FROM outbox GROUP BY state",
    "worries": "SELECT state, count(*) FROM worry GROUP BY state",
    "members": "SELECT 'all', count(*) FROM member",
    "keys": "SELECT 'all', count(*) FROM itemkey",
    "reminders": (
        "SELECT CASE WHEN done THEN 'done' ELSE 'waiting' END, count(*) FROM occurrence"
        " WHERE kind = 'conference.reminder' GROUP BY 1"
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot in a chat, in the order in which the platform took them. under: what it stands under.

    key: the letter's own name, where the platform keeps it. marked: it said that it may be a copy. closed: it was
    changed, and says so now."""

    platform: str
    chat: str
    reference: str
    words: str
    under: str = ""
    key: str = ""
    marked: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What one person alone was shown. person: their id on the platform."""

    person: str
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """pressed: worry to who pressed and where it is to go. confirmed: those that a platform took, in order, by author.
    answering: answer to the worry and its writer. answered, closed: what was taken. rows: counted. order: letters by
    their key, as the bot put them. doubtful: letters being sent when a bot was killed."""

    said: Sequence[Said]
    shown: Sequence[Shown]
    pressed: dict[int, tuple[str, tuple[str, ...]]]
    confirmed: Sequence[int]
    answering: dict[int, tuple[int, str]]
    answered: frozenset[int]
    closing: frozenset[int]
    closed: frozenset[int]
    intruded: frozenset[int]
    reminders: dict[int, tuple[str, ...]]
    persons: dict[str, str]
    """Id on the platform to the chat with the bot."""
    places: frozenset[str]
    joined: int
    rows: dict[str, dict[str, int]]
    order: dict[str, int] = field(repr=False)
    kills: int = 0
    doubtful: int = 0


def facts_of(folder: Path, url: str = "") -> Facts:
    """url: of the database; empty for the SQLite file of the folder."""
    load = defaultdict(list)
    for line in read(folder / LOAD):
        load[line["what"]].append(line)
    persons = {str(each["id"]): str(each["chat"]) for each in load["person"]}
    places = frozenset(str(each["channel"]) for each in load["place"])
    said, shown = _slack(folder / SLACK, places, persons)
    more_said, more_shown = _telegram(folder / TELEGRAM)
    rows, order = _rows(url or f"sqlite:///file:{folder}/data/yorisoi.db?mode=ro&uri=true")
    return Facts(
        said=[*said, *more_said],
        shown=[*shown, *more_shown],
        pressed={each["worry"]: (each["by"], tuple(each["places"])) for each in load["pressed"]},
        confirmed=[each["worry"] for each in load["confirmed"]],
        answering=_meant(load["answering"], [*said, *more_said], places),
        answered=_numbers(load["answered"], "answer"),
        closing=_numbers(load["closing"], "worry"),
        closed=_numbers(load["closed"], "worry"),
        intruded=_numbers(load["intruded"], "worry"),
        reminders={each["number"]: tuple(each["to"]) for each in load["reminder"]},
        persons=persons,
        places=places,
        joined=len(load["joined"]),
        rows=rows,
        order=order,
        kills=len(load["kill"]),
        doubtful=sum(each["sending"] for each in load["kill"]),
    )


def _meant(answers: Sequence[Line], said: Sequence[Said], places: frozenset[str]) -> dict[int, tuple[int, str]]:
    """The worry whose form each was written into, and its writer: the last worry that they began to answer, or an
    earlier one whose form came late. An answer stands under that one."""
    under, posts = defaultdict(set), defaultdict(set)
    for each in said:
        if each.chat in places:
            for number in answers_in(each.words) if each.under else ():
                under[number].add((each.chat, each.under))
            for number in worries_in(each.words):
                posts[number].add((each.chat, each.reference))
    found: dict[int, tuple[int, str]] = {}
    for line in answers:
        stands = under[line["answer"]]
        meant = next((number for number in line["to"] if stands and stands <= posts[number]), line["to"][0])
        found[line["answer"]] = (meant, line["by"])
    return found


def _numbers(lines: Sequence[Line], name: str) -> frozenset[int]:
    return frozenset(each[name] for each in lines)


def _slack(file: Path, places: frozenset[str], persons: dict[str, str]) -> tuple[list[Said], list[Shown]]:
    said: dict[str, Said] = {}
    shown: list[Shown] = []
    direct = {chat: person for person, chat in persons.items()}
    for line in read(file, "call", "event"):
        if line["what"] == "event":
            shown += _acknowledged(line)
            continue
        if not line["answer"]["ok"]:
            continue
        args, method = line["args"], line["method"]
        words = _words(args.get("view") or args.get("blocks") or args.get("text") or "")
        if method == "chat.postMessage":
            key = str((args.get("metadata") or {}).get("event_payload", {}).get("key", ""))
            channel, ts = str(line["answer"]["channel"]), str(line["answer"]["ts"])
            under = str(args.get("thread_ts") or "")
            said[f"{channel}/{ts}"] = Said("slack", channel, ts, words, under, key, MARK in words)
            if channel not in places:
                shown.append(Shown(direct.get(channel, channel), words))
        elif method == "chat.update":
            name = f"{args['channel']}/{args['ts']}"
            said[name] = replace(said[name], words=words, closed=CLOSED in words)
        elif method in _VIEWS:
            shown.append(Shown(str(line["to"]), words))
    return list(said.values()), shown


def _acknowledged(line: Line) -> Iterator[Shown]:
    """What came back with the acknowledgement of a dialog shows in it."""
    if line["ack"]:
        payload = line["payload"]
        yield Shown(str((payload.get("user") or {}).get("id") or payload.get("user_id")), _words(line["ack"]))


def _telegram(file: Path) -> tuple[list[Said], list[Shown]]:
    said: dict[str, Said] = {}
    shown: list[Shown] = []
    for line in read(file, "call"):
        args, method = line["args"], line["method"]
        if not line["answer"]["ok"]:
            continue
        chat, words = str(args.get("chat_id", "")), str(args.get("text", ""))
        if method == "sendMessage":
            number = str(line["answer"]["message_id"])
            under = str((args.get("reply_parameters") or {}).get("message_id", ""))
            said[f"{chat}/{number}"] = Said("telegram", chat, number, words, under, marked=MARK in words)
        elif method == "editMessageText":
            name = f"{chat}/{args['message_id']}"
            said[name] = replace(said[name], words=words, closed=CLOSED in words)
        else:
            continue
        if not chat.startswith("-"):
            shown.append(Shown(chat, words))
    return list(said.values()), shown


def _words(content: object) -> str:
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def _rows(url: str) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            rows = {
                name: Counter({str(kind): int(number) for kind, number in connection.execute(text(query))})
                for name, query in _ROWS.items()
            }
            order = {str(token): int(seq) for token, seq in connection.execute(text("SELECT token, seq FROM outbox"))}
            return {name: dict(counted) for name, counted in rows.items()}, order
    finally:
        engine.dispose()
