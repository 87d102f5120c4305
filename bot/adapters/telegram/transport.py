"""The library's requests over our own HTTP client: each one once, and no address, which holds the token, in any log."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.chat.pausing import seconds_of

SECONDS = 30.0


class NotSent(TelegramError):
    """The connection never stood: nothing was done."""


class Doubtful(TelegramError):
    """The connection broke after we had begun to ask: it may have been done."""


class Refusal(TelegramError):
    """Telegram's own no. retry_after: seconds of a 429, where it said any. moved_to: the group's new id."""

    def __init__(self, code: int, description: str, retry_after: float | None = None, moved_to: str = "") -> None:
        super().__init__(f"http_{code}")
        self.code, self.description, self.retry_after, self.moved_to = code, description, retry_after, moved_to


class Transport(BaseRequest):
    """In place of httpx, which prints every address it asks; refusals are read here, in one place."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        """The session is opened and closed by whoever made it."""

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # every method of the Bot API takes POST
        request_data: RequestData | None = None,
        read_timeout: object = None,  # noqa: ARG002
        write_timeout: object = None,  # noqa: ARG002
        connect_timeout: object = None,  # noqa: ARG002
        pool_timeout: object = None,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        files = request_data.multipart_data if request_data and request_data.contains_files else {}
        return 200, await self.ask(url, request_data.json_parameters if request_data else {}, files=files)

    async def ask(
        self,
        url: str,
        parameters: Mapping[str, str],
        seconds: float | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The raw answer, within so many seconds or the usual ones. files: (name, bytes, type) by the part that holds
        each. Raises Refusal, NotSent or Doubtful."""
        try:
            async with self._session.post(
                url,
                data=_form(parameters, files) if files else dict(parameters),
                timeout=aiohttp.ClientTimeout(total=seconds or SECONDS),
                allow_redirects=False,
            ) as answer:
                body = await answer.read()
                if 200 <= answer.status <= 299:
                    return body
                raise refusal(answer.status, body, answer.headers)
        except aiohttp.ClientConnectorError as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:  # their words may hold the address
            raise Doubtful(type(error).__name__) from None


def _form(parameters: Mapping[str, str], files: Mapping[str, Any]) -> aiohttp.FormData:
    form = aiohttp.FormData(parameters)
    for part, (name, content, kind) in files.items():
        form.add_field(part, content, filename=name, content_type=kind)
    return form


def refusal(status: int, body: bytes, headers: Mapping[str, str]) -> Refusal:
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):  # a page of some proxy
        said = {}
    said = said if isinstance(said, dict) else {}
    parameters = said.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    wait = seconds_of(parameters.get("retry_after", headers.get("Retry-After")))
    moved_to = parameters.get("migrate_to_chat_id") or ""
    return Refusal(status, str(said.get("description") or ""), wait, str(moved_to))
