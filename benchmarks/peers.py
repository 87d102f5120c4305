"""Stock bots as their tutorials build them: one SQLModel row per event through aiosqlite, then an answer."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes
from telegram.request import BaseRequest

from benchmarks.timing import Timing, timed

WORRY = "訪問しても親御さんばかりお話しになって、本人の気持ちが聞けません。"


class Note(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    who: str
    text: str


async def open_notes(folder: Path) -> AsyncEngine:
    """WAL with synchronous=FULL, as ours: NORMAL would not survive a power failure."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'notes.db'}")

    @event.listens_for(engine.sync_engine, "connect")
    def pragmas(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: SQLModel.metadata.tables["note"].create(sync, checkfirst=True))
    return engine


async def keep(engine: AsyncEngine, who: str, text: str) -> None:
    async with AsyncSession(engine) as session:
        session.add(Note(who=who, text=text))
        await session.commit()


class Answering(BaseRequest):
    """Telegram's side at the transport: everything the library builds is built, nothing leaves."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, *rest: Any, **options: Any) -> tuple[int, bytes]:  # noqa: ARG002
        result: Any = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "ok"}
        if url.endswith("getMe"):
            result = {"id": 1, "is_bot": True, "first_name": "stock", "username": "stock_bot"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


async def telegram_bot(folder: Path, people: int, turns: int) -> Timing:
    """python-telegram-bot: JSON update in, row, reply_text."""
    engine = await open_notes(folder)

    async def note(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        assert message is not None
        await keep(engine, str(message.chat_id), " ".join(context.args or []))
        await message.reply_text("ok")

    request = Answering()
    app = Application.builder().token("1:stock").request(request).get_updates_request(Answering()).build()
    app.add_handler(CommandHandler("note", note))
    async with app:

        async def act(person: int, turn: int) -> None:
            chat = {"id": person + 1, "type": "private"}
            sender = {"id": person + 1, "is_bot": False, "first_name": "n"}
            entity = {"type": "bot_command", "offset": 0, "length": 5}
            message = {"message_id": turn + 1, "date": 0, "chat": chat, "from": sender, "text": f"/note {WORRY}"}
            body = json.dumps({"update_id": turn, "message": {**message, "entities": [entity]}})
            await app.process_update(Update.de_json(json.loads(body), app.bot))

        result = await timed(act, people, turns)
    await engine.dispose()
    return result


async def bolt_app(folder: Path, people: int, turns: int) -> Timing:
    """slack-bolt: a slash command in, acknowledged with an answer, then the row."""
    engine = await open_notes(folder)

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id="", team_id="T1", bot_token="xoxb-stock", bot_id="B1", bot_user_id="U0")

    app = AsyncApp(authorize=authorize, request_verification_enabled=False, signing_secret="stock")

    kept: dict[str, asyncio.Event] = {}

    @app.command("/note")
    async def note(ack: Any, command: dict[str, str]) -> None:
        await ack("ok")
        await keep(engine, command["user_id"], command["text"])
        kept[command["trigger_id"]].set()

    async def act(person: int, turn: int) -> None:
        trigger = f"{person}-{turn}"
        kept[trigger] = asyncio.Event()
        form = {"command": "/note", "text": WORRY, "user_id": f"U{person}", "team_id": "T1", "trigger_id": trigger}
        headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
        await app.async_dispatch(AsyncBoltRequest(body=urlencode(form), headers=headers))
        await kept[trigger].wait()

    result = await timed(act, people, turns)
    await engine.dispose()
    return result
