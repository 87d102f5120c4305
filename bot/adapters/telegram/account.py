"""What has to be known to be a bot of Telegram's."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """url: the root of the Bot API. webhook_url: where Telegram calls us; empty where we ask."""

    token: str = field(repr=False)
    url: str = "https://api.telegram.org"
    webhook_url: str = ""
