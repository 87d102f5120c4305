"""The bot unasked: what becomes due, and carrying letters."""
