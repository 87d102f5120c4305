"""The console platform: a terminal in which several people share one window."""

from bot.adapters.console.console import Console
from bot.adapters.console.host import Host
from bot.adapters.console.render import texts as plain_text
from bot.adapters.console.script import play

__all__ = ["Console", "Host", "plain_text", "play"]
