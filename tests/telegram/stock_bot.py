"""The stock library in front of the fake: a bare client, and a small echo bot that polls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.telegram.server import FakeTelegram

Context = ContextTypes.DEFAULT_TYPE


@asynccontextmanager
async def client(telegram: FakeTelegram, token: str = "") -> AsyncIterator[Bot]:
    """Not initialized, so that the first call is the test's own."""
    bot = Bot(token or telegram.token, base_url=f"{telegram.root}/bot", base_file_url=f"{telegram.root}/file/bot")
    for request in bot._request:
        await request.initialize()
    try:
        yield bot
    finally:
        for request in bot._request:
            await request.shutdown()


async def echo(update: Update, _: Context) -> None:
    message = update.effective_message
    assert message is not None
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])
    await message.reply_text(f"You said: {message.text}", reply_markup=markup)


async def menu(update: Update, _: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text("Choose", reply_markup=ReplyKeyboardMarkup([["Tea", "Water"]]))


async def pressed(update: Update, _: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("Pressed")
    await update.callback_query.edit_message_text("Once more")


@asynccontextmanager
async def echoing(telegram: FakeTelegram) -> AsyncIterator[None]:
    builder = ApplicationBuilder().token(telegram.token)
    app = builder.base_url(f"{telegram.root}/bot").base_file_url(f"{telegram.root}/file/bot").build()
    app.add_handler(MessageHandler(filters.Regex("^/menu"), menu))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(pressed))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=1)
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()
