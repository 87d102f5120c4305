"""The one web entrance: reads a little, from whoever knocks, and hands it to the adapter whose path it is."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.chat.errors import Misconfigured
from bot.chat.web import Door, Request

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


@asynccontextmanager
async def open_doors(doors: Mapping[str, Door], host: str, port: int) -> AsyncIterator[None]:
    """Serves while the body runs; nothing at all where there are no doors. Raises Misconfigured where it cannot."""
    if not doors:
        yield
        return
    runner = web.AppRunner(
        _application(doors),
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
            "YORISOI_HTTP_PORT",
            f"{host}:{port} cannot be opened ({type(error).__name__}).",
            "give a port that nothing else uses, and an address of this machine as YORISOI_HTTP_HOST.",
        ) from None
    try:
        yield
    finally:
        await runner.cleanup()


def _application(doors: Mapping[str, Door]) -> web.Application:
    async def knock(request: web.Request) -> web.Response:
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

    async def without_versions(_: web.Request, response: web.StreamResponse) -> None:
        response.headers["Server"] = "yorisoi"

    application = web.Application(client_max_size=MOST_BYTES)
    application.on_response_prepare.append(without_versions)
    application.router.add_route("*", "/{path:.*}", knock, expect_handler=_expected)
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


def _closed() -> web.Response:
    response = web.Response(status=CLOSED)
    response.force_close()  # what is still on its way is thrown away, and not for long
    return response


def _headers(request: web.Request) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        name = name.lower()
        found[name] = f"{found[name]},{value}" if name in found else value
    return found
