"""A request from outside and the answer to it, for adapters that are called instead of calling."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """headers: by their lower-case names, a name that came twice with its values joined by a comma.

    body: the raw bytes, already limited in size; signatures are made over exactly these.
    """

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Door = Callable[[Request], Awaitable[Response]]

Shelf = Callable[[str], Awaitable[Response | None]]
"""What can be fetched by its name: the end of the path. None: there is no such thing."""
