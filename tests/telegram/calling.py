"""Calls of the Bot API without any library, to see its answers as they are."""

from typing import Any

from aiohttp import ClientSession

from tests.telegram.server import FakeTelegram
from tests.telegram.shapes import Json, TelegramError


async def call(telegram: FakeTelegram, method: str, *, token: str = "", **args: Any) -> Any:
    """What stands under result; a refusal is raised."""
    async with ClientSession() as http:
        answer = await http.post(f"{telegram.root}/bot{token or telegram.token}/{method}", json=args)
        body: Json = await answer.json()
    if body["ok"]:
        return body["result"]
    assert answer.status == body["error_code"]
    raise TelegramError(body["error_code"], body["description"], **body.get("parameters", {}))
