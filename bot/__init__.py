"""Yorisoi: a chat bot that stays close to the people who support hikikomori people."""

__version__ = "0.1.0"
