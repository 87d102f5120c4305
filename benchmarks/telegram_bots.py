"""The two bots that are measured, each as a process of its own: `python -m benchmarks.telegram_bots ours FOLDER …`."""

import asyncio
import sys
from pathlib import Path

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.peers import keep, open_notes
from tests.adapters.telegram.child import live


async def stock(folder: Path, token: str, root: str) -> None:
    """python-telegram-bot as its tutorial builds it, with one durable row per update before the answer."""
    engine = await open_notes(folder)

    async def note(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None and message.text is not None
        await keep(engine, str(message.chat_id), message.text)
        await message.reply_text("ok")

    builder = ApplicationBuilder().token(token).base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, note))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        await asyncio.Event().wait()


BOTS = {"ours": live, "stock": stock}

if __name__ == "__main__":
    _, name, where, its_token, its_root = sys.argv
    asyncio.run(BOTS[name](Path(where), its_token, its_root))
