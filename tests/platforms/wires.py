"""Cutting a connection the way a broken network does."""

import socket
import struct

from aiohttp import web

_LINGER_NOT = struct.pack("ii", 1, 0)


def reset(request: web.Request) -> None:
    """Ends the connection this request came on with an RST instead of a goodbye."""
    transport = request.transport
    if transport is not None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        transport.abort()
