"""A request written byte by byte, for what no client of any library would send."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Headers = Sequence[tuple[str, str | bytes]]
PATIENCE = 5.0


@dataclass(frozen=True)
class Answer:
    """headers: as they came, the moment left out. closed: the other side hung up after it."""

    status: int
    headers: tuple[str, ...]
    body: bytes
    closed: bool


def head(method: str, path: str, headers: Headers) -> bytes:
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: 127.0.0.1"]
    lines += [
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) for name, value in headers
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def knock(url: str, headers: Headers, body: bytes, *, method: str = "POST", path: str = "") -> Answer:
    """An ordinary request, its length told as it is."""
    told = [("Content-Length", str(len(body))), *headers]
    return await knock_raw(url, head(method, path or urlsplit(url).path, told) + body)


async def knock_raw(url: str, sent: bytes) -> Answer:
    """Sends these bytes and reads one answer, then waits a moment whether the other side hangs up."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        async with asyncio.timeout(PATIENCE):
            writer.write(sent)
            return await _answer(reader)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> Answer:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
    named = dict(line.lower().split(": ", 1) for line in lines)
    body = await reader.readexactly(int(named.get("content-length", "0")))
    closed = named.get("connection") == "close" and await _hangs_up(reader)
    kept = tuple(sorted(line for line in lines if not line.lower().startswith("date:")))
    return Answer(int(first.split()[1]), kept, body, closed)


async def _hangs_up(reader: asyncio.StreamReader) -> bool:
    try:
        return await reader.read(1) == b""
    except ConnectionResetError:
        return True
