"""The fake held against the stock library: a bot written for Telegram cannot tell the difference."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, MessageHandler, filters

from tests.telegram.server import FakeTelegram, open_telegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with open_telegram() as opened:
        opened.polling.patience = 0
        yield opened


@asynccontextmanager
async def echoing(telegram: FakeTelegram) -> AsyncIterator[None]:
    builder = ApplicationBuilder().token(telegram.token)
    app = builder.base_url(f"{telegram.root}/bot").base_file_url(f"{telegram.root}/file/bot").build()

    async def echo(update: Update, _: object) -> None:
        assert update.effective_message
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="again")]])
        await update.effective_message.reply_text(f"You said: {update.effective_message.text}", reply_markup=markup)

    async def pressed(update: Update, _: object) -> None:
        assert update.callback_query
        await update.callback_query.answer("Pressed")
        await update.callback_query.edit_message_text("Once more")

    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.add_handler(CallbackQueryHandler(pressed))
    async with app:
        await app.start()
        assert app.updater
        await app.updater.start_polling(timeout=5)
        try:
            yield
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_person_talks_to_the_bot(telegram: FakeTelegram) -> None:
    hana = telegram.person("hana")
    async with echoing(telegram):
        await hana.starts("CODE")
        await hana.sees_soon("You said: /start CODE")
        await hana.presses("Again")
        await hana.sees_soon("Once more")
        assert hana.alerts == ["Pressed"]
        assert hana.buttons == []
