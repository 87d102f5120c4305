"""The console as an adapter, line by line."""
