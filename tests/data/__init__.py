"""Labelled texts, and tests that they are well-formed."""
