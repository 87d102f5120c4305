"""One event's way through the house."""
