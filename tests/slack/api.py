"""The Web API over HTTP: tokens, scopes, arguments, faults and answers, and the response_url endpoints."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from tests.platforms.ledger import Ledger
from tests.platforms.wires import reset
from tests.slack import methods_chat, methods_rooms, methods_views
from tests.slack.blocks import Json
from tests.slack.faults import Fault, Faults
from tests.slack.limits import SlackError
from tests.slack.methods import Desk, Entry, parsed

METHODS: dict[str, Entry] = {**methods_chat.METHODS, **methods_rooms.METHODS, **methods_views.METHODS}

_KEPT = ("ok", "error", "ts", "channel", "message_ts")
"""Of an answer, what the ledger keeps: the rest repeats the arguments."""

_JSON_ARGUMENTS = {
    "blocks": "invalid_blocks_format",
    "view": "invalid_arguments",
    "metadata": "invalid_metadata_format",
}
"""What forms carry as JSON in a string, and how Slack says that it cannot be read."""


@dataclass
class Tokens:
    """revoked: every call of the bot's token is answered with token_revoked."""

    bot: str = "xoxb-fake-bot-token"
    app: str = "xapp-fake-app-token"
    revoked: bool = False


class Api:
    def __init__(self, desk: Desk, faults: Faults, tokens: Tokens, ledger: Ledger) -> None:
        self._desk, self._faults, self._tokens, self._ledger = desk, faults, tokens, ledger

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_post("/response/{token}", self._respond)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            args = await _arguments(request)
        except SlackError as error:
            return web.json_response(_refusal(error))
        token = _token(request, args)
        self._desk.workspace.record(method, args)
        fault = self._faults.take(method, args)
        if prevented := await _prevented(request, fault):
            return prevented
        answer = {"ok": False, "error": fault.error} if fault.error else self._answer(method, token, args)
        self._note(method, args, answer)
        if fault.reset_after:
            return _unanswered(request)
        await _late(fault)
        return web.json_response(answer, headers=self._headers(method))

    def _note(self, method: str, args: Json, answer: Json) -> None:
        """What is done stands in the ledger before anyone is told."""
        brief = {name: answer[name] for name in _KEPT if name in answer}
        self._ledger.add("call", method=method, to=self._reader(method, args), args=args, answer=brief)

    def _reader(self, method: str, args: Json) -> str:
        """The one person who is shown this, where it is not everybody in a channel."""
        if trigger := self._desk.doors.triggers.get(str(args.get("trigger_id"))):
            return trigger.user
        view = self._desk.workspace.views.find(str(args.get("view_id") or "-")) if "view_id" in args else None
        return view.user if view else str(args.get("user_id" if method == "views.publish" else "user") or "")

    def _headers(self, method: str) -> dict[str, str]:
        entry = METHODS.get(method)
        scopes = {"connections:write"} if entry and entry.app else self._desk.scopes
        headers = {"x-oauth-scopes": ",".join(sorted(scopes))}
        return headers | ({"x-accepted-oauth-scopes": entry.scope} if entry and entry.scope else {})

    def _answer(self, method: str, token: str, args: Json) -> Json:
        try:
            entry = self._entry(method, token)
            for name in entry.required:
                if args.get(name) in (None, ""):
                    raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
            for name, code in _JSON_ARGUMENTS.items():
                if name in args:
                    args[name] = parsed(args, name, code)
            return {"ok": True, **entry.method(self._desk, args)}
        except SlackError as error:
            return _refusal(error)

    def _entry(self, method: str, token: str) -> Entry:
        if method not in METHODS:
            raise SlackError("unknown_method", req_method=method)
        entry = METHODS[method]
        if not token:
            raise SlackError("not_authed")
        if token not in (self._tokens.bot, self._tokens.app):
            raise SlackError("invalid_auth")
        if self._tokens.revoked:
            raise SlackError("token_revoked")
        if entry.app != (token == self._tokens.app):
            raise SlackError("not_allowed_token_type")
        if entry.scope:
            self._desk.need(entry.scope)
        return entry

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        """What an interaction left open for answers; these calls carry no token."""
        body, token = _read_json(await request.text()), request.match_info["token"]
        self._desk.workspace.record("response_url", body)
        fault = self._faults.take("response_url", body)
        if prevented := await _prevented(request, fault):
            return prevented
        try:
            self._desk.doors.respond(token, body)
            reader = self._desk.doors.response_urls[token].user
            self._ledger.add("call", method="response_url", to=reader, args=body, answer={"ok": True})
        except SlackError as error:
            return web.json_response(_refusal(error), status=404 if "url" in error.code else 400)
        if fault.reset_after:
            return _unanswered(request)
        await _late(fault)
        return web.Response(text="ok")


def _refusal(error: SlackError) -> Json:
    refusal: Json = {"ok": False, "error": error.code, **error.more}
    if error.details:
        refusal |= {"errors": error.details, "response_metadata": {"messages": error.details}}
    return refusal


async def _arguments(request: web.Request) -> Json:
    """Query, form and JSON body together, as Slack takes them."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= _read_json(await request.text())
    elif request.body_exists:
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return args


def _read_json(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def _token(request: web.Request, args: Json) -> str:
    named = args.pop("token", "")
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or str(named)


async def _prevented(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """The answer where nothing is done."""
    if fault.hole:
        await asyncio.Event().wait()
    if fault.reset_before:
        return _unanswered(request)
    return _broken(fault) if fault.status else None


def _unanswered(request: web.Request) -> web.Response:
    reset(request)
    return web.Response()


def _broken(fault: Fault) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.status == 429 and not fault.body:
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    body = fault.body or f"<html><body>{fault.status}</body></html>"
    return web.Response(status=fault.status, text=body, content_type="text/html", headers=headers)


async def _late(fault: Fault) -> None:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.hold is not None:
        await fault.hold.wait()
