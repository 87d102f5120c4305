"""Slack as an adapter: events through Bolt, letters through the Web API."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.api import QUIET, TIMEOUT_SECONDS, Api
from bot.adapters.slack.backfill import Backfill
from bot.adapters.slack.decode import PLATFORM, Decoder, Workspace
from bot.adapters.slack.dialogs import Words
from bot.adapters.slack.doorway import PATH, Doorway
from bot.adapters.slack.introduction import Introduction
from bot.adapters.slack.posting import Posting
from bot.adapters.slack.render import Renderer
from bot.adapters.slack.socket import Socket
from bot.adapters.slack.wire import NOT_STORED, TAKEN, Wire
from bot.chat.adapter import Dispatch, Memory
from bot.chat.errors import RetryLater
from bot.chat.events import Address
from bot.chat.messages import Message
from bot.chat.web import Door, Request, Response

log = structlog.get_logger()

SLASH = "/yorisoi"
HEARD = "heard"
HEARTBEAT_SECONDS = 20.0
INTRODUCED_WITHIN = 5.0
OVERLAP = timedelta(minutes=2)
"""Of a back-fill with what was heard before; a message heard twice is one event."""

AGAIN_SECONDS = 30.0
"""Until a look back that failed is tried again."""

LONGEST_OUTAGE = timedelta(days=6)
"""Marks of handled events are kept for a week: what is older could be taken for new."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """app: opens Socket Mode. signing_secret: makes requests from outside believable, where there is no app token."""

    bot: str = field(repr=False)
    app: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    url: str = "https://slack.com/api/"


class Slack:
    """commands: the names that may stand behind /yorisoi. words: the catalogue by language."""

    name = PLATFORM
    can_look = True

    def __init__(
        self,
        tokens: Tokens,
        session: aiohttp.ClientSession,
        memory: Memory,
        words: Callable[[str], Words],
        commands: Collection[str],
    ) -> None:
        self._tokens, self._memory, self._commands = tokens, memory, commands
        self._api = Api(tokens.bot, tokens.url, session)
        self._renderer = Renderer(SLASH, commands)
        self._answering = Answering(self._api, self._renderer, words)
        self._introduction = Introduction(self._api, tokens.app)
        self.ready = asyncio.Event()
        """We know who we are there, and take what comes."""
        self._came = asyncio.Event()
        self._called_at: datetime | None = None
        """When Slack called us last: over HTTP nothing else tells that we are heard."""
        self._up_to_date = False
        """Connected, and all that was missed is in: only then is a moment noted as heard."""
        self._workspace: Workspace | None = None
        self._wire: Wire | None = None
        self._posting: Posting | None = None
        self._bolt = _bolt(tokens.url, self._we, self._receive)
        self._doorway = Doorway(tokens.signing_secret, memory, self._bolt.async_dispatch)

    @property
    def doors(self) -> dict[str, Door]:
        """The paths at which Slack calls us; none where we call Slack."""
        return {} if self._tokens.app else {PATH: self._enter}

    async def run(self, dispatch: Dispatch) -> None:
        workspace = await self._introduction.made()
        self._workspace, self._posting = workspace, Posting(self._api, self._renderer, workspace.team)
        self._wire = Wire(Decoder(workspace, self._commands, lambda: datetime.now(UTC)), self._answering, dispatch)
        if not await self._memory.recall(HEARD):  # the very first start: what was said before was not said to us
            await self._memory.keep(HEARD, datetime.now(UTC).isoformat())
        log.info("slack connected", platform=PLATFORM)
        self.ready.set()
        try:
            async with asyncio.TaskGroup() as group:
                if self._tokens.app:
                    socket = Socket(self._bolt, self._tokens.app, self._api, self._came.set, self._went)
                    group.create_task(socket.run())
                else:
                    self._came.set()
                group.create_task(self._keep_up())
                group.create_task(self._keep_hearing())
        finally:
            await self._wire.close()

    async def send(self, address: Address, message: Message, *, key: str, replacing: str = "") -> str:
        return await (await self._carrier()).send(address, message, key, replacing)

    async def find(self, key: str, address: Address, since: datetime) -> str | None:
        return await (await self._carrier()).find(key, address, since)

    async def settled(self) -> None:
        """Returns when every answer in hand has been shown."""
        if self._wire:
            await self._wire.settled()

    async def _carrier(self) -> Posting:
        """Before we know which workspace this is, letters wait; after a restart that takes one call."""
        with suppress(TimeoutError):
            async with asyncio.timeout(INTRODUCED_WITHIN):
                await self.ready.wait()
        if self._posting is None:
            raise RetryLater("not introduced yet", INTRODUCED_WITHIN)
        return self._posting

    async def _enter(self, request: Request) -> Response:
        answer = await self._doorway.enter(request)
        if answer.status == TAKEN.status:
            self._called_at = datetime.now(UTC)
        return answer

    async def _receive(self, request: AsyncBoltRequest) -> BoltResponse:
        """Bolt's one middleware of ours; what it returns is the acknowledgement."""
        if self._wire is None:
            return NOT_STORED
        try:
            return await self._wire.receive(request.body)
        except Exception as error:  # ours, and not the payload's fault: it may come again
            log.error("event not stored", platform=PLATFORM, error=type(error).__name__)
            return NOT_STORED

    def _we(self) -> AuthorizeResult:
        """No call to Slack for each event: we know who we are, and nothing comes in before that."""
        here = self._workspace or Workspace("", "", "")
        return AuthorizeResult(
            enterprise_id=here.enterprise, team_id=here.team, bot_user_id=here.bot_user, bot_id=here.bot
        )

    async def _keep_hearing(self) -> None:
        """Notes how far we have heard, so that the next start knows what it missed."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            heard = datetime.now(UTC) if self._tokens.app else self._called_at
            if not (self._up_to_date and heard):
                continue
            try:
                await self._memory.keep(HEARD, heard.isoformat())
            except Exception as error:  # a full disk: what is heard now will be brought once more
                log.error("not noted how far we heard", platform=PLATFORM, error=type(error).__name__)

    def _went(self) -> None:
        self._up_to_date = False

    async def _keep_up(self) -> None:
        """After every new connection, until it succeeds; one look at a time."""
        while True:
            await self._came.wait()
            self._came.clear()
            self._up_to_date = False
            try:
                await self._bring_missed()
                self._up_to_date = not self._came.is_set()
            except Exception as error:  # the moment before stays noted
                log.error("nothing could be brought after", platform=PLATFORM, error=type(error).__name__)
                asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._came.set)

    async def _bring_missed(self) -> None:
        """Brings what was said since we last heard anything."""
        now = datetime.now(UTC)
        heard = await self._memory.recall(HEARD)
        if heard and self._workspace and self._wire:
            since = max(datetime.fromisoformat(heard) - OVERLAP, now - LONGEST_OUTAGE)
            async for event in Backfill(self._api, self._workspace).since(since):
                if (await self._wire.receive(event)).status != TAKEN.status:
                    raise RetryLater("not stored")
        await self._memory.keep(HEARD, now.isoformat())


def _bolt(
    url: str,
    we: Callable[[], AuthorizeResult],
    receive: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
) -> AsyncApp:
    """Bolt parses, answers Slack's own checks and leaves out our own events; everything else is ours.

    Its client gets no token and no retries; its verifier stays off because the doorway stands before it.
    """

    async def authorize() -> AuthorizeResult:
        return we()

    app = AsyncApp(
        name="yorisoi",
        client=AsyncWebClient(base_url=url, retry_handlers=[], logger=QUIET),
        authorize=authorize,
        logger=QUIET,
        signing_secret="",
        request_verification_enabled=False,
        process_before_response=True,
    )

    @app.middleware
    async def take(req: AsyncBoltRequest) -> BoltResponse:
        return await receive(req)

    return app


@asynccontextmanager
async def open_slack(
    tokens: Tokens, memory: Memory, words: Callable[[str], Words], commands: Collection[str]
) -> AsyncIterator[Slack]:
    """The adapter with its one session to Slack, closed when letters can no longer be under way."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield Slack(tokens, session, memory, words, commands)
