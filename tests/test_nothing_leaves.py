"""Promise 5: nothing leaves the machine but the messages themselves."""

import ast
import re
import socket
from pathlib import Path

import pytest

from tests.source import ROOT

BOT = sorted((ROOT / "bot").rglob("*.py"))
PLATFORMS = {"slack.com", "api.telegram.org", "t.me"}
EXPLAINED = {"example.jp", "bot.example.jp", "core.telegram.org", "api.slack.com", "docs.slack.dev", "prometheus.io"}
EXPLAINED |= {"schemas.openxmlformats.org", "reiki-sanuki.com", "yorisoi.example.jp"}
"""Named in a help text, as the source of a rule or as a namespace; nobody connects there."""

_CLIENTS = ("aiohttp", "httpx", "requests", "urllib.request", "http.client", "urllib3", "slack_sdk", "telegram")
_MAY_CONNECT = ("bot/adapters/slack/", "bot/adapters/telegram/", "bot/app/web.py")


def hosts_in(path: Path) -> set[str]:
    return set(re.findall(r"(?:https?|wss?)://([a-zA-Z0-9.-]+\.[a-z]+)", path.read_text("utf-8")))


def modules_in(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", BOT, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_code_names_no_other_service(path: Path) -> None:
    assert hosts_in(path) <= PLATFORMS | EXPLAINED


@pytest.mark.parametrize("path", BOT, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_platforms_rooms_can_connect(path: Path) -> None:
    speaks = {name for name in modules_in(path) if f"{name}.".startswith(tuple(f"{each}." for each in _CLIENTS))}
    assert not speaks or str(path.relative_to(ROOT)).startswith(_MAY_CONNECT), speaks


def test_a_test_that_tries_fails() -> None:
    with pytest.raises(AssertionError, match="outside this machine"):
        socket.getaddrinfo("example.org", 443)
    with socket.socket() as outgoing, pytest.raises(AssertionError, match="another machine"):
        outgoing.connect(("192.0.2.1", 443))
