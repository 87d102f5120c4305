"""What `serve` refuses for everybody's sake, and what it opens for whoever watches over it."""

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from bot.app.house import open_house
from bot.app.operators import open_operators_pages
from bot.chat.errors import Misconfigured
from bot.settings import Settings
from tests.command_line.machine import REFUSED, Machine


def test_debug_is_refused_where_real_people_write(founded: Machine) -> None:
    done = founded.yorisoi("serve", settings={"LOG_LEVEL": "DEBUG", "TELEGRAM_TOKEN": "1:AAx"})
    assert done.code == REFUSED
    assert "YORISOI_LOG_LEVEL" in done.err and "YORISOI_MODE=development" in done.err


def test_a_chosen_port_that_is_taken_is_named(founded: Machine) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = {"OPS_PORT": str(taken.getsockname()[1]), "TELEGRAM_TOKEN": "1:AAx"}
        done = founded.yorisoi("serve", settings=settings)
    assert done.code == REFUSED
    assert "YORISOI_OPS_PORT" in done.err and "YORISOI_OPS_HOST" in done.err


async def test_a_port_that_nobody_chose_keeps_nobody_from_serving(tmp_path: Path) -> None:
    with socket.socket() as taken:
        with suppress(OSError):  # then somebody else has it, which is as good
            taken.bind(("127.0.0.1", 8081))
            taken.listen()
        async with open_house(Settings(data_dir=tmp_path)) as house, open_operators_pages(house):
            pass
        async with open_house(Settings(data_dir=tmp_path, ops_port=8081)) as house:
            with pytest.raises(Misconfigured):
                async with open_operators_pages(house):
                    pass
        async with open_house(Settings(data_dir=tmp_path, ops_port=0)) as house, open_operators_pages(house):
            pass
