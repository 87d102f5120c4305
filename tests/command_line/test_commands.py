"""Every command in a real process: what it prints, what it ends with, and never a traceback."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import commands, inviting
from bot.app.house import open_house
from bot.chat.errors import Misconfigured
from bot.chat.events import Address, Command, Event
from bot.settings import Settings
from tests.command_line.machine import NO_PLATFORM, NOTHING_FOUND, REFUSED, UNMET, WELL, Done, Machine

COMMANDS = (
    "console",
    "serve",
    "ask",
    "check",
    "when",
    "invite",
    "invitations",
    "acts",
    "migrate",
    "months",
    "doctor",
    "handbook",
)
CODE = re.compile(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}")
GREETING = ":as hana\n/menu\nexpect 何をしましょうか\n"


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
    assert done.stdout.split() == ["invite", "invitations"]
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
        (["invitations", "--revoke"], "--revoke"),
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


async def test_codes_that_are_out_are_listed_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path)

    async def listed(revoke: str = "") -> str:
        assert await inviting.list_or_revoke(settings, revoke) == WELL
        return capsys.readouterr().out

    await commands.invite(settings, "operator", uses=3, expires="7d")
    code = CODE.findall(capsys.readouterr().out)[0]
    before = await listed()
    assert "運用担当　あと3回" in before and code not in before
    assert "調整役として参加できました" in await joins(Machine(tmp_path), code, "hana")
    assert "あと2回" in await listed()
    for wrong in ("zzzzzzzz", before[:4]):
        with pytest.raises(Misconfigured, match="no invitation has this id"):
            await listed(wrong)
    assert "使えなくしました" in await listed(before[:8].upper())
    assert "参加できませんでした" in await joins(Machine(tmp_path), code, "ken")
    assert "いま使える招待コードはありません" in await listed()


def test_the_key_is_for_its_owner_alone(founded: Machine) -> None:
    assert founded.key.stat().st_mode & 0o777 == 0o600


def test_a_question_finds_entries_and_says_where_they_are_from(machine: Machine) -> None:
    done = machine.yorisoi("ask", "訪問しても本人に会えません")
    assert done.code == WELL
    assert "1. " in done.out
    assert "このボットの言葉・公式本文ではありません" in done.out
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
