"""The Telegram adapter in front of a Telegram of our own, and the house behind it."""
