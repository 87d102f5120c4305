"""Calls of the Web API: each one once, and what Slack answers in the house's own terms."""

import logging
from collections.abc import Mapping
from typing import Any, NoReturn

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.doubt import Doubt
from bot.chat.errors import RetryLater, Unreachable
from bot.chat.pausing import Pauses, seconds_of
from bot.chat.saying import Saying

QUIET = logging.getLogger("yorisoi.slack.sdk")
"""For the SDK: it prints payloads, tokens and signatures at several levels; what matters is logged here, wordless."""
QUIET.disabled = True
QUIET.setLevel(logging.CRITICAL + 1)
QUIET.propagate = False

TIMEOUT_SECONDS = 30
SET_RIGHT_SECONDS = 60.0
"""While somebody has to mend the app's token or scopes, letters wait and are tried this often."""

NOT_ALLOWED = frozenset(
    {
        "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired", "missing_scope",
        "no_permission", "org_login_required", "ekm_access_denied", "access_denied", "not_allowed_token_type",
        "team_access_not_granted", "accesslimited", "two_factor_setup_required",
    }
)  # fmt: skip
"""Nothing is wrong with the letter: an operator has to mend the installation, and nothing is lost meanwhile."""

GONE = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "is_inactive", "user_not_found", "user_disabled",
        "user_not_visible", "users_not_found", "cannot_dm_bot", "restricted_action",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "messages_tab_disabled",
        "message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found", "team_not_found",
        "external_channel_migrating",
    }
)  # fmt: skip
"""This chat or message will not take it, however often it is tried."""

OURS = frozenset(
    {
        "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_blocks", "invalid_blocks_format",
        "invalid_arguments", "invalid_arg_name", "invalid_metadata_format", "invalid_metadata_schema",
        "metadata_too_large", "too_many_attachments",
    }
)  # fmt: skip
"""Our own mistake: it was not taken and never will be."""


class SlackRefused(Exception):
    """Slack's own word for why not; never what was sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Api:
    """One token, one session; no retry of its own, because a retried post is a second post."""

    def __init__(self, token: str, url: str, session: aiohttp.ClientSession) -> None:
        self.client = AsyncWebClient(
            token=token, base_url=url, session=session, retry_handlers=[], logger=QUIET, timeout=TIMEOUT_SECONDS
        )
        self._pauses = Pauses()
        self._doubt = Doubt(lambda: self.client.api_call("auth.test"))
        self._saying = Saying("slack")

    async def call(self, method: str, *, json: bool = False, **arguments: Any) -> Mapping[str, Any]:
        """Raises SlackRefused with Slack's code, RetryLater where it asks to wait; anything else is doubtful."""
        lane = _lane(method, arguments)
        self._pauses.check(lane)
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        try:
            response = await (
                self.client.api_call(method, json=given) if json else self.client.api_call(method, data=given)
            )
        except aiohttp.ClientConnectorError as error:  # never sent
            raise RetryLater(type(error).__name__) from None
        except SlackApiError as error:
            self._refused(lane, error)
        except SlackClientError as error:
            raise SlackRefused(type(error).__name__) from None
        return {**response.data, "headers": response.headers} if isinstance(response.data, dict) else {}

    async def letter(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """A call that carries a letter, with Slack's refusals as delivery understands them."""
        self._pauses.take_turn(_lane(method, arguments))
        await self._doubt.settled()
        try:
            return await self.call(method, json=True, **arguments)
        except SlackRefused as refused:
            raise self.meaning(refused.code) from None
        except (aiohttp.ClientError, TimeoutError):
            self._doubt.arose()
            raise

    def meaning(self, code: str) -> Exception:
        if code in NOT_ALLOWED:
            self._saying.warn("slack does not let us", code)
            return RetryLater(code, SET_RIGHT_SECONDS)
        if code in GONE or code in OURS:
            self._saying.warn("slack refused a letter", code)
            return Unreachable(code)
        self._doubt.arose()
        return SlackRefused(code)  # internal_error and the like: it may have been posted

    def _refused(self, lane: tuple[str, str], error: SlackApiError) -> NoReturn:
        code, status, headers = _answer(error)
        if code == "ratelimited" or status == 429:
            raise self._pauses.asked(lane, seconds_of(headers.get("Retry-After", ""))) from None
        raise SlackRefused(code or f"http_{status}") from None


def _lane(method: str, arguments: Mapping[str, Any]) -> tuple[str, str]:
    """What Slack counts: each method in each channel by itself."""
    return method, str(arguments.get("channel", ""))


def _answer(error: SlackApiError) -> tuple[str, int, Mapping[str, str]]:
    response: Any = error.response
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    return code, int(status or 0), getattr(response, "headers", None) or {}


def scopes_of(headers: Mapping[str, str]) -> frozenset[str]:
    """What the token may do, from the headers of any answer."""
    return frozenset(scope for each in headers.get("x-oauth-scopes", "").split(",") if (scope := each.strip()))
