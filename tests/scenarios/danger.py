"""Words that show danger, one that only seems to, who writes them, and the card that must come."""

import pytest

from bot.chat.events import Command
from bot.chat.messages import Message
from bot.language import danger
from bot.language.danger import Level
from bot.store import drafts
from tests.scenarios.community import community
from tests.world import Person, World, spoken

SELF = "もう死にたいです。今夜は自分を信じられません。"
CLIENT = "支援している方が、死にたいと言って薬を集めています。"
VIOLENCE = "訪問先で、お父さんが息子さんを毎日殴っています。"
MISTAKEN = "会議が多くて死にそうです。どう減らしていますか。"

_SIGNS = {SELF: Level.SELF_RISK, CLIENT: Level.CLIENT_RISK, VIOLENCE: Level.VIOLENCE, MISTAKEN: Level.SELF_RISK}


@pytest.fixture
def signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a sign is decided elsewhere, with figures of its own; these scenes are about what follows."""
    monkeypatch.setattr(danger, "level", _level)


def _level(text: str) -> Level:
    return next((_SIGNS[each] for each in _SIGNS if each in text), Level.NONE)


YORISOI = "よりそいホットライン 0120-279-338（24時間）"
PLACES_TO_CALL = ("0120-", "119", "110", "189", "保健所", "市町村")


def contacts(card: Message) -> list[str]:
    """The lines that name somebody to turn to."""
    return [line for line in spoken(card).split("\n") if any(each in line for each in PLACES_TO_CALL)]


async def writes_a_worry(person: Person, words: str) -> Message:
    await person.commands("worry")
    card = await person.fills(words)
    assert card
    return card


def is_card(message: Message | None) -> bool:
    return bool(message and [button.action for button in message.buttons][:2] == ["danger.self", "danger.client"])


@pytest.fixture(params=["dialogs", "questions"])
async def author(request: pytest.FixtureRequest, world: World) -> Person:
    hana, ken, _ = await community(world)
    return ken if request.param == "dialogs" else hana


async def held_drafts(person: Person) -> list[drafts.Draft]:
    address = person.world.event(person, Command("menu")).private
    now = person.world.house.clock()
    every = await person.world.house.database.read(lambda session: drafts.every(session, address, now))
    return [draft for draft in every if draft.kind == "held"]
