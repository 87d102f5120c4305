"""Telegram: our own loop over its updates, forms question by question, nothing in people's words comes to life."""

from bot.adapters.telegram.account import Account
from bot.adapters.telegram.doorway import PATH
from bot.adapters.telegram.examine import examine
from bot.adapters.telegram.telegram import NAME, Telegram, open_telegram

__all__ = ["NAME", "PATH", "Account", "Telegram", "examine", "open_telegram"]
