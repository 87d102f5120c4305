"""What the fake Slack and the fake Telegram share, for the bot of anybody: ledger, troubles, and a door for people."""
