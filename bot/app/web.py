"""The one web entrance: doors for platforms, read a little and handed to the adapter whose path it is; shelves from
which something is fetched by its name; pages for operators, on a port of their own."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot.chat.errors import Misconfigured
from bot.chat.web import Door, Request, Shelf

log = structlog.get_logger()

MOST_BYTES = 1_000_000
"""Of one request; a dialog full of text has a few tens of thousands."""

READ_SECONDS = 10.0
CLOSED = 401
"""For everything that is not let in: no path, no size and no reason can be learned from it."""

LINGER_SECONDS = 0.5
"""How long what a refused caller still sends is thrown away, so that they can read the answer."""

_QUIET = logging.getLogger("yorisoi.web")
"""For aiohttp: it prints what it could not read, with a traceback."""
_QUIET.disabled = True


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    kind: str
    body: str


Pages = Mapping[str, Callable[[], Awaitable[Page]]]


@asynccontextmanager
async def open_doors(
    doors: Mapping[str, Door], host: str, port: int, shelves: Mapping[str, Shelf] | None = None
) -> AsyncIterator[None]:
    """Serves while the body runs; nothing at all where there are no doors. Raises Misconfigured where it cannot.

    shelves: by the beginning of the path, what can be fetched there without knocking."""
    if not doors and not shelves:
        yield
        return
    async with _open(_entrance(doors, shelves or {}), host, port, "HTTP"):
        yield


@asynccontextmanager
async def open_pages(pages: Pages, host: str, port: int) -> AsyncIterator[None]:
    """Beside the doors and never through them; nothing at all where the port is 0. Raises Misconfigured."""
    if not port:
        yield
        return
    async with _open(_gallery(pages), host, port, "OPS"):
        yield


@asynccontextmanager
async def _open(application: web.Application, host: str, port: int, settings: str) -> AsyncIterator[None]:
    runner = web.AppRunner(
        application,
        access_log=None,
        logger=_QUIET,
        handle_signals=False,
        auto_decompress=False,
        lingering_time=LINGER_SECONDS,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise Misconfigured(
            f"YORISOI_{settings}_PORT",
            f"{host}:{port} cannot be opened ({type(error).__name__}).",
            f"give a port that nothing else uses, and an address of this machine as YORISOI_{settings}_HOST.",
        ) from None
    try:
        yield
    finally:
        await runner.cleanup()


def _gallery(pages: Pages) -> web.Application:
    async def show(request: web.Request) -> web.Response:
        page = pages.get(request.path) if request.method == "GET" else None
        if page is None:
            return web.Response(status=404)
        shown = await page()
        return web.Response(status=shown.status, body=shown.body.encode(), headers={"Content-Type": shown.kind})

    return _answering(show)


def _entrance(doors: Mapping[str, Door], shelves: Mapping[str, Shelf]) -> web.Application:
    async def knock(request: web.Request) -> web.Response:
        for beginning, shelf in shelves.items():
            if request.path.startswith(beginning):
                return await _fetched(request, shelf, request.path.removeprefix(beginning))
        door = doors.get(request.path) if request.method == "POST" else None
        body = await _read(request) if door else None
        if door is None or body is None:
            return _closed()
        try:
            answer = await door(Request(_headers(request), body))
        except Exception as error:
            log.error("request failed", error=type(error).__name__)
            return web.Response(status=500)
        if answer.status == CLOSED:
            return _closed()
        return web.Response(status=answer.status, body=answer.body, headers=dict(answer.headers))

    return _answering(knock)


async def _fetched(request: web.Request, shelf: Shelf, name: str) -> web.Response:
    """The name may be a secret: it stands in no log. One answer for whatever is not there; 401 would ask programs that
    read calendars for a password."""
    try:
        found = await shelf(name) if request.method in ("GET", "HEAD") else None
    except Exception as error:
        log.error("request failed", error=type(error).__name__)
        return web.Response(status=500)
    if found is None:
        return _closed(404)
    return web.Response(status=found.status, body=found.body, headers=dict(found.headers))


def _answering(answer: Callable[[web.Request], Awaitable[web.Response]]) -> web.Application:
    async def without_versions(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Server"] = "yorisoi"

    application = web.Application(client_max_size=MOST_BYTES)
    application.on_response_prepare.append(without_versions)
    application.router.add_route("*", "/{path:.*}", answer, expect_handler=_expected)
    return application


async def _expected(request: web.Request) -> web.Response | None:
    if request.headers.get("Expect", "").lower() != "100-continue":
        return _closed()
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    return None


async def _read(request: web.Request) -> bytes | None:
    """The whole body; None where it is too large, too slow, or packed to become larger."""
    if request.headers.get("Content-Encoding") or (request.content_length or 0) > MOST_BYTES:
        return None
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await request.read()
    except (TimeoutError, web.HTTPException, ConnectionError, ValueError):
        return None


def _closed(status: int = CLOSED) -> web.Response:
    response = web.Response(status=status, headers={"Cache-Control": "no-store"})
    response.force_close()  # what is still on its way is thrown away, and not for long
    return response


def _headers(request: web.Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        name = name.lower()
        found[name] = f"{found[name]},{value}" if name in found else value
    return found
