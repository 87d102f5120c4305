"""The Slack adapter in front of a Slack of our own, and the house behind it."""
