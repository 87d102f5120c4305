"""To a server, from a server, and from server to server: everything arrives, and life goes on there."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.chat.errors import Misconfigured, RetryLater
from bot.store import moving, readiness, schema
from bot.store.engines import make_engine
from bot.store.seal import Keys
from tests.faults.mover import everything, is_open
from tests.store import community
from tests.store.crowd import fill
from tests.store.people import KEYS
from tests.store.postgres import empty_database
from tests.store.test_moving import change, found, halt, move, next_number
from tests.world import open_world

WORLD_KEYS = Keys(b"k" * 32)
REMINDER = "事例検討会が近づきました"


@pytest.fixture
def there(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def elsewhere(postgres_server: str) -> Iterator[str]:
    with empty_database(postgres_server) as address:
        yield address


def test_to_a_server_to_another_and_back_into_a_file(tmp_path: Path, there: str, elsewhere: str) -> None:
    home, back = (f"sqlite:///{tmp_path / name}" for name in ("home.db", "back.db"))
    found(home, rows=500)
    number = next_number(home)
    change(home, "DELETE FROM outbox WHERE seq = ?", number)
    before = everything(home)
    for source, target in ((home, there), (there, elsewhere), (elsewhere, back)):
        halt(source, target, after=9)
        assert not is_open(source) and not is_open(target)
        assert all(each.equal for each in move(source, target))
        assert everything(target) == before
        assert is_open(target) and not is_open(source)
    assert next_number(back) == number + 1, "no letter gets the number of one that is gone"


async def test_a_communitys_life_goes_on_there(tmp_path: Path, there: str) -> None:
    async with open_world(tmp_path) as before:
        lived = await community.live(before)
        before.slack.broken = [RetryLater("429", after=60)] * 2
        await community.share(lived, "mioko", "明日の訪問が不安です。")
        assert not [post for post in before.slack.posts if post.message.quote == "明日の訪問が不安です。"]
        home = before.house.settings.database
    move(home, there, WORLD_KEYS)
    async with open_world(tmp_path, url=there) as world:
        moved = lived.moved_to(world)
        first, *_ = lived.authors
        await community.close(moved, first)
        assert await community.own_worries(moved, "hanako") == {
            worry for worry, author in lived.authors.items() if author == "hanako" and worry != first
        }
        await world.later(minutes=10)
        posts = [post for post in world.slack.posts if post.message.quote == "明日の訪問が不安です。"]
        assert len(posts) == 1, "what was on its way is delivered once"
        await world.later(days=9)
        reminded = {name: each.letters for name, each in moved.people.items()}
        counted = {name: sum(REMINDER in each.title for each in letters) for name, letters in reminded.items()}
        assert counted == {"hanako": 1, "kenjiro": 1, "mioko": 1, "satomi": 1}


def test_nobody_else_is_at_either(tmp_path: Path, there: str, elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "_PATIENCE_SECONDS", 0.0)
    home = f"sqlite:///{tmp_path / 'home.db'}"
    found(home, rows=200)
    with psycopg.connect(native(there)), pytest.raises(Misconfigured, match=r"--to: others are .* \(1\)"):
        move(home, there)
    assert is_open(home)
    move(home, there)
    with psycopg.connect(native(there)), pytest.raises(Misconfigured, match=r"--from: .*end every yorisoi serve"):
        move(there, elsewhere)
    with psycopg.connect(native(there)), pytest.raises(Misconfigured, match="--from: others"):
        moving.undo(there, KEYS)
    assert is_open(there)


def test_a_connection_that_a_killed_run_left_is_waited_for(tmp_path: Path, there: str) -> None:
    home = f"sqlite:///{tmp_path / 'home.db'}"
    found(home, rows=200)
    with psycopg.connect(native(there), autocommit=True) as left:
        left.execute("SET idle_session_timeout = 400")
        assert all(each.equal for each in move(home, there))


def test_a_server_that_fills_with_something_else_is_refused(tmp_path: Path, there: str) -> None:
    home = f"sqlite:///{tmp_path / 'home.db'}"
    found(home, rows=200)
    with psycopg.connect(native(there), autocommit=True) as other:
        other.execute("CREATE TABLE invoice (number integer)")
    with pytest.raises(Misconfigured, match="--to: tables of another program"):
        move(home, there)
    with psycopg.connect(native(there), autocommit=True) as other:
        other.execute("DROP TABLE invoice")
    engine = make_engine(there, writes=True)
    schema.prepare(engine, KEYS)
    fill(engine, 1)
    engine.dispose()
    with pytest.raises(Misconfigured, match="--to: something is in this database already"):
        move(home, there)
    assert is_open(home)


def native(address: str) -> str:
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
