"""The entrance for Slack's requests from outside: genuine ones, once; everything else meets the same closed door.

https://docs.slack.dev/authentication/verifying-requests-from-slack (checked 2026-11-24)
"""

import hashlib
import hmac
import re
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.chat.adapter import Memory
from bot.chat.saying import Saying
from bot.chat.web import Request, Response

log = structlog.get_logger()

PATH = "/slack/events"
WINDOW_SECONDS = 300
CLOSED = Response(401)
"""Without a hint which of the many reasons it was."""

USELESS = Response(400, headers={"X-Slack-No-Retry": "1"})
"""Would be the same at every try."""

NOT_NOTED = Response(503)
STUMBLED = 500
"""Bolt's own status where it could not make sense of a payload; ours is 503."""

_STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)

Dispatching = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Doorway:
    """dispatching: Bolt's own way of an already verified request. Slack's verifier raises on odd headers and logs
    whole bodies, so this one stands before it."""

    def __init__(
        self, secret: str, memory: Memory, dispatching: Dispatching, now: Callable[[], float] = time.time
    ) -> None:
        self._secret, self._memory, self._dispatching, self._now = secret, memory, dispatching, now
        self._saying = Saying("slack")

    async def enter(self, request: Request) -> Response:
        if not self._genuine(request):
            return CLOSED
        answer = await self._answered(request)
        if answer.status not in (200, USELESS.status):  # Slack brings it again, perhaps within the same second
            return answer
        try:
            first = await self._memory.first(f"request:{request.headers['x-slack-signature']}")
        except Exception as error:
            log.error("request not noted", platform="slack", error=type(error).__name__)
            return NOT_NOTED
        # What a replay asks for was done before and is not done again: the inbox knew it. Slack's own immediate retry
        # is refused here too when we died between noting and answering; its next one has a new signature.
        if not first:
            self._saying.warn("request replayed")
            return CLOSED
        return answer

    async def _answered(self, request: Request) -> Response:
        try:
            answered = await self._dispatching(_understood(request))
        except Exception as error:  # no UTF-8, no JSON, or not of this shape: signed, and of no use ever
            self._saying.warn("request not understood", type(error).__name__)
            return USELESS
        if answered.status == STUMBLED:
            self._saying.warn("request not understood")
            return USELESS
        return Response(answered.status, (answered.body or "").encode(), _headers(answered.headers))

    def _genuine(self, request: Request) -> bool:
        """Never raises, whatever the headers hold."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (_STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature)):
            return False
        signed = b":".join((b"v0", stamp.encode(), request.body))
        wanted = hmac.new(self._secret.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={wanted}", signature):
            self._saying.warn("request not genuine")
            return False
        if abs(self._now() - int(stamp)) > WINDOW_SECONDS:
            self._saying.warn("request outside its time: is the clock right?")
            return False
        return True


def _understood(request: Request) -> AsyncBoltRequest:
    """Bolt reads the team, the user and more out of the body at once, and raises whatever comes where it cannot."""
    headers = {name: [value] for name, value in request.headers.items()}
    return AsyncBoltRequest(body=request.body.decode("utf-8"), headers=headers)  # type: ignore[arg-type]


def _headers(headers: Mapping[str, object]) -> dict[str, str]:
    kinds = headers.get("content-type")
    kind = kinds[0] if isinstance(kinds, list | tuple) and kinds else kinds
    return {"Content-Type": str(kind)} if kind else {}
