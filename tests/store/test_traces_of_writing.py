"""What a server notes of every row by itself: which transaction wrote it, and which one held it last."""

from pathlib import Path

import psycopg

from bot.chat.events import Press
from bot.store.engines import connection_address
from bot.store.members import Role
from tests.world import Person, open_world

OF_PEOPLE = ("member", "vote", "draft")
OF_WORRIES = ("worry", "answer", "itemkey")


async def shares(person: Person, words: str) -> str:
    await person.commands("worry")
    await person.fills(words)
    await person.presses("この内容で届ける")
    return next(post.message for post in person.world.slack.posts if post.message.quote == words).buttons[0].argument


def transactions(url: str, tables: tuple[str, ...]) -> set[int]:
    """Every transaction that these rows still name."""
    with psycopg.connect(connection_address(url)) as thief:
        found = [
            thief.execute(f"SELECT xmin::text::bigint, xmax::text::bigint FROM {table}").fetchall() for table in tables
        ]
    return {number for rows in found for row in rows for number in row} - {0}


async def test_no_row_of_a_person_names_the_transaction_that_wrote_a_worry(postgres_url: str, tmp_path: Path) -> None:
    """Anybody who may read the rows may read these numbers, too."""
    async with open_world(tmp_path, url=postgres_url) as world:
        await world.group(world.slack, "広場")
        hana = await world.person("hana", world.slack, Role.SUPPORTER)
        ken = await world.person("ken", world.telegram, Role.SUPPORTER)
        worry = await shares(hana, "夜になると不安で、電話が鳴るのがこわいです。")
        await ken.does(Press("worry.reply", worry))
        await ken.fills("うちの町では、月に一度にしています。")
        people, worries = (transactions(postgres_url, tables) for tables in (OF_PEOPLE, OF_WORRIES))
    assert people and worries
    assert not people & worries
