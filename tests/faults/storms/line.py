"""The line between the bot and a platform, and the ways in which it fails: asked of the same port all the time."""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

MODES = ("refused", "black hole", "500", "tls error", "slow")
_500 = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_ALERT = b"\x15\x03\x01\x00\x02\x02\x46"
"""What stands in the way of an answer where the other side takes us for somebody it cannot speak with."""


class Line:
    """mode: one of MODES, or nothing where all is well."""

    def __init__(self) -> None:
        self.mode = ""
        self.tries = 0
        self._to = ("", 0)
        self._port = 0
        self._server: asyncio.Server | None = None
        self._wires: set[asyncio.Task[None]] = set()

    async def to(self, url: str) -> str:
        """The address to use instead of this one."""
        parts = urlsplit(url)
        self._to = str(parts.hostname), int(parts.port or 80)
        await self._listen()
        return f"http://127.0.0.1:{self._port}"

    async def fails(self, mode: str) -> None:
        """What is open breaks off, and from now on it is like this."""
        self.mode = mode
        await self._cut()
        if mode == "refused":
            assert self._server
            self._server.close()
            self._server = None

    async def heals(self) -> None:
        self.mode = ""
        await self._cut()
        if self._server is None:
            await self._listen()

    async def close(self) -> None:
        if self._server:
            self._server.close()
        await self._cut()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self._port, backlog=1024)
        self._port = int(self._server.sockets[0].getsockname()[1])

    async def _cut(self) -> None:
        for wire in self._wires:
            wire.cancel()
        await asyncio.gather(*self._wires, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = asyncio.create_task(self._serve(reader, writer))
        self._wires.add(wire)
        wire.add_done_callback(self._wires.discard)
        with suppress(asyncio.CancelledError):
            await wire

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.tries += 1
        try:
            if self.mode == "black hole":
                await asyncio.Event().wait()
            elif self.mode in ("500", "tls error"):
                await reader.readuntil(b"\r\n\r\n")
                writer.write(_500 if self.mode == "500" else _ALERT)
                await writer.drain()
            else:
                await self._pass_on(reader, writer, slow=self.mode == "slow")
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, slow: bool) -> None:
        there, back = await asyncio.open_connection(*self._to)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pour(reader, back))
                group.create_task(_drip(there, writer) if slow else _pour(there, writer))
        except* OSError:
            pass
        finally:
            back.close()


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
        await target.drain()
    target.close()


async def _drip(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """A byte a second."""
    while data := await source.read(1):
        target.write(data)
        await target.drain()
        await asyncio.sleep(1)
