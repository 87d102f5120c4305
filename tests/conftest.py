"""What every test stands on: a world of its own, and no way out of this machine."""

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.encoder_folder import ensure_encoder
from tests.store.postgres import empty_database, running_server
from tests.world import World, open_world

_HERE = {"localhost", "127.0.0.1", "::1", "", None}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and "postgres_server" in item.fixturenames:
            item.add_marker("postgres")


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any test that resolves a name other than localhost, or connects beyond the loopback, fails."""
    resolve = socket.getaddrinfo
    connect = socket.socket.connect

    def guarded_resolve(host: Any, *rest: Any, **options: Any) -> Any:
        assert host in _HERE, "a test looked up a name outside this machine"
        return resolve(host, *rest, **options)

    def guarded_connect(self: socket.socket, address: Any) -> None:
        outside = isinstance(address, tuple) and address[0] not in _HERE
        assert not outside, "a test connected to another machine"
        connect(self, address)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)
    monkeypatch.setattr(socket.socket, "connect", guarded_connect)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with running_server() as address:
        yield address


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty database of this test's own."""
    with empty_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def steps() -> list[tuple[int, int, str]]:
    """What was said while the encoder was built."""
    return []


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, str]]) -> Path:
    """The real encoder, built once for the whole run."""
    folder = tmp_path_factory.mktemp("data") / "encoder"
    ensure_encoder(folder, lambda *step: steps.append(step))
    return folder
