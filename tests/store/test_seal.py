"""Keys are kept safely, sealed values open in their own place only, and tokens link nothing."""

import stat
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nacl.utils import random

from bot.chat.errors import Misconfigured
from bot.chat.events import Address
from bot.store.items import Item
from bot.store.keyfile import create_keys, read_keys
from bot.store.seal import Box, Keys, WrongKey, pack_address, unpack_address
from tests.store.people import HANA, KEN, KEYS

ANY_TEXT = st.text(st.characters(), max_size=40)
LONG_TEXT = st.text(st.characters(), min_size=200, max_size=600)
ADDRESSES = st.builds(Address, ANY_TEXT, ANY_TEXT, ANY_TEXT | LONG_TEXT, ANY_TEXT)
ORDINARY_ID = st.text("ABCDEFGHJKMNPQRSTUVWXYZ0123456789-._@", max_size=40)
ORDINARY = st.builds(Address, st.sampled_from(["slack", "telegram", "console"]), ORDINARY_ID, ORDINARY_ID, ORDINARY_ID)
PARTS = st.lists(ANY_TEXT, max_size=3).map(tuple)


def test_a_new_key_is_for_its_owner_alone_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "yorisoi.key"
    made = create_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_keys(path).fingerprint() == made.fingerprint()
    assert create_keys(tmp_path / "other.key").fingerprint() != made.fingerprint()


def test_a_key_is_never_written_over_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "yorisoi.key"
    path.write_text("something precious")
    with pytest.raises(FileExistsError):
        create_keys(path)
    assert path.read_text() == "something precious"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610])
def test_a_key_that_others_may_read_is_refused_with_the_fix(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "yorisoi.key"
    create_keys(path)
    path.chmod(mode)
    with pytest.raises(Misconfigured) as refused:
        read_keys(path)
    assert refused.value.setting == "YORISOI_KEY_FILE"
    assert refused.value.fix == f"chmod 600 {path}"
    path.chmod(0o600)
    read_keys(path)


@pytest.mark.parametrize(
    ("content", "fix"),
    [
        (b"", "put the right file back."),
        (b"abcdef", "put the right file back."),
        (b"00" * 31, "put the right file back."),
        (b"00" * 33, "put the right file back."),
        (b"g" * 64, "put the right file back."),
        (b"\xff\xfe" * 32, "check its owner and contents."),
    ],
)
def test_a_file_that_holds_no_key_is_refused_with_the_fix(tmp_path: Path, content: bytes, fix: str) -> None:
    path = tmp_path / "yorisoi.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Misconfigured) as refused:
        read_keys(path)
    assert (refused.value.setting, refused.value.fix) == ("YORISOI_KEY_FILE", fix)
    assert path.read_bytes() == content


def test_a_missing_key_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="never made anew"):
        read_keys(tmp_path / "yorisoi.key")
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_place_of_the_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="check its owner"):
        read_keys(tmp_path)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_master_key_of_another_length_is_none(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(b"k" * length)


@given(st.binary(max_size=100), ANY_TEXT.map(lambda text: text.encode("utf-8", "replace").decode()))
def test_a_sealed_value_opens_in_its_place_and_nowhere_else(plain: bytes, place: str) -> None:
    box, other = Box(b"k" * 32), Box(b"l" * 32)
    sealed = box.seal(plain, place)
    assert box.open(sealed, place) == plain
    assert box.seal(plain, place) != sealed, "the same words sealed twice must not look the same"
    for opener, where in ((box, f"{place}!"), (other, place)):
        with pytest.raises(WrongKey):
            opener.open(sealed, where)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(position: int, flip: int) -> None:
    sealed = bytearray(KEYS.box.seal(b"words of someone", "here"))
    sealed[position % len(sealed)] ^= flip
    with pytest.raises(WrongKey):
        KEYS.box.open(bytes(sealed), "here")


@pytest.mark.parametrize("damaged", [b"", b"x", b"x" * 23, b"x" * 24, b"x" * 40])
def test_what_was_never_sealed_opens_nothing(damaged: bytes) -> None:
    with pytest.raises(WrongKey):
        KEYS.box.open(damaged, "here")


@given(ADDRESSES)
def test_every_address_comes_back_as_it_was(address: Address) -> None:
    assert unpack_address(pack_address(address)) == address
    assert KEYS.box.open_address(KEYS.box.seal_address(address, "p"), "p") == address


@given(ORDINARY, ORDINARY)
def test_the_size_of_a_sealed_address_tells_nothing(one: Address, other: Address) -> None:
    assert len(KEYS.box.seal_address(one, "p")) == len(KEYS.box.seal_address(other, "p"))


@given(ADDRESSES)
def test_even_a_very_long_address_tells_its_size_only_roughly(address: Address) -> None:
    assert len(pack_address(address)) % 256 == 0
    assert len(pack_address(address)) > 0


@given(ANY_TEXT, PARTS, ANY_TEXT, PARTS)
def test_a_token_is_equal_for_equal_things_only(
    purpose: str, parts: tuple[str, ...], other_purpose: str, other_parts: tuple[str, ...]
) -> None:
    assert KEYS.token(purpose, *parts) == KEYS.token(purpose, *parts)
    assume((purpose, parts) != (other_purpose, other_parts))
    assert KEYS.token(purpose, *parts) != KEYS.token(other_purpose, *other_parts)


@given(ANY_TEXT, ANY_TEXT)
def test_parts_of_a_token_cannot_be_shifted_into_one_another(one: str, other: str) -> None:
    assume(other)
    assert KEYS.token("p", one + other) != KEYS.token("p", one, other)
    assert KEYS.token("p" + other, one) != KEYS.token("p", other + one)


@given(st.builds(Address, ANY_TEXT, ANY_TEXT, ANY_TEXT))
def test_one_person_has_another_token_in_every_item(person: Address) -> None:
    one, other = Item("a", random(32)), Item("b", random(32))
    assert one.token(person) == one.token(person)
    assert one.token(person) != other.token(person)


def test_another_master_key_makes_other_tokens() -> None:
    assert Keys(b"a" * 32).token("member", "x") != Keys(b"b" * 32).token("member", "x")


def test_an_item_key_opens_wrapped_for_its_own_item_only() -> None:
    key, wrapped = KEYS.new_item_key("one")
    assert KEYS.item_key("one", wrapped) == key
    with pytest.raises(WrongKey):
        KEYS.item_key("other", wrapped)
    with pytest.raises(WrongKey):
        Keys(b"x" * 32).item_key("one", wrapped)


def test_an_item_seals_each_part_apart() -> None:
    item = Item("one", random(32))
    sealed = item.seal_address(HANA, "author")
    assert item.open_address(sealed, "author") == HANA
    with pytest.raises(WrongKey):
        item.open_address(sealed, "writer:1")
    with pytest.raises(WrongKey):
        Item("two", random(32)).open_address(sealed, "author")
    assert item.token(HANA) != item.token(KEN)
