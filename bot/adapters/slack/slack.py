"""Slack as an adapter: events through Bolt, letters through the Web API."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

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
from bot.adapters.slack.hearing import Hearing
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
INTRODUCED_WITHIN = 5.0
"""Seconds that letters wait for that before they are put off."""


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
    hears_alone = False

    def __init__(
        self,
        tokens: Tokens,
        session: aiohttp.ClientSession,
        memory: Memory,
        words: Callable[[str], Words],
        commands: Collection[str],
    ) -> None:
        self._tokens, self._commands = tokens, commands
        self._api = Api(tokens.bot, tokens.url, session)
        self._renderer = Renderer(SLASH, commands)
        self._answering = Answering(self._api, self._renderer, words)
        self._introduction = Introduction(self._api, tokens.app)
        self.ready = asyncio.Event()
        """We know who we are there, and take what comes."""
        self._hearing = Hearing(memory, self._bring, called=not tokens.app)
        self._workspace: Workspace | None = None
        self._wire: Wire | None = None
        self._posting: Posting | None = None
        self._bolt = _bolt(tokens.url, self._we, self._receive)
        self._doorway = Doorway(tokens.signing_secret, memory, self._bolt.async_dispatch)

    @property
    def hearing(self) -> bool:
        return self._hearing.listening

    @property
    def doors(self) -> dict[str, Door]:
        """The paths at which Slack calls us; none where we call Slack."""
        return {} if self._tokens.app else {PATH: self._enter}

    async def run(self, dispatch: Dispatch) -> None:
        workspace = await self._introduction.made()
        self._workspace, self._posting = workspace, Posting(self._api, self._renderer, workspace.team)
        self._wire = Wire(Decoder(workspace, self._commands, lambda: datetime.now(UTC)), self._answering, dispatch)
        await self._hearing.begin()
        log.info("slack connected", platform=PLATFORM)
        self.ready.set()
        try:
            async with asyncio.TaskGroup() as group:
                if self._tokens.app:
                    here = self._hearing
                    socket = Socket(self._bolt, self._tokens.app, self._api, here.connected, here.lost)
                    group.create_task(socket.run())
                else:
                    self._hearing.connected()
                group.create_task(self._hearing.keep_up())
                group.create_task(self._hearing.note())
        except* Exception as several:
            raise several.exceptions[0] from None
        finally:
            self._hearing.lost()
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
            self._hearing.was_called()
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

    async def _bring(self, since: datetime) -> None:
        """What was said meanwhile, as Slack would have told it."""
        if self._workspace is None or self._wire is None:
            raise RetryLater("not introduced yet")
        async for event in Backfill(self._api, self._workspace).since(since):
            if (await self._wire.receive(event)).status != TAKEN.status:
                raise RetryLater("not stored")


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
