"""Knows the handbook: finds the entries nearest to a question, or honestly nothing."""
