"""The process that is killed while somebody leaves: a whole house on a real folder, and places that outlive it."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app.mirror import NAME
from bot.chat import moments
from bot.chat.events import Address, Press
from bot.chat.messages import Message
from bot.store import drafts, outbox
from bot.store.erased_log import ErasedLog
from bot.store.outbox import Letter
from bot.store.packing import message_from_dict, message_to_dict
from bot.store.session import Session
from tests.store.community import dump
from tests.world import FakePlatform, Person, Posted, World, open_world

HERS = ("夜になると不安で、電話が鳴るのがこわいです。", "訪問の間隔をどう決めればよいでしょうか。")
SAID, THANKS, HALF = (
    "うちの町では月に一度にしています。",
    "ありがとうございます、やってみます。",
    "まだ誰にも見せていないことばです。",
)
OTHERS, OTHERS_REPLY = "記録の書き方に迷っています。", "わかります、焦らずにいきましょう。"
HANA, KEN = "telegram-user-hana", "slack-user-ken"
DATA, WALL, FACTS, NOW, ORDER, HITS = "data", "wall.jsonl", "facts.json", "now", "order.json", "hits.json"


class Wall(FakePlatform):
    """A platform whose chats stand in a file: what it was given stays, whoever is killed."""

    def __init__(self, name: str, file: Path, *, dialogs: bool) -> None:
        super().__init__(name, dialogs=dialogs)
        self._file = file
        for line in file.read_text().splitlines() if file.exists() else ():
            self._stand(**json.loads(line))

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        reference = replacing or f"{self.name}-{len(self.keys) + 1}"
        line: dict[str, Any] = {"platform": self.name, "key": key, "reference": reference, "channel": address.channel}
        line["message"] = message_to_dict(message)
        with self._file.open("a") as file:
            file.write(f"{json.dumps(line)}\n")
        self._stand(**line)
        return reference

    def _stand(self, *, platform: str, key: str, reference: str, channel: str, message: dict[str, Any]) -> None:
        if platform != self.name:
            return
        self.keys[key] = reference
        self.posts = [each for each in self.posts if each.reference != reference]
        self.posts.append(Posted(reference, Address(platform, "team", channel), message_from_dict(message)))


async def _at_home(world: World, folder: Path) -> None:
    """The world as it was left: what stands in the chats, and the time."""
    world.slack = Wall("slack", folder / WALL, dialogs=True)
    world.telegram = Wall("telegram", folder / WALL, dialogs=False)
    world.house.adapters.update({"slack": world.slack, "telegram": world.telegram})
    clock: Any = world.house.clock
    moved = folder / NOW
    if moved.exists():
        clock.moment = datetime.fromisoformat(moved.read_text())
    real = clock.advance

    def advance(by: timedelta) -> None:
        real(by)
        moved.write_text(clock.moment.isoformat())

    clock.advance = advance


async def prepare(folder: Path) -> None:
    """Two worries, a reply to ken's and one to ken, a vote, a draft, and a letter that waits for her."""
    (folder / DATA).mkdir(parents=True)
    async with open_world(folder / DATA) as world:
        await _at_home(world, folder)
        await world.group(world.slack, "広場")
        hana, ken = await world.person("hana", world.telegram), await world.person("ken", world.slack)
        first, _, others = [await _shares(*each) for each in ((hana, HERS[0]), (hana, HERS[1]), (ken, OTHERS))]
        await _replies(ken, first, OTHERS_REPLY)
        await hana.presses("ひらく")
        await hana.presses("返事を書く")
        await hana.fills(THANKS)
        await _replies(hana, others, SAID)
        before = await world.house.database.read(dump)
        await world.house.database.write(lambda session: _unfinished(session, hana, world))
        after = await world.house.database.read(dump)
        (folder / FACTS).write_text(json.dumps(_sealed(before, after, others)))


async def _shares(person: Person, words: str) -> str:
    await person.commands("worry")
    await person.fills(words)
    await person.presses("この内容で届ける")
    return next(post.message for post in person.world.slack.posts if post.message.quote == words).buttons[0].argument


async def _replies(person: Person, worry: str, words: str) -> None:
    await person.does(Press("worry.reply", worry))
    await person.fills(words)


def _unfinished(session: Session, hana: Person, world: World) -> None:
    address, now = world.event(hana, Press("x")).private, world.house.clock()
    drafts.keep(session, address, "resting", {"answers": {"text": HALF}}, now)
    outbox.put(session, Letter("waits", address, Message(body=HALF), now + timedelta(days=3), alone=True))


def _sealed(before: dict[str, Any], after: dict[str, Any], others: str) -> list[str]:
    """Everything sealed that is hers, in hex: gone means that not even these bytes are left. What was replied to her
    goes with her worry."""
    hers = [row["wrapped"] for row in after["itemkey"] if row["item"] != others]
    hers += [value for row in after["worry"] if row["id"] != others for value in row.values()]
    hers += [row[part] for row in after["answer"] for part in ("body", "return_address")]
    hers += [value for row in after["draft"] for value in row.values()]
    hers += [row["letter"] for row in after["outbox"] if row not in before["outbox"]]
    return [value.hex() for value in hers if isinstance(value, bytes) and value]


async def leave(folder: Path) -> None:
    """She leaves, and a day passes; from wherever it stands."""
    async with open_world(folder / DATA) as world:
        await _at_home(world, folder)
        house = world.house
        await house.mirror.begin(house.clock())
        await house.pipeline.resume(house.clock())
        hana = Person(world, world.telegram, HANA)
        await house.pipeline.dispatch(world.event(hana, Press("mydata.erased"), "leaving"))
        await house.settled()
        await house.runner.tick()
        (folder / HITS).write_text(json.dumps(hits(folder)))
        await house.advance(timedelta(days=1))


def hits(folder: Path) -> list[str]:
    """In which files something of hers still stands: her words, her id, or the bytes of what was sealed for her."""
    sought = [bytes.fromhex(each) for each in json.loads((folder / FACTS).read_text())]
    sought += [words.encode() for words in (*HERS, SAID, THANKS, HALF, HANA)]
    files = [file for file in sorted((folder / DATA).iterdir()) if file.is_file()]
    return [f"{file.name}: {each[:8].hex()}" for file in files for each in sought if each in file.read_bytes()]


def standing(folder: Path) -> list[str]:
    """What is shown in the group at last."""
    found: dict[str, str] = {}
    for line in map(json.loads, (folder / WALL).read_text().splitlines()):
        if "group" in line["channel"]:
            message = line["message"]
            found[line["reference"]] = message["quote"] or message["body"]
    return sorted(found.values())


class Counter:
    """Writes down every moment that is passed; ends the process at the chosen one."""

    def __init__(self, kill: int) -> None:
        self.passed: list[str] = []
        self._kill = kill

    def __call__(self, moment: str) -> None:
        self.passed.append(moment)
        if len(self.passed) == self._kill:
            os.kill(os.getpid(), signal.SIGKILL)


def play(folder: str, kill: int) -> None:
    """kill: at which passed moment, counted from one; none for zero."""
    counter = Counter(kill)
    moments.watch(counter)
    _around_the_file(counter)
    asyncio.run(leave(Path(folder)))
    (Path(folder) / ORDER).write_text(json.dumps(counter.passed))


def _around_the_file(counter: Callable[[str], None]) -> None:
    real = ErasedLog._append

    def append(self: ErasedLog, rows: Any) -> None:
        counter(f"before {NAME}")
        real(self, rows)
        counter(f"after {NAME}")

    setattr(ErasedLog, "_append", append)  # noqa: B010 - mypy forbids assigning to a method
