"""A community with a past: worries on both platforms, answers back and forth, votes, a half-filled form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import col, select

from bot.chat.events import Address, Press
from bot.store import worries
from bot.store.conference_models import Conference
from bot.store.members import Role
from bot.store.models import Table, Worry
from bot.store.session import Session
from tests.world import Person, World, spoken

WORRIES = (
    "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。",
    "ひとりで担当していて、次に何をすればよいのか迷ってばかりです。",
    "8050の世帯で、親御さんの入院をきっかけに連絡が途絶えてしまいました。",
)
ANSWERS = ("まず手紙を一通、置いてみませんか。", "書いてみます、ありがとうございます。", "いつでも一緒に考えましょう。")
HALF_WRITTEN = "まだ誰にも見せていない下書きの言葉です。"
THEME = "長く会えていない方への手紙"
EVERYWHERE = "つながっているすべての場"

Row = dict[str, Any]
Dump = dict[str, list[Row]]


@dataclass
class Community:
    world: World
    people: dict[str, Person] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    """Which worry (its id) is whose, as only this scene knows."""

    def address(self, name: str) -> Address:
        person = self.people[name]
        return Address(person.platform.name, "team", person.id)

    def moved_to(self, world: World) -> "Community":
        """The same people before a house that opened a copy of the same rows."""
        moved = Community(world, authors=dict(self.authors))
        for here, there in ((self.world.slack, world.slack), (self.world.telegram, world.telegram)):
            there.posts, there.keys = [replace(post) for post in here.posts], dict(here.keys)
        for name, person in self.people.items():
            platform = world.slack if person.platform.name == "slack" else world.telegram
            moved.people[name] = Person(world, platform, person.id)
        world.people = list(moved.people.values())
        return moved

    @property
    def words(self) -> tuple[str, ...]:
        return (*WORRIES, *ANSWERS, HALF_WRITTEN)


async def live(world: World) -> Community:
    """Three open worries, two of them of one author; three answers; a decided conference; a form half filled."""
    community = Community(world)
    for name, platform in (("hanako", world.telegram), ("kenjiro", world.slack), ("mioko", world.slack)):
        community.people[name] = await world.person(name, platform)
    community.people["satomi"] = await world.person("satomi", world.slack, Role.COORDINATOR)
    for platform in (world.slack, world.telegram):
        await world.group(platform, "広場")
    for name, words in zip(("hanako", "mioko", "hanako"), WORRIES, strict=True):
        await share(community, name, words)
    await _talk(community)
    await _confer(community)
    hanako = community.people["hanako"]
    await hanako.commands("worry")
    await hanako.fills(HALF_WRITTEN)
    return community


async def share(community: Community, name: str, words: str) -> None:
    world, person = community.world, community.people[name]
    before = await world.house.database.read(_open_ids)
    await person.commands("worry")
    await person.fills(words, "all" if person.platform.dialogs else EVERYWHERE)
    await person.presses("この内容で届ける")
    (worry_id,) = await world.house.database.read(_open_ids) - before
    community.authors[worry_id] = name


async def _talk(community: Community) -> None:
    hanako, kenjiro, mioko = (community.people[name] for name in ("hanako", "kenjiro", "mioko"))
    first, second, _ = community.authors
    await kenjiro.does(Press("worry.reply", first))
    await kenjiro.fills(ANSWERS[0])
    await hanako.presses("ひらく")
    await hanako.presses("返事を書く")
    await hanako.fills(ANSWERS[1])
    await hanako.does(Press("worry.reply", second))
    await hanako.fills(ANSWERS[2])
    assert mioko.letters, "the author of the second worry is told"


async def _confer(community: Community) -> None:
    satomi = community.people["satomi"]
    await satomi.commands("conference")
    await satomi.presses("日程を相談する")
    await satomi.presses("事例検討会")
    await satomi.fills(THEME, "12/3 14:00\n12/4 10:00")
    conference = await community.world.house.database.read(_conference)
    for name in ("hanako", "kenjiro", "mioko"):
        person = community.people[name]
        await person.does(Press("conference.vote", conference))
        await person.fills(*(("yes", "no") if person.platform.dialogs else ("◯ 行けます", "✕ 行けません")))
    await satomi.does(Press("conference.fix", f"{conference}.1"))


async def close(community: Community, worry_id: str) -> None:
    author = community.people[community.authors[worry_id]]
    await author.does(Press("worry.closed", worry_id), event_id=f"closing {worry_id}")
    assert any("手がかりも消しました" in spoken(message) for message in author.hand)


def _conference(session: Session) -> str:
    return str(session.scalar(select(Conference.id)))


def _open_ids(session: Session) -> set[str]:
    return {row[0] for row in session.rows(select(Worry.id).where(col(Worry.state) == "open"))}


def dump(session: Session) -> Dump:
    """Every row of every table, as whoever steals the file reads it."""
    return {
        table.name: [dict(row._mapping) for row in session.rows(table.select())]
        for table in Table.metadata.sorted_tables
    }


def values(tables: Dump) -> Iterator[tuple[str, Any]]:
    for table, rows in tables.items():
        for row in rows:
            for value in row.values():
                yield table, value


def flat(tables: Dump) -> bytes:
    """All of a dump as bytes, for a search."""
    parts = (value if isinstance(value, bytes) else str(value).encode() for _, value in values(tables))
    return b"\n".join(parts)


def pieces(words: str, length: int = 5) -> Iterator[bytes]:
    """Every run of five characters, in each way that a program may write it down."""
    for start in range(len(words) - length + 1):
        piece = words[start : start + length]
        yield piece.encode()
        yield piece.encode("utf-16-le")
        yield re.sub(r"[^ -~]", lambda found: f"\\u{ord(found[0]):04x}", piece).encode()


def traces(community: Community, content: bytes) -> list[str]:
    """What of anyone stands in these bytes in the open."""
    lower = content.lower()
    names = [name for name, person in community.people.items() if name.encode() in lower or person.id.encode() in lower]
    return names + [words for words in community.words if any(piece in content for piece in pieces(words))]


async def own_worries(community: Community, name: str) -> set[str]:
    address = community.address(name)
    found = await community.world.house.database.read(lambda session: worries.own(session, address))
    return {each.id for each in found}
