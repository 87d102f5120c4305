"""The page a calendar reads: over HTTP, for whoever knows the secret, and alike for everybody who does not."""

import logging
from pathlib import Path

import pytest

from bot.app.calendar_page import PREFIX, CalendarPage
from bot.app.house import rules_of
from bot.app.web import open_doors
from bot.chat.errors import Misconfigured
from bot.chat.events import Press
from bot.chat.web import Request, Response
from bot.settings import read_settings
from bot.store import feeds, members
from tests.adapters.slack.house import free_port
from tests.operators.watch import looking_at
from tests.world import World, open_world

ADDRESS = "https://yorisoi.example.jp"


async def secret_of(world: World) -> str:
    hana = await world.person("hana", world.telegram)
    private = world.event(hana, Press("x")).private
    member = await world.house.database.read(lambda session: members.find(session, private))
    assert member
    return await world.house.database.write(lambda session: feeds.renew(session, member.id))


async def no_door(request: Request) -> Response:  # noqa: ARG001
    return Response(200)


async def test_the_page_and_everything_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    port = free_port()
    async with open_world(tmp_path) as world:
        secret, page = await secret_of(world), CalendarPage(world.house)
        shelves = {PREFIX: page.find}
        async with (
            open_doors({"/door": no_door}, "127.0.0.1", port, shelves),
            looking_at(f"http://127.0.0.1:{port}") as watch,
        ):

            async def fetch(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
                async with watch.session.request(method, f"{watch.address}{path}") as response:
                    headers = {name: value for name, value in response.headers.items() if name != "Date"}
                    return response.status, headers, await response.read()

            status, headers, body = await fetch(f"/calendar/{secret}.ics")
            assert status == 200 and body.startswith(b"BEGIN:VCALENDAR\r\n") and b"METHOD:PUBLISH" in body
            assert headers["Content-Type"] == "text/calendar; charset=utf-8"
            assert headers["Cache-Control"] == "private, no-store" and "ETag" not in headers
            assert await fetch(f"/calendar/{secret}.ics", "HEAD") == (200, headers, b"")
            nothing = await fetch(f"/calendar/{'x' * 43}.ics")
            assert nothing[0] == 404 and nothing[2] == b""
            for path, method in (
                (f"/calendar/{secret[:-1]}.ics", "GET"),
                (f"/calendar/{secret}", "GET"),
                (f"/calendar/{secret}.ics/", "GET"),
                (f"/calendar/{secret}.ics", "POST"),
                (f"/calendar/{secret}.ics", "PUT"),
                ("/calendar/", "GET"),
                ("/calendar/..%2F..%2Fetc%2Fpasswd", "GET"),
                (f"/calendar/{'あ' * 43}.ics", "GET"),
                (f"/calendar/{'x' * 4000}.ics", "GET"),
            ):
                assert await fetch(path, method) == nothing, (path, method)
            assert [(await fetch(path))[0] for path in ("/", "/calendar", "/door")] == [401, 401, 401]
            assert (await fetch("/door", "POST"))[0] == 200

            async def fails(*_: object) -> None:
                raise RuntimeError(secret)

            monkeypatch.setattr(world.house.database, "read", fails)
            assert (await fetch(f"/calendar/{secret}.ics"))[0] == 500
    assert secret not in caplog.text


async def test_without_shelves_a_calendar_is_as_closed_as_everything() -> None:
    port = free_port()
    async with open_doors({"/door": no_door}, "127.0.0.1", port), looking_at(f"http://127.0.0.1:{port}") as watch:
        assert await watch.sees(f"/calendar/{'x' * 43}.ics") == (401, "")


@pytest.mark.parametrize(
    "value",
    [
        "http://yorisoi.example.jp", "ftp://example.jp", "yorisoi.example.jp", "https://", "https://a:b@example.jp",
        "https://example.jp/?a=b", "https://example.jp/#a", "https://example.jp:port", "https://例え.jp", "https://[",
        "https://example.jp/a b", "http://localhost.example.jp",
    ],
)  # fmt: skip
def test_an_address_that_would_give_secrets_away_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YORISOI_PUBLIC_URL", value)
    with pytest.raises(Misconfigured) as refused:
        read_settings()
    assert refused.value.setting == "YORISOI_PUBLIC_URL" and "https" in str(refused.value)
    assert value not in str(refused.value).replace("https://yorisoi.example.jp", "").replace("https ", "")


@pytest.mark.parametrize(
    "value", ["https://yorisoi.example.jp", "https://yorisoi.example.jp/bot/", "http://localhost:8080", "http://[::1]"]
)
def test_an_address_that_is_safe_is_taken(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YORISOI_PUBLIC_URL", value)
    assert rules_of(read_settings()).public_url == value.rstrip("/")
