"""The command line as an operator types it: a real process, a folder of its own, and never a traceback."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.house import open_house
from bot.chat.events import Address, Command, Event
from bot.settings import Settings
from tests.source import BOT

COMMANDS = ("console", "serve", "ask", "invite", "doctor")
CODE = re.compile(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}")
WELL, NOTHING_FOUND, UNMET, ILL, REFUSED, NO_PLATFORM = 0, 1, 1, 1, 2, 3
NO_SETTINGS: Mapping[str, str] = {}
GREETING = ":as hana\n/menu\nexpect 何をしましょうか\n"


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass(frozen=True)
class Machine:
    """One folder of data, and a shell before it."""

    data: Path

    def yorisoi(self, *words: str | bytes, stdin: bytes = b"", settings: Mapping[str, str] = NO_SETTINGS) -> Done:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("YORISOI_")}
        chosen = {f"YORISOI_{name}": value for name, value in {"DATA_DIR": str(self.data), **settings}.items()}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env={**inherited, **chosen, "COLUMNS": "200"},
            cwd=self.data.parent,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )
        result = Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in result.said, result.err
        return result

    @property
    def key(self) -> Path:
        return self.data / "yorisoi.key"

    @property
    def database(self) -> Path:
        return self.data / "yorisoi.db"


@pytest.fixture(scope="session")
def first_question(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Done]:
    """Asked where there was nothing yet; what it builds is lent to the other tests."""
    machine = Machine(tmp_path_factory.mktemp("first") / "data")
    return machine, machine.yorisoi("ask", "訪問しても本人に会えません")


@pytest.fixture
def machine(tmp_path: Path, first_question: tuple[Machine, Done]) -> Machine:
    """Set up already, so that nobody waits for the encoder."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "encoder").symlink_to(first_question[0].data / "encoder")
    return Machine(data)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A house that was opened once: it has a key and a database."""
    machine = Machine(tmp_path_factory.mktemp("founded") / "data")
    assert machine.yorisoi("invite", "--role", "supporter").code == WELL
    return machine


@pytest.fixture
def lived_in(machine: Machine, founded: Machine) -> Machine:
    for file in (founded.key, founded.database):
        shutil.copy2(file, machine.data)
    return machine


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in COMMANDS)], ids=lambda words: " ".join(words) or "yorisoi"
)
def test_help_everywhere(tmp_path: Path, command: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    done = Machine(data).yorisoi(*command, "--help")
    assert done.code == WELL
    assert "Usage:" in done.out
    assert command or all(name in done.out for name in COMMANDS)
    assert not data.exists(), "asking for help changes nothing"


def test_the_shell_completes_commands(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("yorisoi")
    asked = {"_YORISOI_COMPLETE": "complete_bash", "COMP_WORDS": "yorisoi in", "COMP_CWORD": "1"}
    done = subprocess.run(
        [program], env={**os.environ, **asked}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["invite"]
    assert "--install-completion" in Machine(tmp_path / "data").yorisoi("--help").out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["invite"], "--role"),
        (["invite", "--role", "king"], "--role"),
        (["invite", "--role", ""], "--role"),
        (["invite", "--role", "stranger"], "--role"),
        (["invite", "--role", "supporter", "--uses", "0"], "--uses"),
        (["invite", "--role", "supporter", "--uses", "many"], "--uses"),
        (["invite", "--role", "supporter", "--uses", "1000000"], "--uses"),
        (["invite", "--role", "supporter", "--expires", "soon"], "--expires"),
        (["invite", "--role", "supporter", "--expires", "0d"], "--expires"),
        (["invite", "--role", "supporter", "--expires", "-1d"], "--expires"),
        (["invite", "--role", "supporter", "--expires", "9999w"], "--expires"),
        (["invite", "--role", "supporter", "--expires", "７d"], "--expires"),
        (["ask"], "QUESTION"),
        (["sing"], "sing"),
        (["serve", "--loudly"], "--loudly"),
    ],
    ids=" ".join,
)
def test_a_wrong_word_is_named_and_nothing_is_stored(tmp_path: Path, words: list[str], named: str) -> None:
    machine = Machine(tmp_path / "data")
    done = machine.yorisoi(*words)
    assert done.code == REFUSED
    assert named in done.err
    assert not machine.database.exists()


async def joins(machine: Machine, code: str, name: str) -> str:
    """What somebody who sends this code to the bot reads first."""
    async with open_house(Settings(data_dir=machine.data)) as house:
        address = Address("console", "demo", name)
        event = Event(f"{name}-1", name, address, True, False, datetime.now(UTC), Command("join", code))
        reply = await house.pipeline.dispatch(event)
        assert reply and reply.message
        return f"{reply.message.title}{reply.message.body}"


async def test_a_printed_code_lets_as_many_in_as_it_says(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "data")
    done = machine.yorisoi("invite", "--role", "coordinator", "--uses", "2", "--expires", "12h")
    assert done.code == WELL
    code = CODE.findall(done.out)[0]
    assert "調整役として参加できました" in await joins(machine, code, "hana")
    assert "調整役として参加できました" in await joins(machine, code.upper(), "ken")
    assert "参加できませんでした" in await joins(machine, code, "yuki")
    assert code.encode() not in b"".join(file.read_bytes() for file in machine.data.iterdir() if file.is_file())


def test_the_key_is_for_its_owner_alone(founded: Machine) -> None:
    assert founded.key.stat().st_mode & 0o777 == 0o600


def test_a_question_finds_entries_and_says_where_they_are_from(machine: Machine) -> None:
    done = machine.yorisoi("ask", "訪問しても本人に会えません")
    assert done.code == WELL
    assert "1. " in done.out
    assert "出どころ" in done.out
    assert done.err == ""


def test_a_question_that_nothing_fits_gets_an_honest_nothing(machine: Machine) -> None:
    done = machine.yorisoi("ask", "パンをおいしく焼くオーブンの温度は")
    assert done.code == NOTHING_FOUND
    assert "見つかりませんでした" in done.out
    assert "出どころ" not in done.out


@pytest.mark.parametrize("question", [b"", b"  \xe3\x80\x80", b"\xe2\x80\x8b\x01"], ids=["empty", "blank", "unseen"])
def test_no_question_is_answered_with_how_to_ask(tmp_path: Path, question: bytes) -> None:
    done = Machine(tmp_path / "data").yorisoi("ask", question)
    assert done.code == NOTHING_FOUND
    assert "ふだんのことばで" in done.out


@pytest.mark.parametrize("question", [b"\xed\xa0\x80\xff \xff", "長い".encode() * 20_000], ids=["no UTF-8", "long"])
def test_a_strange_question_is_no_accident(machine: Machine, question: bytes) -> None:
    assert machine.yorisoi("ask", question).code in (WELL, NOTHING_FOUND)


def test_the_first_question_builds_what_it_needs_and_says_so(first_question: tuple[Machine, Done]) -> None:
    _, done = first_question
    assert done.code == WELL
    assert [line.partition("（")[2][:3] for line in done.err.splitlines()] == ["1/4", "2/4", "3/4", "4/4"]


def test_serve_says_plainly_what_is_missing(tmp_path: Path) -> None:
    done = Machine(tmp_path / "data").yorisoi("serve")
    assert done.code == NO_PLATFORM
    assert "yorisoi console" in done.err
    assert "Slack" in done.err and "Telegram" in done.err


@pytest.mark.parametrize(
    ("setting", "value", "hint"),
    [
        ("TIMEZONE", "Secret/Zone", "Asia/Tokyo"),
        ("TIMEZONE", "../secret", "Asia/Tokyo"),
        ("LOG_LEVEL", "secret", "WARNING"),
        ("HTTP_PORT", "secret", "integer"),
        ("HTTP_PORT", "70000", "65535"),
        ("LANGUAGE", "secret", "'ja' or 'en'"),
    ],
)
def test_a_wrong_setting_is_named_and_never_echoed(tmp_path: Path, setting: str, value: str, hint: str) -> None:
    machine = Machine(tmp_path / "data")
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = machine.yorisoi(command, settings={setting: value})
        assert done.code == code
        assert f"YORISOI_{setting}" in done.said
        assert hint in done.said
        assert "deploy/env.example" in done.said
        assert value not in done.said
    assert not machine.data.exists()


def test_an_empty_setting_is_the_default(tmp_path: Path) -> None:
    empty = dict.fromkeys(["DATABASE_URL", "KEY_FILE", "TIMEZONE", "LANGUAGE", "LOG_LEVEL", "HTTP_PORT"], "")
    assert Machine(tmp_path / "data").yorisoi("serve", settings=empty).code == NO_PLATFORM


def test_doctor_finds_a_healthy_house(lived_in: Machine) -> None:
    done = lived_in.yorisoi("doctor")
    assert done.code == WELL
    assert len(re.findall("^✓ ", done.out, re.MULTILINE)) == 5
    assert "✗" not in done.out


def test_doctor_finds_nothing_wrong_before_the_first_start(machine: Machine) -> None:
    assert machine.yorisoi("doctor").code == WELL
    assert [path.name for path in machine.data.iterdir()] == ["encoder"], "looking changes nothing"


def lose_key(machine: Machine) -> None:
    machine.key.unlink()


def other_key(machine: Machine) -> None:
    machine.key.write_text("5ec7e7" * 10 + "5ec7")


def no_key(machine: Machine) -> None:
    machine.key.write_text("secret")


def open_key(machine: Machine) -> None:
    machine.key.chmod(0o644)


def not_a_database(machine: Machine) -> None:
    machine.database.write_bytes(b"secret" * 2_000)


def damage(machine: Machine) -> None:
    pages = bytearray(machine.database.read_bytes())
    pages[8_192:40_960] = bytes(number * 7 % 251 for number in range(40_960 - 8_192))
    machine.database.write_bytes(pages)


def from_the_future(machine: Machine) -> None:
    with sqlite3.connect(machine.database) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
    rows.close()


@pytest.mark.parametrize(
    ("harm", "setting", "fix"),
    [
        (lose_key, "YORISOI_KEY_FILE", "put the key file of this database back"),
        (other_key, "YORISOI_KEY_FILE", "put the right key file back"),
        (no_key, "YORISOI_KEY_FILE", "put the right file back"),
        (open_key, "YORISOI_KEY_FILE", "chmod 600"),
        (not_a_database, "YORISOI_DATABASE_URL", "restore the last backup"),
        (damage, "YORISOI_DATABASE_URL", "restore the last backup"),
        (from_the_future, "YORISOI_DATABASE_URL", "start that version"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_harmed_house_is_not_opened_and_doctor_says_how_to_mend_it(
    lived_in: Machine, harm: Callable[[Machine], None], setting: str, fix: str
) -> None:
    harm(lived_in)
    before = {path: path.read_bytes() for path in (lived_in.key, lived_in.database) if path.exists()}
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = lived_in.yorisoi(command)
        assert done.code == code
        assert setting in done.said
        assert fix in done.said
        assert "secret" not in done.said
    assert before == {path: path.read_bytes() for path in (lived_in.key, lived_in.database) if path.exists()}


UNREACHABLE = [
    ("DATA_DIR", "file"),
    ("DATA_DIR", "x" * 300),
    ("KEY_FILE", "file/key"),
    ("KEY_FILE", "x" * 300),
    ("DATABASE_URL", "secret"),
    ("DATABASE_URL", "mysql://secret@127.0.0.1/x"),
    ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x"),
    ("DATABASE_URL", "sqlite:///file/below.db"),
    ("DATABASE_URL", "sqlite:///" + "x" * 300),
]


@pytest.mark.parametrize(("setting", "value"), UNREACHABLE, ids=lambda value: value[:40])
def test_what_cannot_be_reached_is_named_with_the_fix(machine: Machine, setting: str, value: str) -> None:
    (machine.data.parent / "file").touch()
    for command, code in (("doctor", ILL), ("serve", REFUSED)):
        done = machine.yorisoi(command, settings={setting: value})
        assert done.code == code
        assert f"YORISOI_{setting}" in done.said
        assert "secret" not in done.said


def test_a_scene_is_played_from_a_file_and_from_standard_input(machine: Machine, tmp_path: Path) -> None:
    scene = tmp_path / "a.scene"
    scene.write_text(GREETING, "utf-8-sig")
    from_file = machine.yorisoi("console", "--script", str(scene))
    piped = machine.yorisoi("console", "--script", "-", stdin=GREETING.encode())
    assert (from_file.code, piped.code) == (WELL, WELL)
    assert "何をしましょうか" in piped.out
    assert from_file.err == piped.err == ""


def test_an_unmet_expectation_ends_the_scene_and_names_its_line(machine: Machine) -> None:
    done = machine.yorisoi("console", "--script", "-", stdin=f"{GREETING}expect 虹\n/help\n".encode())
    assert done.code == UNMET
    assert "-:4:" in done.out
    assert "虹" in done.out.partition("-:4:")[2]
    assert "/help" not in done.out, "nothing is played after it"


def test_a_scene_that_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "data")
    (tmp_path / "sjis.scene").write_bytes("広場へ".encode("shift_jis"))
    for script, stdin in (("nowhere.scene", b""), (".", b""), ("sjis.scene", b""), ("-", b"\xff\xfe")):
        done = machine.yorisoi("console", "--script", script, stdin=stdin)
        assert done.code == REFUSED
        assert "--script" in done.err and "UTF-8" in done.err
    assert not (machine.data / "encoder").exists()


def test_a_slip_in_the_handbook_is_named_by_file_and_line(machine: Machine) -> None:
    shutil.copytree(BOT, machine.data.parent / "bot")  # found first from there
    file = machine.data.parent / "bot" / "knowledge" / "handbook" / "frame.ja.toml"
    file.write_text(file.read_text("utf-8").replace("title = ", "titel = ", 1), "utf-8")
    for words, code in ((["doctor"], ILL), (["ask", "訪問"], REFUSED), (["console", "--script", "-"], REFUSED)):
        done = machine.yorisoi(*words)
        assert done.code == code
        assert re.search(r"frame\.ja\.toml, line \d+, entry .+titel", done.said)
