"""A loopback Telegram of our own: it answers, refuses, retries and forgets as the Bot API does."""
