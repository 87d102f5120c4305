"""The key is replaced while the house is open, on PostgreSQL, where every machine has a key file of its own."""

import shutil
from pathlib import Path

import pytest

from bot.app.rotating import rotate
from bot.chat.errors import Misconfigured
from bot.chat.events import Command
from bot.settings import Settings
from bot.store import members
from bot.store.database import Database
from bot.store.keyfile import read_ring
from bot.store.keyring import KeyFile
from tests.store import rotating
from tests.world import spoken


@pytest.fixture
def settings(postgres_url: str, tmp_path: Path) -> Settings:
    return rotating.settings_of(tmp_path, postgres_url)


async def test_a_community_goes_on_while_its_key_is_replaced(settings: Settings) -> None:
    await rotating.a_community_goes_on_while_its_key_is_replaced(settings)


async def test_an_old_key_links_nobody_afterwards(settings: Settings) -> None:
    await rotating.an_old_key_links_nobody_afterwards(settings)


async def test_a_doubtful_letter_is_waited_for(settings: Settings) -> None:
    await rotating.a_doubtful_letter_is_waited_for(settings)


async def test_a_letter_in_the_air_is_waited_for(settings: Settings) -> None:
    await rotating.a_letter_in_the_air_is_waited_for(settings)


async def test_it_is_prepared_first_because_other_machines_have_files_of_their_own(settings: Settings) -> None:
    async with rotating.house_with_a_key_file(settings):
        before = read_ring(settings.key)
        with pytest.raises(Misconfigured) as refused:
            await rotate(settings)
        assert "--prepare`, copy the key file to each of them" in refused.value.fix
        assert read_ring(settings.key) == before


async def test_a_machine_without_the_new_key_does_nothing_until_it_has_it(settings: Settings, tmp_path: Path) -> None:
    async with rotating.house_with_a_key_file(settings) as world:
        ken = await world.person("kenjiro", world.slack)
        elsewhere = tmp_path / "another machine" / "yorisoi.key"
        elsewhere.parent.mkdir()
        shutil.copy2(settings.key, elsewhere)
        other = Database(settings.database, KeyFile(elsewhere))
        try:
            await rotating.turn_key(settings)
            for reach in (other.read, other.write):
                with pytest.raises(Misconfigured, match="copy it from there"):
                    await reach(members.count)
            shutil.copy2(settings.key, elsewhere)
            assert await other.read(members.count) == await other.write(members.count) == 1
        finally:
            other.close()
        with pytest.raises(Misconfigured, match="put the right key file back"):
            Database(settings.database, KeyFile(_with_another_key(tmp_path)))
        menu = await ken.does(Command("menu"))
        assert menu and "悩みを打ち明ける" in spoken(menu)


def _with_another_key(folder: Path) -> Path:
    file = folder / "other.key"
    file.write_text("0123456789abcdef" * 4)
    file.chmod(0o600)
    return file
