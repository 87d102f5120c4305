"""F24: thousands of ways to say that somebody is in danger, each with its card in time, and none published."""

import json
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice, product
from pathlib import Path

from sqlalchemy import delete

from bot.chat.messages import Message
from bot.language import danger
from bot.language.danger import Level
from bot.store.models import Draft
from bot.store.session import Session
from tests.faults.report import Figure
from tests.scenarios.ledger import rows
from tests.source import ROOT
from tests.world import Person, open_world

SLOWEST_SECONDS = 2.0
LABELLED = ROOT / "tests" / "data" / "danger_tuning.jsonl"
"""The judged half is not for tests."""

BEFORE = ("", "こんばんは。", "きょうのことです。\n", "はじめて書きます。", "（長文です）", "　", "相談です：")
AFTER = (
    "",
    "どうしたらよいでしょう。",
    "\nすみません、長くなりました。",
    "…",
    "　聞いてください",
    "\n\n以上です。",
    "！",
)


async def drills(folder: Path, *, phrasings: int) -> dict[str, Figure]:
    """What is a sign is said by the labels: how well it is found has figures of its own (docs/quality.md)."""
    texts = flagged()
    with _labels_decide(texts):
        async with open_world(folder) as world:
            await world.group(world.slack, "広場")
            people = await world.person("hana", world.telegram), await world.person("ken", world.slack)
            took = [
                await _says(people[number % 2], number, words) for number, words in enumerate(said(texts, phrasings))
            ]
            published = len(world.slack.posts) + len(world.telegram.posts)
            left = await rows(world)
    slowest = max(took)
    assert slowest <= SLOWEST_SECONDS, f"a card came after {slowest:.1f} s"
    assert published == 0, f"{published} were published"
    assert left["worry"] == left["occurrence"] == left["outbox"] == [], "somebody was told without a yes"
    return {"phrasings": phrasings, "cards": len(took), "slowest_ms": round(1000 * slowest), "published": published}


def flagged() -> dict[str, Level]:
    lines = (json.loads(line) for line in LABELLED.read_text("utf-8").splitlines())
    return {each["text"]: Level(each["level"]) for each in lines if each["level"] != Level.NONE}


def said(texts: Iterable[str], most: int) -> Iterator[str]:
    """Each of them as it is, and in company."""
    return islice((before + text + after for before, after in product(BEFORE, AFTER) for text in texts), most)


async def _says(person: Person, number: int, words: str) -> float:
    """Seconds until the card: of a worry, of plain words, and of a question."""
    deeds: tuple[Callable[[], Awaitable[Message | None]], ...] = (
        lambda: person.fills(words),
        lambda: person.says(words),
        lambda: person.commands("ask", words),
    )
    world, deed = person.world, number % len(deeds)
    if deed == 0:
        await person.commands("worry")
    begun = time.monotonic()
    card = await deeds[deed]()
    seconds = time.monotonic() - begun
    assert card, "no card"
    assert card.buttons[0].action == "danger.self", f"no card for {words[:10]}"
    assert words not in card.body + card.note
    person.hand.clear()
    await world.house.database.write(_forget_forms)
    return seconds


def _forget_forms(session: Session) -> None:
    """A worry that was begun would take the next words for its own."""
    session.run(delete(Draft))


@contextmanager
def _labels_decide(texts: dict[str, Level]) -> Iterator[None]:
    real = danger.level
    danger.level = lambda text: next((level for said, level in texts.items() if said in text), Level.NONE)
    try:
        yield
    finally:
        danger.level = real
