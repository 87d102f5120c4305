"""What `yorisoi handbook` does: a document becomes a draft, a draft answers, an edition goes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.app.house import House, open_house
from bot.chat.errors import Misconfigured, Refused
from bot.knowledge.documents.apart import content_of, read_apart
from bot.knowledge.documents.shape import Unreadable
from bot.language.cleaning import clean, shorten
from bot.routing.taking_in import Found, found_in, store
from bot.settings import Settings
from bot.store import edition_changes, editions
from bot.store.edition_changes import Place
from bot.store.editions import Edition
from bot.store.session import Session
from bot.views.cards import editions as cards
from bot.views.text import Text

T = TypeVar("T")

LONGEST_TITLE = 80
MOST_LINES = 200
"""Of each kind in a comparison."""


async def take_in(settings: Settings, file: Path, title: str) -> int:
    found = await _read(settings, file, shorten(clean(title, lines=False), LONGEST_TITLE))
    async with open_house(settings) as house:
        edition = await _change(house, lambda session: store(session, found, house.clock()))
        _say(cards.found(house.text, found.document.title, found.counts, found.samples))
        _say(house.text("editions.draft_typed", edition=edition))
    return 0


async def _read(settings: Settings, file: Path, title: str) -> Found:
    try:
        content = content_of(file)
        return found_in(await read_apart(file.name, content), content, title)
    except Unreadable as error:
        problem = Text("en", settings.zone)(f"editions.refused.{error.reason}")
        raise Misconfigured(
            "FILE", problem, "nothing was added; give a PDF, DOCX, Markdown, text or CSV file with text in it."
        ) from None


async def show_all(settings: Settings) -> int:
    async with open_house(settings) as house:
        known = await house.database.read(editions.every)
        lines = [cards.line_of(house.text, each) for each in known]
        _say("\n".join(lines) or house.text("editions.none"))
    return 0


async def compare(settings: Settings, first: str, second: str) -> int:
    """1 where they say the same."""
    async with open_house(settings) as house:

        def look(session: Session) -> tuple[Edition, Edition, edition_changes.Changes]:
            new = editions.find(session, first)
            old = editions.find(session, second or editions.answering(session) or "-")
            return new, old, edition_changes.between(session, old.id, new.id)

        new, old, changes = await _look(house, look)
        _say(house.text("editions.compared", new=new.title, old=old.title, new_id=new.id, old_id=old.id))
        _list(house.text, house.text("editions.new"), changes.new)
        _list(house.text, house.text("editions.gone"), changes.gone)
        _list(house.text, house.text("editions.changed"), changes.changed)
        _list(house.text, house.text("editions.moved"), changes.moved)
        _say(house.text("editions.same", count=changes.same))
    return 0


def _list(text: Text, head: str, places: tuple[Place, ...]) -> None:
    if places:
        _say(f"{head} ({len(places)})")
    for place in places[:MOST_LINES]:
        page = text("editions.page", page=place.page) if place.page else ""
        _say("  " + "  ".join(part for part in (place.point, shorten(place.heading, 60), page) if part))
    if len(places) > MOST_LINES:
        _say(f"  … {len(places) - MOST_LINES}")


async def publish(settings: Settings, edition: str) -> int:
    async with open_house(settings) as house:
        now = house.clock()

        def work(session: Session) -> Edition:
            editions.publish(session, edition, now)
            return editions.find(session, edition)

        chosen = await _change(house, work)
        _say(house.text("editions.published", title=chosen.title, edition=chosen.id))
    return 0


async def roll_back(settings: Settings) -> int:
    async with open_house(settings) as house:
        chosen = await _change(house, editions.roll_back)
        _say(house.text("editions.published", title=chosen.title, edition=chosen.id))
    return 0


async def remove(settings: Settings, edition: str, *, for_good: bool) -> int:
    async with open_house(settings) as house:
        gone = await _change(house, lambda session: editions.remove(session, edition, for_good=for_good))
        if for_good:
            await house.database.forget_traces()
        key = "editions.gone_for_good" if for_good else "editions.taken_away"
        _say(house.text(key, title=gone.title, edition=gone.id))
    return 0


async def _change(house: House, work: Callable[[Session], T]) -> T:
    try:
        return await house.database.write(work)
    except Refused as error:
        raise _told(house, error) from None


async def _look(house: House, work: Callable[[Session], T]) -> T:
    try:
        return await house.database.read(work)
    except Refused as error:
        raise _told(house, error) from None


def _told(house: House, error: Refused) -> Misconfigured:
    english = Text("en", house.settings.zone)
    return Misconfigured("EDITION", english(error.key, **error.values), "see: yorisoi handbook list")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
