"""The Bot API over HTTP: tokens, arguments in every form, faults and answers."""

import asyncio
import inspect
import json

from aiohttp import web

from tests.platforms.ledger import Ledger
from tests.platforms.wires import reset
from tests.telegram import methods_chat, methods_send, methods_updates
from tests.telegram.faults import Fault, Faults
from tests.telegram.methods import Answer, Desk, Method, decoded
from tests.telegram.shapes import Json, SentFile, TelegramError, bad_request

METHODS: dict[str, Method] = {**methods_send.METHODS, **methods_chat.METHODS, **methods_updates.METHODS}
_BY_LOWER = {name.lower(): name for name in METHODS}
"""Telegram does not mind how a method is spelled."""

_IDLE = {"getUpdates"}
"""Asked all day long; which updates it brought and confirmed stands in the ledger by itself."""


class Api:
    """revoked: the token no longer holds."""

    def __init__(self, desk: Desk, faults: Faults, token: str, ledger: Ledger) -> None:
        self.revoked = False
        self._desk, self._faults, self._token, self._ledger = desk, faults, token, ledger

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token:[^/]*}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]*}/{path:.*}", self._serve_file)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """A broken token is no address at all; a wrong one is nobody's."""
        token, method = request.match_info["token"], request.match_info["method"]
        if ":" not in token:
            return _refusal(TelegramError(404, "Not Found"))
        if token != self._token or self.revoked:
            return _refusal(TelegramError(401, "Unauthorized"))
        try:
            args = decoded(await _arguments(request))
        except TelegramError as error:
            return _refusal(error)
        method = _BY_LOWER.get(method.lower(), method)
        self._desk.chats.record(method, args)
        return await self._meet(request, method, args, self._faults.take(method, args))

    async def _meet(self, request: web.Request, method: str, args: Json, fault: Fault) -> web.StreamResponse:
        if fault.hole:
            await asyncio.Event().wait()
        if fault.reset_before:
            return _unanswered(request)
        if fault.code:
            return _broken(fault)
        answer = await self.answer(method, args)
        if fault.reset_after:
            return _unanswered(request)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hold is not None:
            await fault.hold.wait()
        return answer

    async def answer(self, method: str, args: Json) -> web.Response:
        """What Telegram says to this call when nothing goes wrong on the way."""
        try:
            result = await self._do(method, args)
            if method not in _IDLE:
                number = result.get("message_id") if isinstance(result, dict) else None
                self._ledger.add("call", method=method, args=args, answer={"ok": True, "message_id": number})
            return web.json_response({"ok": True, "result": result})
        except TelegramError as error:
            self._ledger.add("call", method=method, args=args, answer={"ok": False, "error": error.description})
            if error.code == 409 and "terminated" in error.description:
                await self._desk.polling.conflict_delay()
            return _refusal(error)

    async def _do(self, method: str, args: Json) -> Answer:
        if method not in METHODS:
            raise TelegramError(404, "Not Found: method not found")
        done = METHODS[method](self._desk, args)
        return await done if inspect.isawaitable(done) else done

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self._token:
            return _refusal(TelegramError(401, "Unauthorized"))
        return web.Response(body=b"hello, file\n", content_type="application/octet-stream")


async def _arguments(request: web.Request) -> Json:
    """Query, form and JSON body together, as Telegram takes them; the words of files stay out."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= _read_json(await request.read())
    elif request.body_exists:
        for name, value in (await request.post()).items():
            args[name] = _described(value) if isinstance(value, web.FileField) else value
    return args


def _described(file: web.FileField) -> Json:
    content = file.file.read()
    described = SentFile(file_name=file.filename, size=len(content))
    described.content = content
    return described


def _read_json(body: bytes) -> Json:
    try:
        found = json.loads(body or b"{}")
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(found, dict):
        raise bad_request("can't parse request body: expected an Object")
    return found


def _refusal(error: TelegramError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _broken(fault: Fault) -> web.Response:
    if fault.html:
        return web.Response(status=fault.code, text=fault.html, content_type="text/html")
    body: Json = {"ok": False, "error_code": fault.code, "description": fault.description}
    if fault.retry_after is None:
        return web.json_response(body, status=fault.code)
    body["parameters"] = {"retry_after": fault.retry_after}
    return web.json_response(body, status=fault.code, headers={"Retry-After": str(fault.retry_after)})


def _unanswered(request: web.Request) -> web.Response:
    reset(request)
    return web.Response()
