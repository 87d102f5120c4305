"""Webhook mode: updates posted to the bot's URL with the secret, again and again until it says yes."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from tests.telegram.shapes import Json
from tests.telegram.update_queue import UpdateQueue, Waiting

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_DELAY = 60
LONGEST_RETRY_AFTER = 3_600


@dataclass
class Sent:
    """One request. status 0: no answer."""

    update_id: int
    headers: dict[str, str]
    body: bytes
    status: int = 0
    text: str = ""
    answer_headers: dict[str, str] = field(default_factory=dict)


class Webhook:
    """second: how long a second between two tries takes. sent: every request, in order.

    set_pause: setting it again within this time is refused.

    Updates of one lane (a chat, a person's presses) go one after the other, lanes go side by side.
    """

    second = 1.0
    answer_seconds = 60.0
    set_pause = 1.0

    def __init__(self, queue: UpdateQueue, now: Callable[[], datetime], tell: Callable[[], None]) -> None:
        self.url, self.secret, self.max_connections = "", "", 40
        self.sent: list[Sent] = []
        self.last_error, self.last_error_date = "", 0
        self.may_be_set = 0.0
        self.method_in_answer: Callable[[Json], None] | None = None
        self._queue, self._now, self._tell = queue, now, tell
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        self._slots = asyncio.Semaphore(self.max_connections)
        queue.listeners.append(self._wake)

    def set(self, url: str, secret: str, max_connections: int) -> None:
        """The same once more changes nothing."""
        if (url, secret, max_connections) == (self.url, self.secret, self.max_connections):
            return
        self.stop()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self._queue.polled = False
        self.last_error, self.last_error_date = "", 0
        self._slots = asyncio.Semaphore(max_connections)
        for lane in self._queue.lanes:
            self._wake(lane)

    def stop(self) -> None:
        """Nothing is sent any more; what waits goes on waiting."""
        self.url, self.secret, self._queue.polled = "", "", True
        for task in self._lanes.values():
            task.cancel()
        self._lanes.clear()

    def _wake(self, lane: str) -> None:
        if self.url and lane and lane not in self._lanes:
            task = self._lanes[lane] = asyncio.create_task(self._run(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, lane: str) -> None:
        try:
            while (update := self._queue.first(lane)) is not None:
                await self._bring(update)
        finally:
            if self._lanes.get(lane) is asyncio.current_task():
                del self._lanes[lane]

    async def _bring(self, update: Waiting) -> None:
        """Tries until the bot says yes or the update is too old: at once, then after 2, 4, 8 … seconds."""
        delay, fails = 1, 0
        while update.id in self._queue.waiting:
            async with self._slots:
                sent = await self._once(update)
            if 200 <= sent.status <= 299:
                self._queue.forget(update.id)
                self._follow(sent)
                return
            self._failed(sent)
            pause = min(_number(sent.answer_headers.get("retry-after", "")), LONGEST_RETRY_AFTER)
            if not pause and fails:
                pause = delay = min(delay * 2, LONGEST_DELAY)
            fails += 1
            if self._now() + timedelta(seconds=pause) > update.expires:
                self._queue.forget(update.id)
            await asyncio.sleep(pause * self.second)

    def _failed(self, sent: Sent) -> None:
        words = f"Wrong response from the webhook: {sent.status}" if sent.status else "Webhook connection closed"
        self.last_error, self.last_error_date = words, int(self._now().timestamp())

    def _follow(self, sent: Sent) -> None:
        """A bot may put one call into its answer."""
        try:
            call = json.loads(sent.text)
        except ValueError:
            return
        if isinstance(call, dict) and "method" in call and self.method_in_answer is not None:
            self.method_in_answer(call)

    async def _once(self, update: Waiting) -> Sent:
        secret = {SECRET_HEADER: self.secret} if self.secret else {}
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"} | secret
        return await self._send(update.id, headers, json.dumps(update.body, ensure_ascii=True).encode())

    async def send_raw(self, headers: dict[str, str], body: bytes | str, url: str = "") -> Sent:
        """Somebody else's request, just as it is given here."""
        return await self._send(0, headers, body.encode() if isinstance(body, str) else body, url)

    async def _send(self, update_id: int, headers: dict[str, str], body: bytes, url: str = "") -> Sent:
        sent = Sent(update_id, headers, body)
        self.sent.append(sent)
        self._tell()
        try:
            async with self._open_session().post(
                url or self.url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                sent.text, sent.status = await answer.text(), answer.status
                sent.answer_headers = {name.lower(): value for name, value in answer.headers.items()}
        except (TimeoutError, ClientError):
            sent.status = 0
        self._tell()
        return sent

    def _open_session(self) -> ClientSession:
        if self._session is None:
            timeout = ClientTimeout(total=self.answer_seconds)
            self._session = ClientSession(connector=TCPConnector(force_close=True, limit=0), timeout=timeout)
        return self._session

    async def close(self) -> None:
        self.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
