"""Slack: dialogs, a home page, one slash command; nothing of a worry is ever a message before it is shared."""

from bot.adapters.slack.examine import examine
from bot.adapters.slack.introduction import SCOPES
from bot.adapters.slack.slack import SLASH, Slack, Tokens, open_slack

__all__ = ["SCOPES", "SLASH", "Slack", "Tokens", "examine", "open_slack"]
