"""What the bot says that can be looked at by itself."""
