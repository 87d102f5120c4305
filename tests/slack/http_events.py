"""HTTP mode: signed requests to the app's Request URL, with retries for events."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.slack.blocks import Json
from tests.slack.socket_mode import Kind

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass
class Sent:
    """One request. status 0: no answer; problem: the reason Slack gives for the next try."""

    kind: str
    headers: dict[str, str]
    body: bytes
    status: int = 0
    text: str = ""
    problem: str = ""
    answer_headers: dict[str, str] = field(default_factory=dict)


class HttpEvents:
    """request_url: where the app listens. clock: real time, because the app checks it against its own."""

    ack_seconds = 3.0
    retry_delays: tuple[float, ...] = (0, 60, 300)
    clock: Callable[[], float] = staticmethod(time.time)

    def __init__(self, signing_secret: str, tell: Callable[[], None]) -> None:
        self.signing_secret = signing_secret
        self.request_url = ""
        self.sent: list[Sent] = []
        self._tell = tell
        self._session: ClientSession | None = None

    async def deliver(self, kind: Kind, payload: Json, *, echo: bool = False) -> Json | None:
        """The answer's body ({} when empty), or None when the app did not answer with 200 in time."""
        if echo and not self.request_url:
            return None
        assert self.request_url, "the test sets slack.http.request_url first"
        delays = (0.0, *self.retry_delays) if kind == "events_api" else (0.0,)
        headers: dict[str, str] = {}
        for attempt, delay in enumerate(delays):
            await asyncio.sleep(delay)
            sent = await self._once(kind, payload, headers)
            if sent.status == 200:
                return _answer(sent)
            if sent.answer_headers.get("x-slack-no-retry") == "1":
                return None
            headers = {"X-Slack-Retry-Num": str(attempt + 1), "X-Slack-Retry-Reason": sent.problem}
        return None

    async def _once(self, kind: Kind, payload: Json, more: dict[str, str]) -> Sent:
        body, content_type = _body(kind, payload)
        return await self._send(kind, self.signed(body) | {"Content-Type": content_type} | more, body)

    def signed(self, body: bytes, *, at: float | None = None) -> dict[str, str]:
        """The two headers that prove that a request is Slack's own."""
        stamp = str(int(self.clock() if at is None else at))
        digest = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def send_raw(self, headers: dict[str, str], body: bytes | str) -> Sent:
        """Somebody else's request, just as it is given here."""
        return await self._send("raw", headers, body.encode() if isinstance(body, str) else body)

    async def verify_url(self) -> bool:
        """The handshake of a new Request URL."""
        challenge = "fake-challenge"
        body = json.dumps({"token": "fake", "challenge": challenge, "type": "url_verification"}).encode()
        sent = await self._send("url_verification", self.signed(body) | {"Content-Type": _JSON}, body)
        return sent.status == 200 and challenge in sent.text

    async def _send(self, kind: str, headers: dict[str, str], body: bytes) -> Sent:
        sent = Sent(kind, {"User-Agent": "Slackbot 1.0 (fake)"} | headers, body)
        self.sent.append(sent)
        self._tell()
        try:
            timeout = ClientTimeout(total=self.ack_seconds)
            async with self._open_session().post(
                self.request_url, data=body, headers=sent.headers, allow_redirects=False, timeout=timeout
            ) as answer:
                sent.text, sent.status = await answer.text(), answer.status
                sent.answer_headers = {name.lower(): value for name, value in answer.headers.items()}
                sent.problem = "" if answer.status == 200 else "http_error"
        except TimeoutError:
            sent.problem = "http_timeout"
        except ClientError:
            sent.problem = "connection_failed"
        self._tell()
        return sent

    def _open_session(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(force_close=True, limit=0))
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _body(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), _JSON
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), _FORM


def _answer(sent: Sent) -> Json | None:
    if not sent.text:
        return {}
    if sent.answer_headers.get("content-type", "").startswith(_JSON):
        answer = json.loads(sent.text)
        return answer if isinstance(answer, dict) else {}
    return {"text": sent.text}
