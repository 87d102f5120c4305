"""A loopback Slack of our own: it answers, refuses, retries and forgets as Slack does."""
