"""What a key file holds, and what of it a running house follows."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.chat.errors import Misconfigured
from bot.store import schema
from bot.store.engines import make_engine
from bot.store.keyfile import Ring, create_keys, read_keys, read_ring, replace_ring
from bot.store.keyring import KeyFile
from bot.store.rotation import Hands
from bot.store.seal import WrongKey
from tests.store.test_seal import ANY_TEXT, PARTS


def turned_often(master: bytes, turns: int) -> Ring:
    ring = Ring(master)
    for _ in range(turns):
        ring = ring.finished().turned()
    return ring


RINGS = st.builds(turned_often, st.binary(min_size=32, max_size=32), st.integers(0, 3))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    create_keys(tmp_path / "yorisoi.key")
    return tmp_path / "yorisoi.key"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    opened = make_engine(f"sqlite:///{file.with_name('yorisoi.db')}", writes=True)
    schema.prepare(opened, read_keys(file))
    yield opened
    opened.dispose()


@given(RINGS, ANY_TEXT, PARTS)
def test_a_token_is_turned_without_knowing_what_it_was_made_of(
    ring: Ring, purpose: str, parts: tuple[str, ...]
) -> None:
    token = ring.keys().token(purpose, *parts)
    turned = ring.finished().turned().keys()
    assert turned.turned(token) == turned.token(purpose, *parts) != token
    assert turned.previous and turned.previous.token(purpose, *parts) == token


def test_what_was_sealed_before_opens_until_the_old_key_is_gone() -> None:
    first = Ring(b"k" * 32)
    both = first.turned()
    before, after = first.keys().box.seal(b"words", "here"), both.keys().box.seal(b"words", "here")
    box = both.keys().box
    assert box.open(before, "here") == box.open(after, "here") == b"words"
    assert box.needs_before(before, "here") and not box.needs_before(after, "here")
    assert not box.needs_before(before, "elsewhere")
    for ring, value in ((both.finished(), before), (first, after)):
        with pytest.raises(WrongKey):
            ring.keys().box.open(value, "here")


def test_the_file_begins_with_the_key_as_it_always_did_and_is_replaced_whole(file: Path) -> None:
    plain = read_ring(file)
    assert file.read_text() == plain.master.hex() + "\n"
    for ring in (plain.turned(), plain.turned().finished(), plain.turned().finished().turned()):
        replace_ring(file, ring)
        assert read_ring(file) == ring
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().startswith(ring.master.hex() + "\n")
        assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_link_to_the_key_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(file)
    replace_ring(link, ring := read_ring(file).turned())
    assert link.is_symlink() and read_ring(file) == ring


@pytest.mark.parametrize(
    "more",
    ["tokens", "tokens 00", "old " + "ab" * 32, "old\n", "older " + "ab" * 32, "ab" * 32, "tokens " + "xy" * 32, "\n"],
    ids=lambda more: more[:8].strip() or "empty",
)
def test_a_line_that_belongs_to_no_ring_is_refused(file: Path, more: str) -> None:
    file.write_text(file.read_text() + more + "\nend")
    with pytest.raises(Misconfigured, match="put the right file back"):
        read_ring(file)


def in_use(keys: KeyFile, engine: Engine) -> str:
    with engine.begin() as connection:
        return keys.of(connection).fingerprint()


def test_a_running_house_follows_its_file_and_the_database(file: Path, engine: Engine) -> None:
    keys, ring = KeyFile(file), read_ring(file)
    old = in_use(keys, engine)
    replace_ring(file, turned := ring.turned())
    assert in_use(keys, engine) == old, "until the database is turned"
    hands = Hands(str(engine.url))
    assert hands.turn(turned.keys()) == 0, "there is nobody yet"
    hands.close()
    new = in_use(keys, engine)
    assert new == turned.keys().fingerprint() != old
    replace_ring(file, turned.finished())
    assert in_use(keys, engine) == new


def test_a_house_that_slept_through_a_rotation_finds_itself_in_it(file: Path, engine: Engine) -> None:
    keys, ring = KeyFile(file), read_ring(file).turned()
    hands = Hands(str(engine.url))
    hands.turn(ring.keys())
    hands.close()
    replace_ring(file, ring.finished())
    assert in_use(keys, engine) == ring.keys().fingerprint()


@pytest.mark.parametrize("harm", ["gone", "of another", "damaged", "open to others"])
def test_a_file_that_is_no_use_any_more_changes_nothing_for_a_running_house(
    file: Path, engine: Engine, harm: str
) -> None:
    keys, ring = KeyFile(file), read_ring(file)
    used = in_use(keys, engine)
    match harm:
        case "gone":
            file.unlink()
        case "of another":
            replace_ring(file, Ring(b"x" * 32))
        case "damaged":
            file.write_text("half a li")
        case _:
            file.chmod(0o644)
    assert in_use(keys, engine) == used
    hands = Hands(str(engine.url))
    hands.turn(ring.turned().keys())
    hands.close()
    with pytest.raises(Misconfigured, match="put the right key file back; where"):
        in_use(keys, engine)


def test_a_rotation_that_was_only_prepared_can_be_taken_back(file: Path, engine: Engine) -> None:
    keys, ring = KeyFile(file), read_ring(file)
    used = in_use(keys, engine)
    for prepared in (ring.turned(), ring, ring.turned()):
        replace_ring(file, prepared)
        assert in_use(keys, engine) == used
    assert keys.latest().previous is not None, "the second one is followed as the first was"


def test_a_database_from_before_a_rotation_is_told_from_a_strange_one(file: Path, engine: Engine) -> None:
    ring = read_ring(file).turned().finished()
    with pytest.raises(Misconfigured, match=r"from before the last `yorisoi keys rotate`.*key file of that time"):
        schema.examine(str(engine.url), ring.keys())
    with pytest.raises(Misconfigured, match="put the right key file back"):
        schema.examine(str(engine.url), Ring(b"x" * 32).turned().finished().keys())
